/** The table of what happens by the clock: name, when, function. node-cron only wakes; the truth is in the database. */
import { schedule } from "node-cron";
import type { Log } from "./log.ts";

export type Job = { readonly name: string; readonly when: string; readonly run: () => Promise<void> };

/** Returns what stops them all. */
export function startJobs(jobs: readonly Job[], log: Log): () => Promise<void> {
  const tasks = jobs.map(({ name, when, run }) =>
    schedule(when, () => run().catch((error: unknown) => log.error(`${name} failed`, error)), {
      name,
      noOverlap: true,
    }),
  );
  return async () => {
    for (const task of tasks) await task.destroy();
  };
}
