/** The table of what happens by the clock: name, when, function. node-cron only wakes; the truth is in the database. */
import { schedule } from "node-cron";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";
import { tellStopped } from "./notices/stopped-members.ts";
import { tellTooManyFailed } from "./notices/too-many-failed.ts";
import { tellNews } from "./reports/tell-news.ts";
import type { Joinings } from "./requests/joining.ts";
import { sweepImports } from "./store/deletion/import-sweep.ts";
import { sweepLinks } from "./store/joining/outlived-links.ts";
import { sweepCompositions } from "./store/deletion/sweep-compositions.ts";
import type { Store } from "./store/store.ts";
import type { Health } from "./upkeep/health.ts";

export type Job = { readonly name: string; readonly when: string; readonly run: () => Promise<void> };

export type JobNeeds = {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Config;
  readonly log: Log;
  readonly health: Health;
  readonly joining: Joinings;
  readonly schedules: { readonly wake: () => void };
};

/** An SMTP session that brings a message lasts no longer than this after its limit. */
const arrivalSlackMs = 600_000;

/** `wake`: mail was queued. */
export function jobsOf(needs: JobNeeds, wake: () => void): readonly Job[] {
  const { store, clock, config, health, joining, schedules } = needs;
  const arrivalMs = config.smtp.limits.session + arrivalSlackMs;
  return [
    // A timer may have slept with the machine, or the clock may have been set.
    { name: "look at what is reserved", when: "* * * * *", run: async () => schedules.wake() },
    { name: "session sweep", when: "17 * * * *", run: () => store.sessions.sweep(clock.now()) },
    { name: "sweep of sign-in links", when: "23 * * * *", run: () => store.accounts.sweepLinks(clock.now()) },
    { name: "sweep of old bulk changes", when: "41 4 * * *", run: () => store.bulkChanges.sweep(clock.now()) },
    { name: "sweep of drafts", when: "51 4 * * *", run: () => sweepCompositions(store.database) },
    { name: "sweep of kept forms", when: "*/5 * * * *", run: () => store.keptForms.sweep(clock.now()) },
    { name: "sweep of who never confirmed", when: "*/10 * * * *", run: () => joining.sweep() },
    { name: "sweep of members' links", when: "41 * * * *", run: () => sweepLinks(store.database, clock.now()) },
    {
      name: "sweep of broken arrivals",
      when: "*/10 * * * *",
      run: () => store.messages.sweep(clock.now() - arrivalMs),
    },
    { name: "sweep of imports", when: "*/10 * * * *", run: () => sweepImports(store.database, clock.now()) },
    { name: "word of stopped members", when: "7 * * * *", run: () => tellStopped(needs).then(wake) },
    { name: "word of too many failures", when: "9,39 * * * *", run: () => tellTooManyFailed(needs).then(wake) },
    {
      name: "word of news in the history",
      when: "*/5 * * * *",
      run: () => tellNews(needs).then((told) => (told ? wake() : undefined)),
    },
    { name: "look at the server's health", when: "*/5 * * * *", run: () => health.check().then(() => undefined) },
  ];
}

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
