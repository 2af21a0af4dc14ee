/** One piece of an import that changes its list, or of its way back; and what comes after the last one. */
import type { MemberImport } from "../lists/member-import.ts";
import { applyPiece } from "../store/imports/import-apply.ts";
import { undoPiece } from "../store/imports/import-undo.ts";
import type { Store } from "../store/store.ts";

export type Advancing = {
  readonly store: Store;
  readonly now: () => number;
  /** Writes to those who were added, where the import says so. */
  readonly welcome: (listId: number, memberships: readonly number[]) => Promise<void>;
};

/** `of` as the database has it now. */
export async function advanceImport({ store, now, welcome }: Advancing, of: MemberImport): Promise<void> {
  if (of.state === "applying") {
    const { progress, added } = await applyPiece(store.database, of, now());
    if (of.welcomes && added.length > 0) await welcome(of.listId, added);
    if (progress === "done") await store.imports.applied(of.id, now());
  } else if (of.state === "undoing") {
    if ((await undoPiece(store.database, of, now())) === "done") await store.imports.undone(of.id, now());
  }
}
