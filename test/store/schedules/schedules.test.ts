import { expect } from "chai";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import type { ScheduleRule } from "../../../server/lists/schedule.ts";
import { holdBack } from "../../../server/store/backup/hold-back.ts";
import { sweepUnused } from "../../../server/store/posts/messages.ts";
import { keepPosts, takeStep } from "../../../server/store/schedules/occurrences.ts";
import type { Step } from "../../../server/store/schedules/occurrences.ts";
import { draftOf, noteDraftOf, replaceContent, reserve } from "../../../server/store/schedules/reserve.ts";
import type { Schedule } from "../../../server/store/schedules/schedules.ts";
import type { Store } from "../../../server/store/store.ts";
import { givenSchedule, zone } from "../../schedules/given-schedule.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenPost } from "../given.ts";

const now = Date.parse("2026-04-08T00:00:00+09:00");
const hour = 3_600_000;
const rule: ScheduleRule = { kind: "period", from: "2026-04-08T08:00:00", to: "2026-04-08T10:00:00", times: 3 };
const eight = now + 8 * hour;

onBothDatabases("what is reserved", (open) => {
  async function account(store: Store, username: string, lists: readonly MailingList[] = []): Promise<number> {
    const made = await store.accounts.add(
      {
        username,
        address: address(username),
        passwordHash: undefined,
        isOwner: false,
        listIds: lists.map(({ id }) => id),
      },
      now,
    );
    return made?.id ?? 0;
  }

  async function given(
    store: Store,
    list: MailingList,
    changes: { readonly rule?: ScheduleRule } = {},
  ): Promise<Schedule> {
    const accountId = (await store.accounts.findByUsername("anne"))?.id ?? (await account(store, "anne", [list]));
    const id = await givenSchedule(store, { list, rule, now, accountId, ...changes });
    return found(store, id);
  }

  async function found(store: Store, id: number): Promise<Schedule> {
    const schedule = await store.schedules.find(id);
    if (schedule === undefined) throw new Error("the schedule is gone");
    return schedule;
  }

  const step: Step = {
    at: eight,
    state: "active",
    nextAt: eight + hour,
    remaining: 2,
    outcomes: [{ dueAt: eight, outcome: "sent" }],
  };
  const take = (store: Store, schedule: Schedule, to: Step = step): Promise<boolean> =>
    store.database.write((write) => takeStep(write, store.database, { schedule, step: to }));

  it("is due at its time and not before, and tells when the next of any comes", async () => {
    const store = await open();
    const schedule = await given(store, await givenList(store));
    expect(schedule).to.deep.include({ state: "active", nextAt: eight, remaining: 3, firstAt: eight, zone, rule });
    expect(await store.schedules.nextAt()).to.equal(eight);
    expect(await store.schedules.due(eight - 1)).to.deep.equal([]);
    expect((await store.schedules.due(eight)).map(({ id }) => id)).to.deep.equal([schedule.id]);
  });

  it("is taken once, by whoever comes first, even when another process does at the same moment", async () => {
    const [store, other] = [await open(), await open()];
    const schedule = await given(store, await givenList(store));
    const taken = await Promise.all([take(store, schedule), take(other, schedule)]);
    expect(taken.toSorted()).to.deep.equal([false, true]);
    expect((await store.occurrences.page(schedule.id, { limit: 9 })).map(({ outcome }) => outcome)).to.deep.equal([
      "sent",
    ]);
    expect((await store.schedules.find(schedule.id))?.nextAt).to.equal(eight + hour);
  });

  it("is not taken as it was before somebody changed it", async () => {
    const store = await open();
    const schedule = await given(store, await givenList(store));
    expect(await store.schedules.setState(schedule.id, { from: ["active"], to: "paused" }, now)).to.equal(true);
    expect(await store.schedules.nextAt()).to.equal(undefined);
    expect(await take(store, schedule)).to.equal(false);
    const timing = { nextAt: eight, remaining: 3 };
    expect(await store.schedules.setState(schedule.id, { from: ["paused"], to: "active", timing }, now)).to.equal(true);
    expect(await take(store, schedule), "its edition is another").to.equal(false);
    expect(await store.schedules.setState(schedule.id, { from: ["paused"], to: "active", timing }, now)).to.equal(
      false,
    );
  });

  it("leaves one time out, and takes that back as long as it is to come", async () => {
    const store = await open();
    const schedule = await given(store, await givenList(store));
    const to = { nextAt: eight + hour, remaining: 2 };
    expect(await store.occurrences.skip(schedule, to, now)).to.equal(true);
    expect(await store.occurrences.skip(schedule, to, now), "pressed twice").to.equal(false);
    const skipped = await found(store, schedule.id);
    expect(skipped).to.deep.include({ nextAt: eight + hour, remaining: 2 });
    const back = { dueAt: eight, remaining: 3 };
    expect(await store.occurrences.unskip(skipped, back, eight + 1)).to.equal(false);
    expect(await store.occurrences.unskip(skipped, back, now)).to.equal(true);
    expect(await store.occurrences.unskip(skipped, back, now)).to.equal(false);
    expect(await store.schedules.find(schedule.id)).to.deep.include({ nextAt: eight, remaining: 3 });
    expect(await store.occurrences.lastDue(schedule.id)).to.equal(undefined);
  });

  it("gets other times from who knew the last ones, and not from who did not", async () => {
    const store = await open();
    const schedule = await given(store, await givenList(store));
    const timing = { rule, zone, nextAt: eight + 1, remaining: 1 };
    const { id, edition } = schedule;
    expect(await store.schedules.setTiming(id, { edition, timing }, now)).to.equal(true);
    expect(await store.schedules.setTiming(id, { edition, timing }, now)).to.equal(false);
    expect(await store.schedules.find(id)).to.deep.include({ nextAt: eight + 1, edition: edition + 1 });
  });

  it("is not sent again at a time that was sent while somebody changed it", async () => {
    const store = await open();
    const list = await givenList(store);
    const schedule = await given(store, list);
    const { id, edition, compositionId, accountId = 0 } = schedule;
    const made = await store.compositions.copy(compositionId, { kind: "draft", title: "", accountId }, now);
    expect(await take(store, schedule)).to.equal(true);
    // As they were worked out before eight.
    const timing = { rule, zone, nextAt: eight, remaining: 3 };
    expect(await store.schedules.setTiming(id, { edition, timing }, now)).to.equal(false);
    const reservation = { draft: { id: made?.id ?? 0, edition: 1 }, listIds: [list.id], timing };
    expect(await replaceContent(store.database, { ...reservation, scheduleId: id, edition }, now)).to.equal(false);
    expect(await found(store, id)).to.deep.include({ nextAt: eight + hour });
  });

  it("is reserved once from a draft, and its content changed by a draft of its own", async () => {
    const store = await open();
    const list = await givenList(store);
    const schedule = await given(store, list);
    const accountId = schedule.accountId ?? 0;
    const timing = { rule, zone, nextAt: eight, remaining: 3 };
    const reservation = { draft: { id: schedule.compositionId, edition: 2 }, listIds: [list.id], timing };
    expect(await reserve(store.database, { ...reservation, accountId }, now), "no draft any more").to.equal(undefined);
    const copy = async (): Promise<number> => {
      const made = await store.compositions.copy(schedule.compositionId, { kind: "draft", title: "", accountId }, now);
      await noteDraftOf(store.database, schedule, made?.id ?? 0);
      return made?.id ?? 0;
    };
    const [one, two] = [await copy(), await copy()];
    expect(await draftOf(store.database, one)).to.deep.equal({ scheduleId: schedule.id, edition: 1 });
    const replace = (draft: number, edition: number): Promise<boolean> =>
      replaceContent(
        store.database,
        { ...reservation, scheduleId: schedule.id, edition, draft: { id: draft, edition: 1 } },
        now,
      );
    expect(await replace(one, 1)).to.equal(true);
    expect(await replace(two, 1), "somebody else was faster").to.equal(false);
    expect((await store.compositions.find(two))?.kind).to.equal("draft");
    expect(await replace(two, 2)).to.equal(true);
    expect(await store.schedules.find(schedule.id)).to.deep.include({ compositionId: two, edition: 3 });
    // What was never sent is gone; nobody needs it.
    expect([await store.compositions.find(schedule.compositionId), await store.compositions.find(one)]).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it("is seen by whoever runs one of its lists, in the order of its times", async () => {
    const store = await open();
    const [news, other] = [await givenList(store), await givenList(store, "other")];
    const late = await given(store, news, { rule: { kind: "once", at: "2026-05-01T08:00:00" } });
    const soon = await given(store, news);
    const [anne, eve] = [soon.accountId ?? 0, await account(store, "eve", [other])];
    const ids = async (accountId: number | undefined, listId?: number): Promise<readonly number[]> => {
      const viewer = { accountId, ...(listId !== undefined && { listId }) };
      return (await store.schedules.coming(viewer, 10)).map(({ id }) => id);
    };
    expect(await ids(anne)).to.deep.equal([soon.id, late.id]);
    expect(await ids(undefined)).to.deep.equal([soon.id, late.id]);
    expect(await ids(eve)).to.deep.equal([]);
    expect(await ids(undefined, news.id)).to.deep.equal([soon.id, late.id]);
    expect(await ids(undefined, other.id)).to.deep.equal([]);
    await store.schedules.setState(soon.id, { from: ["active"], to: "cancelled" }, now);
    const over = await store.schedules.inState({ accountId: anne }, { states: ["cancelled", "done"], limit: 10 });
    expect(over.map(({ id, content }) => [id, content.subject])).to.deep.equal([[soon.id, "Water"]]);
    expect(await store.schedules.listsOf(soon.id)).to.deep.equal([news.id]);
  });

  it("keeps its octets as long as they may be sent again, and outlives the account that made it", async () => {
    const store = await open();
    const list = await givenList(store);
    const schedule = await given(store, list);
    const post = await givenPost(store, list, { fingerprint: "sent" });
    await take(store, schedule);
    await store.database.write((write) =>
      keepPosts(write, { scheduleId: schedule.id, dueAt: eight, posts: [post.id], octetsKey: "key" }),
    );
    expect(await store.occurrences.ofPost(post.id)).to.deep.equal({ scheduleId: schedule.id, dueAt: eight, at: eight });
    await store.accounts.remove(schedule.accountId ?? 0);
    await store.lists.delete(list.id);
    await sweepUnused(store.database);
    const kept = await store.schedules.find(schedule.id);
    expect(kept?.accountId).to.equal(undefined);
    expect(await store.messages.size(kept?.kept?.messageId ?? 0)).to.be.a("number");
    expect(await store.schedules.listsOf(schedule.id)).to.deep.equal([]);
  });

  it("that was due when the server came back from a backup is let go", async () => {
    const store = await open();
    const schedule = await given(store, await givenList(store));
    await holdBack(store.database, eight + 1);
    expect((await store.schedules.find(schedule.id))?.notBefore).to.equal(eight + 1);
  });
});
