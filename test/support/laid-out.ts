/**
 * A new SQLite database as this version lays it out, as a copy of one that a run makes once: for most tests the migrations would
 * be the longest part by far. What tests of the migrations themselves begin with is empty.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openStore } from "../../server/store/store.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Puts it where there is none yet, and gives the file back. */
export async function laidOut(file: string): Promise<string> {
  // The one piece of state: it is the same for all.
  pattern ??= makePattern();
  await writeFile(file, await pattern, { flag: "wx", mode: 0o600 });
  return file;
}

let pattern: Promise<Buffer> | undefined;

async function makePattern(): Promise<Buffer> {
  const folder = await temporaryFolder();
  const file = join(folder.path, "pattern.db");
  await (await openStore(file)).close();
  const octets = await readFile(file);
  await folder.remove();
  return octets;
}
