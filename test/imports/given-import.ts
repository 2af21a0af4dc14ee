/** Imports for tests, in a line each: a file is read, applied and taken back as the server does it, without waiting for its loop. */
import { advanceImport } from "../../server/imports/advance-import.ts";
import { stageImport } from "../../server/imports/stage-import.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { MemberImport } from "../../server/lists/member-import.ts";
import type { Store } from "../../server/store/store.ts";

export type Given = { readonly replaces?: boolean; readonly strict?: boolean; readonly now?: number };

export async function givenImport(
  store: Store,
  list: MailingList,
  { text, replaces = false, strict = false, now = 2_000 }: Given & { readonly text: string },
): Promise<MemberImport> {
  const begun = await store.imports.begin(
    { listId: list.id, fileName: "m.csv", byCommand: false, replaces, welcomes: false },
    now,
  );
  await store.imports.addChunk(begun.id, 0, Buffer.from(text));
  await store.imports.arrived(begun.id);
  return readThrough(store, begun.id, { strict, now });
}

export async function readThrough(
  store: Store,
  id: number,
  { strict = false, now = 2_000 }: Given = {},
): Promise<MemberImport> {
  const source = () => store.imports.chunks(id);
  const staging = { store, source, isStrict: strict, now: () => now };
  await Array.fromAsync(stageImport(staging, await found(store, id)));
  return found(store, id);
}

/** Piece after piece until it is done, or as many pieces as are said. */
export async function goOn(
  store: Store,
  id: number,
  { now = 2_000, pieces = 10_000 }: { readonly now?: number; readonly pieces?: number } = {},
): Promise<MemberImport> {
  const advancing = { store, now: () => now, welcome: () => Promise.resolve() };
  for (let piece = 0; piece < pieces; piece++) {
    const of = await found(store, id);
    if (of.state !== "applying" && of.state !== "undoing") return of;
    await advanceImport(advancing, of);
  }
  return found(store, id);
}

export async function found(store: Store, id: number): Promise<MemberImport> {
  const of = await store.imports.find(id);
  if (of === undefined) throw new Error(`there is no import ${id}`);
  return of;
}
