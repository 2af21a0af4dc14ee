/**
 * SQLite's write-ahead log on its way to the disk. A commit leaves its pages with the operating system; before anybody is told, the log is
 * synced here. `synchronous = FULL` would do so within each COMMIT, which holds the lock that all writers wait for, and the event loop, for as
 * long as the disk takes. Here the next transaction runs meanwhile, and all that were committed before a sync begins share it. NORMAL still
 * keeps the order that a power cut asks for: SQLite itself syncs the log's header and before and after a checkpoint.
 */
import { close, fdatasync, open } from "node:fs";
import { promisify } from "node:util";

const openFile = promisify(open);
const closeFile = promisify(close);
const syncFile = promisify(fdatasync);

export class DiskLog {
  readonly #file: string;
  #opened: number | undefined;
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #lost: Promise<void> | undefined;

  /** `file`: the log's. It is there from the first commit until the database is closed. */
  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Resolves when all that was committed before the call is on disk. Once a sync has failed, none is promised any more: what is on disk is then
   * unknown, and the system would say of the next sync that all is well. A log that could not be opened (too many open files, say) is tried again.
   */
  synced(): Promise<void> {
    this.#next ??= this.#syncAfter(this.#running);
    return this.#next;
  }

  async close(): Promise<void> {
    await (this.#next ?? this.#running).catch(() => undefined);
    if (this.#opened !== undefined) await closeFile(this.#opened);
  }

  async #syncAfter(before: Promise<void>): Promise<void> {
    await before.catch(() => undefined);
    // Who commits from now on may come too late for this sync.
    if (this.#next !== undefined) this.#running = this.#next;
    this.#next = undefined;
    // Windows syncs only what may be written.
    this.#opened ??= await openFile(this.#file, "r+");
    const sync = this.#lost ?? syncFile(this.#opened);
    await sync.catch(() => (this.#lost = sync));
    await sync;
  }
}
