/**
 * The station of follow-ups: what is due is done, a step of a post in one transaction with the plan's going on, so that a crash neither
 * forgets nor doubles a reminder. A reminder is a post of its own to the silent, with the octets of the first.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { besidePoll, nextStep, silenceWhen } from "../lists/follow-up.ts";
import type { FollowUpEnd, FollowUpStep } from "../lists/follow-up.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { isBeingSent } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import type { Silence } from "../lists/recipients.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import type { Write } from "../store/database/database.ts";
import type { FollowUp, StepTaken } from "../store/schedules/follow-ups.ts";
import { remindedSince, takeStep } from "../store/schedules/follow-ups.ts";
import { findPoll } from "../store/answers/polls.ts";
import { isAnybodySilent } from "../store/answers/silent-members.ts";
import type { Store } from "../store/store.ts";
import { minuteOfDay } from "../words/zone-time.ts";
import { remind } from "./remind.ts";
import { tellSilent } from "./tell-silent.ts";

export type FollowUpNeeds = {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Reminders or notices wait to be sent. */
  readonly reminded: () => void;
};

type Step = {
  readonly followUp: FollowUp;
  readonly post: Post;
  readonly list: MailingList;
  readonly to: StepTaken;
};

/** `closed`: its poll is, and it asks nothing else. */
export type RemindedNow = "sent" | "nobody" | "too-soon" | "closed";

/** Between two tries of what failed. */
const putOffMs = 5 * 60_000;

/** Between two reminders by hand, and two looks at a post whose copies still wait. */
const pressMs = 60_000;

function silenceOf(post: Post): Silence {
  if (post.pollId === undefined) return "unread";
  return post.asksConfirmation ? "either" : "unanswered";
}

/** Copies of it leave, or will. */
function isAlive(post: Post | undefined): post is Post {
  return post !== undefined && post.stoppedAt === undefined && post.disposition !== "rejected";
}

/** At least a minute. */
function laterThan(now: number, at = 0): number {
  return Math.max(at, now + pressMs);
}

function isClosed(closesAt: number | undefined, now: number): boolean {
  return closesAt !== undefined && closesAt <= now;
}

export class FollowUpRunner {
  readonly #needs: FollowUpNeeds;
  readonly #loop: Loop;

  constructor(needs: FollowUpNeeds) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "follow-ups", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** Look at once: a follow-up was planned. */
  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** One reminder beside the plan. Pressing twice sends it once. */
  async remindNow(postId: number): Promise<RemindedNow> {
    const { store, clock } = this.#needs;
    const post = await store.posts.find(postId);
    const list = post && (await store.lists.find(post.listId));
    if (post === undefined || list === undefined || post.stoppedAt !== undefined) return "nobody";
    const since = clock.now() - pressMs;
    if (await remindedSince(store.database.reader, postId, since)) return "too-soon";
    const poll = post.pollId === undefined ? undefined : await findPoll(store.database, post.pollId);
    const of = silenceWhen(silenceOf(post), isClosed(poll?.closesAt, clock.now()));
    if (of === undefined) return "closed";
    if (!(await isAnybodySilent(store.database, postId, of))) return "nobody";
    const act = await remind(this.#needs, { post, list, of, address: "own" });
    return store.database.write(async (write) => {
      // Asked again: two presses at once both came as far as this.
      if (await remindedSince(write, postId, since)) return "too-soon";
      await act(write);
      return "sent";
    });
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock, reminded } = this.#needs;
    const due = await store.followUps.due(clock.now());
    for (const followUp of due) await this.#try(followUp);
    if (due.length > 0) reminded();
    const next = await store.followUps.nextAt();
    return next === undefined ? undefined : Math.max(0, next - clock.now());
  }

  /** One that fails waits, and holds up no other. */
  async #try(followUp: FollowUp): Promise<void> {
    const { store, clock, log } = this.#needs;
    try {
      await this.#step(followUp);
    } catch (error) {
      log.error("the reminders of a post failed and are tried again", error, { post: followUp.postId });
      await store.followUps.putOff(followUp.postId, clock.now() + putOffMs);
    }
  }

  async #step(followUp: FollowUp): Promise<void> {
    const { store, clock, config } = this.#needs;
    const { postId, taken, lastAt, closesAt } = followUp;
    const plan = besidePoll(followUp.plan, closesAt);
    const end = (why: FollowUpEnd): Promise<unknown> => store.followUps.end(postId, why, clock.now());
    const post = await store.posts.find(postId);
    const list = post && (await store.lists.find(post.listId));
    const minuteOf = minuteOfDay(list?.timezone ?? config.timezone);
    const planned = nextStep(plan, { taken, before: lastAt }, minuteOf);
    const anew = nextStep(plan, { taken, before: clock.now() }, minuteOf);
    if (!isAlive(post) || list === undefined) await end("stopped");
    else if (!(await isAnybodySilent(store.database, postId, plan.of)))
      // Whose copy still waits is not silent: after a time in which the server was down, or behind a long queue, nobody may be yet.
      await (isBeingSent(post) ? store.followUps.putOff(postId, laterThan(clock.now(), anew?.at)) : end("everybody"));
    else if (planned === undefined) await end("done");
    // The deadline of its poll was moved.
    else if (planned.at > clock.now()) await store.followUps.putOff(postId, planned.at);
    else {
      const [now, done] = [clock.now(), planned.taken + 1];
      // From now, also after a time in which the server was down: the waits between reminders stay what they were meant to be.
      const following = nextStep(plan, { taken: done, before: now }, minuteOf);
      // What the end cuts off is decided when it is due: a deadline may still move.
      const to = { taken: done, at: now, nextAt: following?.at };
      await this.#take(planned.step, { followUp, post, list, to });
    }
  }

  async #take(step: FollowUpStep, { followUp, post, list, to }: Step): Promise<void> {
    const { store } = this.#needs;
    const { postId, taken, plan } = followUp;
    const act =
      step === "tell"
        ? await tellSilent(this.#needs, { post, list, of: plan.of })
        : await this.#remind(step, { followUp, post, list });
    await store.database.write(async (write) => {
      if (await takeStep(write, { postId, taken, to })) await act(write);
    });
  }

  /** Who has confirmed, and can no longer answer, is left alone. */
  async #remind(
    step: FollowUpStep,
    { followUp, post, list }: Omit<Step, "to">,
  ): Promise<(write: Write) => Promise<void>> {
    const { store, clock } = this.#needs;
    const of = silenceWhen(followUp.plan.of, isClosed(followUp.closesAt, clock.now()));
    if (of === undefined || !(await isAnybodySilent(store.database, post.id, of))) return async () => undefined;
    return remind(this.#needs, { post, list, of, address: step === "second" ? "second" : "own" });
  }
}
