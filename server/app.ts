/**
 * The only place that builds and connects the parts. They start in the order of the way of a post, from its end to its
 * beginning, so that nothing is taken in before it can be sent on, and stop in reverse.
 */
import { Confirmations } from "./answers/confirmations.ts";
import { PollAnswers } from "./answers/poll-answers.ts";
import { recordBounce } from "./bounces/record-bounce.ts";
import { BulkRunner } from "./bulk/bulk-runner.ts";
import type { Clock } from "./clock.ts";
import { composingVerbs } from "./composing.ts";
import type { Config } from "./config.ts";
import { createCourier } from "./delivery/create-courier.ts";
import { DeliveryQueue } from "./delivery/queue.ts";
import { Distribution } from "./distribution/distribute.ts";
import { PreparedCopies } from "./distribution/prepared-copies.ts";
import { showCopy } from "./distribution/show-copy.ts";
import { ImportRunner } from "./imports/import-runner.ts";
import { jobsOf, startJobs } from "./jobs.ts";
import type { Job } from "./jobs.ts";
import type { Log } from "./log.ts";
import { decide } from "./moderation/decide.ts";
import { tellRefused } from "./notices/refused-lists.ts";
import { MessageAcceptance } from "./reception/accept-message.ts";
import { checkRecipient } from "./reception/check-recipient.ts";
import { SmtpListener } from "./reception/smtp-listener.ts";
import { answerRequest } from "./requests/answer-request.ts";
import { Joinings } from "./requests/joining.ts";
import { welcome } from "./requests/welcome.ts";
import { writeToOwners } from "./requests/write-to-owners.ts";
import { answerReport } from "./reports/answer-report.ts";
import { FollowUpRunner } from "./reports/follow-up-runner.ts";
import { ReportRunner } from "./reports/report-runner.ts";
import { requestVerbs } from "./requests/request-verbs.ts";
import { selfService } from "./requests/self-service.ts";
import { leave, leaveByComplaint, lookUpLeaving } from "./requests/leave.ts";
import { ScheduleRunner } from "./schedules/schedule-runner.ts";
import { Signal } from "./signal.ts";
import { watchChanges } from "./store/database/change-feed.ts";
import { openForServing } from "./store/open-for-serving.ts";
import type { Store } from "./store/store.ts";
import { Health } from "./upkeep/health.ts";
import { ListPurge } from "./upkeep/list-purge.ts";
import { OutcomeWatch } from "./upkeep/outcome-watch.ts";
import { PostIndexer } from "./upkeep/post-indexer.ts";
import { createWebServer } from "./web/web-server.ts";

export type AppOptions = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** The app must not go on: another server has taken its database. */
  readonly fatal?: () => void;
  /** Jobs run when somebody runs them, not by the clock on the wall. */
  readonly jobsByHand?: boolean;
};

export interface App {
  readonly store: Store;
  readonly jobs: readonly Job[];
  readonly smtp: { readonly host: string; readonly port: number };
  /** The panel's listener, as a URL. */
  readonly webUrl: string;
  /** The stations look at once at what was changed beside them. */
  readonly wake: () => void;
  /** No new mail; what is in flight is recorded; the database last. Within 10 s; a second call waits for the first. */
  stop(): Promise<void>;
}

/** Of the 10 s that a stop may take. */
const courierGraceMs = 4000;

