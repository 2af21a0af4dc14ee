/**
 * The station of reports by mail: looks at posts whose lists want to hear how they go, when they have been sent and again while copies
 * may come back. The report is on its way by the commit that notes it.
 */
import type { MailingList } from "../lists/mailing-list.ts";
import { isBeingSent } from "../lists/post.ts";
import type { Post } from "../lists/post.ts";
import { nextGlance, nextLook, watchedUntil } from "../lists/report.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import type { Composed } from "../notices/notices-together.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import { dueReports, nextReportAt, noteLook } from "../store/posts/post-reports.ts";
import type { PostReport } from "../store/posts/post-reports.ts";
import { knownAuthor } from "./known-author.ts";
import { postReport } from "./post-report.ts";
import type { ReportNeeds } from "./post-report.ts";

export type ReportRunnerNeeds = ReportNeeds & {
  readonly log: Log;
  /** Reports wait to be sent. */
  readonly reported: () => void;
};

/** Between two tries of what failed. */
const putOffMs = 5 * 60_000;

export class ReportRunner {
  readonly #needs: ReportRunnerNeeds;
  readonly #loop: Loop;

  constructor(needs: ReportRunnerNeeds) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "reports", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  wake(): void {
    this.#loop.wake();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock, reported } = this.#needs;
    const due = await dueReports(store.database, clock.now());
    for (const one of due) await this.#try(one);
    if (due.length > 0) reported();
    const next = await nextReportAt(store.database);
    return next === undefined ? undefined : Math.max(0, next - clock.now());
  }

  /** One that fails waits, and holds up no other. */
  async #try(before: PostReport): Promise<void> {
    const { clock, log } = this.#needs;
    try {
      await this.#look(before);
    } catch (error) {
      log.error("the report of a post failed and is tried again", error, { post: before.postId });
      await this.#note(before, { ...before, nextAt: clock.now() + putOffMs }, []);
    }
  }

  async #look(before: PostReport): Promise<void> {
    const { store, clock } = this.#needs;
    const now = clock.now();
    const post = await store.posts.find(before.postId);
    const list = post && (await store.lists.find(post.listId));
    if (post === undefined || list === undefined) return this.#note(before, { ...before, nextAt: undefined }, []);
    if (before.stage === 0 && isBeingSent(post))
      return this.#note(before, { ...before, nextAt: nextGlance(post.startsAt, now) }, []);
    const astray = post.tally.failed + post.tally.bounced;
    const nextAt = nextLook(before.stage, now);
    const isNews = before.stage === 0 || astray > before.astray;
    const composed = isNews ? await this.#compose(post, list, before.stage === 0 ? watchedUntil(now) : nextAt) : [];
    await this.#note(before, { stage: before.stage + 1, astray, nextAt }, composed);
  }

  async #compose(post: Post, list: MailingList, until: number | undefined): Promise<readonly Composed[]> {
    const { store } = this.#needs;
    const toSender = list.reportTo === "sender" || list.reportTo === "both";
    const author = toSender ? await knownAuthor(store, post) : undefined;
    const toOwners = list.reportTo === "administrators" || list.reportTo === "both";
    const owners = toOwners ? await ownerAddresses(store.database, list.id) : [];
    const whole = new Set([...(author?.isSender === true ? [author.address] : []), ...owners]);
    const totals = author === undefined || whole.has(author.address) ? [] : [author.address];
    return [
      ...(await this.#reportTo([...whole], { post, list, until, withNames: true })),
      ...(await this.#reportTo(totals, { post, list, until, withNames: false })),
    ];
  }

  async #reportTo(
    to: readonly string[],
    {
      until,
      ...about
    }: {
      readonly post: Post;
      readonly list: MailingList;
      readonly until: number | undefined;
      readonly withNames: boolean;
    },
  ): Promise<readonly Composed[]> {
    if (to.length === 0) return [];
    const { list } = about;
    const language = list.language ?? this.#needs.config.language;
    const report = await postReport(this.#needs, { ...about, language, watchedUntil: until });
    return composeAll(
      this.#needs,
      to.map((address) => ({ list, to: address, ...report, kind: "auto-generated" as const })),
    );
  }

  async #note(before: PostReport, after: Parameters<typeof noteLook>[2], composed: readonly Composed[]): Promise<void> {
    const { store, clock } = this.#needs;
    await store.database.write(async (write) => {
      if (await noteLook(write, before, after)) await insertAll(write, composed, clock.now());
    });
  }
}
