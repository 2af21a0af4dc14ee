/**
 * A schedule whose time has come: its composition becomes posts, and the schedule moves on, in one transaction. What cannot be sent
 * makes the schedule fail, and whoever made it is told. Whom it reaches and who sends it is what is so now.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { CompositionContent } from "../lists/composition.ts";
import { movedDeadline } from "../lists/moved-deadline.ts";
import type { DeadlineMove } from "../lists/moved-deadline.ts";
import { countAfter, isRepeating, settle } from "../lists/schedule.ts";
import type { OccurrenceOutcome, Settled } from "../lists/schedule.ts";
import { ZoneClock } from "../lists/zone-clock.ts";
import { composeFailed } from "../notices/schedule-failed.ts";
import { insertAll } from "../notices/notices-together.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { keepPosts, takeStep } from "../store/schedules/occurrences.ts";
import type { Step } from "../store/schedules/occurrences.ts";
import type { Schedule } from "../store/schedules/schedules.ts";
import type { Store } from "../store/store.ts";
import { abandon, readySend, sendIn } from "./send-composition.ts";
import type { ReadySend } from "./send-composition.ts";

export type OccurrenceNeeds = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** Posts or notices were made, or (false) somebody has changed the schedule meanwhile. */
export async function sendOccurrence(needs: OccurrenceNeeds, schedule: Schedule): Promise<boolean> {
  const { store, clock } = needs;
  const { rule, nextAt: dueAt = 0, notBefore, kept } = schedule;
  const zone = new ZoneClock(schedule.zone);
  const now = clock.now();
  const settled = settle(rule, zone, { dueAt, now, notBefore });
  const step = stepOf(schedule, { settled, zone, now });
  if (settled.send === undefined)
    return rule.kind === "once"
      ? fail(needs, schedule, { ...step, fault: { kind: "restored", lists: "" } })
      : take(needs, schedule, step);
  const composition = await store.compositions.find(schedule.compositionId);
  if (composition === undefined) throw new Error(`schedule ${schedule.id} has no composition`);
  const origin = isRepeating(rule) ? "recurring" : "scheduled";
  const clockOf = rule.kind === "calendar" ? zone : undefined;
  const move = { firstAt: schedule.firstAt, dueAt: settled.send, now, clock: clockOf };
  const readied = await readySend(needs, at(composition, move), { origin, kept });
  if (!readied.ok) {
    const { fault } = readied;
    const lists = fault.kind === "not-a-sender" ? fault.lists.map(({ title }) => title).join(", ") : "";
    return fail(needs, schedule, { ...step, fault: { kind: fault.kind, lists } });
  }
  return send(needs, schedule, { step, ready: readied.ready, dueAt: settled.send });
}

/** After trouble that does not end by itself: it stands still, where people see it. */
export function giveUp(needs: OccurrenceNeeds, schedule: Schedule): Promise<boolean> {
  const now = needs.clock.now();
  const { nextAt: dueAt = 0, remaining } = schedule;
  const step: Step = {
    at: now,
    state: "failed",
    nextAt: undefined,
    remaining,
    outcomes: [{ dueAt, outcome: "failed" }],
  };
  return fail(needs, schedule, { ...step, fault: { kind: "trouble", lists: "" } });
}

async function send(
  needs: OccurrenceNeeds,
  schedule: Schedule,
  { step, ready, dueAt }: { readonly step: Step; readonly ready: ReadySend; readonly dueAt: number },
): Promise<boolean> {
  const { database } = needs.store;
  const isTaken = await database.write(async (write) => {
    if (!(await takeStep(write, database, { schedule, step }))) return false;
    const posts = (await sendIn(write, needs, { ready, at: step.at, startsAt: step.at })).map(({ id }) => id);
    await keepPosts(write, { scheduleId: schedule.id, dueAt, posts, octetsKey: ready.octetsKey });
    return true;
  });
  if (!isTaken) await abandon(needs, ready);
  return isTaken;
}

function take({ store: { database } }: OccurrenceNeeds, schedule: Schedule, step: Step): Promise<boolean> {
  return database.write((write) => takeStep(write, database, { schedule, step }));
}

type Fault = NonNullable<Step["fault"]>;

async function fail(
  needs: OccurrenceNeeds,
  schedule: Schedule,
  step: Step & { readonly fault: Fault },
): Promise<boolean> {
  const { database } = needs.store;
  // What cannot be read cannot be written of either; it stands on the page all the same.
  const isReadable = step.fault.kind !== "trouble";
  const outcomes = step.outcomes.map((one) => (one.outcome === "sent" ? { ...one, outcome: "failed" as const } : one));
  const failed: Step = { ...step, state: "failed", nextAt: undefined, outcomes };
  const notices = await composeFailed(needs, schedule, step.fault).catch((error: unknown) => {
    if (isReadable) throw error;
    return [];
  });
  return database.write(async (write) => {
    if (!(await takeStep(write, database, { schedule, step: failed }))) return false;
    await insertAll(write, notices, step.at);
    return true;
  });
}

function stepOf(
  { rule }: Schedule,
  { settled, zone, now }: { readonly settled: Settled; readonly zone: ZoneClock; readonly now: number },
): Step {
  const { send, missed, restored, next } = settled;
  const as = (outcome: OccurrenceOutcome) => (dueAt: number) => ({ dueAt, outcome });
  return {
    at: now,
    state: next === undefined ? "done" : "active",
    nextAt: next,
    remaining: countAfter(rule, zone, Math.max(now, send ?? now)),
    outcomes: [
      ...restored.map(as("restored")),
      ...missed.map(as("missed")),
      ...(send === undefined ? [] : [as("sent")(send)]),
    ],
  };
}

function at(composition: Composition, move: DeadlineMove): Composition {
  const { content } = composition;
  const later = (time: number | undefined): number | undefined => time && movedDeadline(time, move);
  const moved: CompositionContent = {
    ...content,
    poll: content.poll && { ...content.poll, closesAt: later(content.poll.closesAt) },
    followUp: content.followUp && { ...content.followUp, until: later(content.followUp.until) },
  };
  return { ...composition, content: moved };
}
