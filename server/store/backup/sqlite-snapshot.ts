/**
 * A SQLite database copied page by page while others write to it. The copy is of one moment: a read transaction holds the source
 * still for us, which in WAL mode stops nobody; without it, SQLite would begin anew at each commit of another process.
 */
import BetterSqlite3 from "better-sqlite3";
import type { Advance } from "./advance.ts";

/** 8 MB: little enough that progress moves, much enough that the disk is the limit. */
const pagesAtOnce = 2000;

/** `into` is made, or overwritten if it is a database; nothing in `file` changes. */
export async function copySnapshot(file: string, into: string, advance: Advance): Promise<void> {
  const source = new BetterSqlite3(file, { readonly: true, timeout: 10_000 });
  try {
    source.exec("BEGIN");
    source.prepare("SELECT count(*) FROM sqlite_master").get();
    await source.backup(into, {
      progress: ({ totalPages, remainingPages }) => {
        advance(totalPages - remainingPages, totalPages);
        return pagesAtOnce;
      },
    });
  } finally {
    source.close();
  }
}
