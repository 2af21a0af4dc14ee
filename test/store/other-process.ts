/**
 * Another process on the same database: what only a second process can show of locks and of words about changes. Run
 * by itself it does one thing, as its arguments say, and tells about it in lines on standard output.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { announceChange } from "../../server/store/database/change-feed.ts";
import { openDatabase } from "../../server/store/database/database.ts";
import { takeServerLock } from "../../server/store/database/server-lock.ts";
import { openStore } from "../../server/store/store.ts";

type Work = "open" | "lock" | "save" | "announce";

export type OtherProcess = {
  /** The next line that it says; undefined when it has ended. */
  readonly says: () => Promise<string | undefined>;
  /** As a crash would end it. */
  readonly kill: () => Promise<void>;
  readonly ended: () => Promise<number | null>;
};

export function otherProcess(work: Work, location: string): OtherProcess {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(import.meta.url), work, location], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  if (child.stdout === null) throw new Error("the other process has no standard output");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    says: async () => (await lines.next()).value,
    kill: async () => {
      child.kill("SIGKILL");
      await exit;
    },
    ended: async () => {
      await exit;
      return child.exitCode;
    },
  };
}

const works: Readonly<Record<Work, (location: string) => Promise<void>>> = {
  open: async (location) => {
    await (await openStore(location)).close();
    console.log("opened");
  },
  lock: async (location) => {
    const lock = await takeServerLock(openDatabase(location), () => undefined);
    console.log(lock === undefined ? "refused" : "held");
    // Until it is killed. Named here, since a lock that nobody holds on to is let go with the next collection of garbage.
    setInterval(() => lock, 60_000);
  },
  save: async (location) => {
    const store = await openStore(location);
    const [list] = await store.lists.findByName("news");
    console.log("saving");
    const people = Array.from({ length: 10_000 }, (_, index) => ({
      address: { local: `other${index}`, domain: "example.com" },
      name: "",
      attributes: {},
    }));
    if (list !== undefined) await store.members.save(list.id, people, 1);
    await store.close();
    console.log("saved");
  },
  announce: async (location) => {
    const store = await openStore(location);
    await store.lists.update(1, { title: "changed" });
    await announceChange(store.database);
    await store.close();
    console.log("announced");
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , work, location = ""] = process.argv;
  await works[work as Work](location);
}
