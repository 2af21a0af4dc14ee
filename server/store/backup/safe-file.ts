/** Files that are there whole or not at all, for this account's eyes only. */
import { link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** An empty file, in place of one that an earlier run left half-made. */
export async function beginFile(file: string): Promise<void> {
  await discardDatabase(file);
  await (await open(file, "wx", 0o600)).close();
}

/** What SQLite may have left beside its file goes too. */
export async function discardDatabase(file: string): Promise<void> {
  for (const ending of ["", "-wal", "-shm", "-journal"]) await rm(file + ending, { force: true });
}

/** On disk, and then under its name. False: a file of that name is there and must not be replaced. */
export async function settleFile(
  part: string,
  file: string,
  { replace }: { readonly replace: boolean },
): Promise<boolean> {
  await sync(part);
  if (replace) await rename(part, file);
  else if (!(await linkNew(part, file))) return false;
  await syncFolder(file);
  return true;
}

/** A second name for a file, if its file system knows that; else its only one. */
export async function keepAs(file: string, kept: string): Promise<void> {
  try {
    await link(file, kept);
  } catch (error) {
    if (!isCode(error, "EPERM", "ENOTSUP", "ENOSYS")) throw error;
    await rename(file, kept);
  }
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Unlike a rename, a link never replaces what came there in the meantime. */
async function linkNew(part: string, file: string): Promise<boolean> {
  try {
    await link(part, file);
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    if (!isCode(error, "EPERM", "ENOTSUP", "ENOSYS")) throw error;
    await rename(part, file);
    return true;
  }
  await rm(part);
  return true;
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, "r+");
  await handle.sync();
  await handle.close();
}

async function syncFolder(file: string): Promise<void> {
  const handle = await open(dirname(file), "r");
  await handle.sync();
  await handle.close();
}