/** Rejects, with everything closed again, when a part cannot start. */
export async function startApp(options: AppOptions): Promise<App> {
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      await close().catch((error: unknown) => options.log.error("a part did not stop cleanly", error));
    }
  };
  try {
    const parts = await startParts(options, (close) => void closers.push(close));
    let stopped: Promise<void> | undefined;
    return { ...parts, stop: () => (stopped ??= closeAll()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What the parts share, and how each says what stops it. */
type Base = AppOptions & {
  readonly store: Store;
  readonly changes: Signal;
  readonly outcomes: OutcomeWatch;
  readonly health: Health;
  readonly joining: Joinings;
  readonly onStop: (close: () => Promise<unknown>) => void;
};

async function startParts(options: AppOptions, onStop: Base["onStop"]): Promise<Omit<App, "stop">> {
  const store = await openForServing(options, onStop);
  const outcomes = new OutcomeWatch(options.clock.now());
  const health = new Health({ ...options, store, outcomes });
  const joining = new Joinings({ ...options, store });
  const base: Base = { ...options, store, changes: new Signal(), outcomes, health, joining, onStop };
  const { prepared, wake: wakeSending } = startSending(base);
  const { followUps, schedules, reports } = startTimed(base, wakeSending);
  const wake = (): void => {
    for (const station of [followUps, schedules, reports]) station.wake();
    wakeSending();
  };
  const feed = await watchChanges(store.database, wake);
  onStop(() => feed.close());
  const jobs = jobsOf({ ...base, schedules }, wakeSending);
  if (options.jobsByHand !== true) onStop(startJobs(jobs, options.log));
  const webUrl = await startWeb(base, { prepared, wake, followUps });
  return { store, jobs, wake, webUrl, smtp: await startReception(base, wake) };
}

/** Distribution and delivery. `wake` makes both look at once. */
function startSending(base: Base): { readonly prepared: PreparedCopies; readonly wake: () => void } {
  const { config, store, changes, onStop } = base;
  const prepared = new PreparedCopies(store, config, { clock: base.clock });
  const queue = new DeliveryQueue({
    ...base,
    connections: config.outbound.connections,
    retryMs: config.outbound.retry,
    prepare: (claims) => prepared.prepare(claims),
    recorded: (outcomes) => {
      base.outcomes.note(outcomes);
      changes.raise();
    },
  });
  onStop(() => queue.stop(courierGraceMs));
  const distribution = new Distribution({ ...base, distributed: () => queue.wake() });
  onStop(() => distribution.stop());
  queue.start(createCourier(base, queue));
  const indexer = new PostIndexer(base);
  onStop(() => indexer.stop());
  for (const station of [distribution, indexer]) station.wake();
  const wake = (): void => {
    for (const station of [distribution, queue, indexer]) station.wake();
    changes.raise();
  };
  return { prepared, wake };
}

/** Reminders to the silent, what is reserved for later or repeats, reports by mail of how posts went. */
function startTimed(base: Base, wake: () => void) {
  const followUps = new FollowUpRunner({ ...base, reminded: wake });
  const reports = new ReportRunner({ ...base, reported: wake });
  const sent = (): void => [{ wake }, followUps, reports].forEach((station) => station.wake());
  const schedules = new ScheduleRunner({ ...base, sent });
  for (const station of [followUps, schedules, reports]) {
    base.onStop(() => station.stop());
    station.wake();
  }
  return { followUps, schedules, reports };
}

/** The panel's own URL. */
async function startWeb(
  base: Base,
  sending: { readonly prepared: PreparedCopies; readonly wake: () => void; readonly followUps: FollowUpRunner },
): Promise<string> {
  const { store, onStop, health } = base;
  const imports = startImports(base, sending.wake);
  const [purge, bulk] = [new ListPurge(base), new BulkRunner({ ...base, changed: sending.wake })];
  for (const station of [purge, bulk]) onStop(() => station.stop());
  for (const station of [purge, bulk]) station.wake();
  const web = createWebServer({
    ...base,
    imports,
    bulk,
    upkeep: { checkHealth: () => health.check(), purgeLists: () => purge.wake() },
    wake: sending.wake,
    showCopy: (deliveryId) => showCopy(store, sending.prepared, deliveryId),
    lookUpLeaving: (token) => lookUpLeaving(base, token),
    leave: (token) => leave(base, token, "page"),
    selfService: selfService(base),
    remindNow: (postId) => sending.followUps.remindNow(postId),
    composing: composingVerbs(base),
    confirmations: new Confirmations({ ...base, confirmed: () => base.changes.raise() }),
    polls: new PollAnswers({ ...base, answered: () => base.changes.raise() }),
  });
  onStop(() => web.close());
  return (await web.listen()).url;
}

/** What was under way when the server stopped goes on. */
function startImports(base: Base, wake: () => void): ImportRunner {
  const { store, changes, onStop } = base;
  const runner = new ImportRunner({
    ...base,
    welcome: async (listId, memberships) => {
      const list = await store.lists.find(listId);
      if (list !== undefined && (await welcome(base, list, memberships)) > 0) wake();
    },
    changed: () => changes.raise(),
  });
  onStop(() => runner.stop());
  runner.wake();
  return runner;
}

async function startReception(base: Base, wake: () => void): Promise<App["smtp"]> {
  const { config, store, onStop } = base;
  const verbs = requestVerbs({ ...base, report: (question) => answerReport(base, question) });
  const acceptance = new MessageAcceptance({
    ...base,
    hostname: config.hostname,
    domains: config.domains,
    maxMessageBytes: config.smtp.maxMessageBytes,
    decide,
    recordBounce: (deliveryId, report) =>
      recordBounce({ ...base, complained: (member) => leaveByComplaint(base, member) }, deliveryId, report),
    leave: async (token) => {
      await leave(base, token, "mail");
      wake();
    },
    answerRequest: (mail) => answerRequest(verbs, mail),
    writeToOwners: (list, message) => writeToOwners(store, list, message),
    tellRefused: (refused) => tellRefused(base, refused),
    accepted: wake,
  });
  const check = (rcptTo: string): ReturnType<typeof checkRecipient> => checkRecipient(base, config.domains, rcptTo);
  const listener = new SmtpListener({ ...base, acceptance, check });
  onStop(() => listener.close());
  const { address, port } = await listener.listen();
  return { host: address, port };
}
