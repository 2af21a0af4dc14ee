import { expect } from "chai";
import { sql } from "kysely";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { ScheduleRule } from "../../server/lists/schedule.ts";
import type { Occurrence } from "../../server/store/schedules/occurrences.ts";
import { holdBack } from "../../server/store/backup/hold-back.ts";
import { openDatabase } from "../../server/store/database/database.ts";
import { silentLog } from "../../server/log.ts";
import { findPoll } from "../../server/store/answers/polls.ts";
import type { Schedule } from "../../server/store/schedules/schedules.ts";
import { parseHeader } from "../../server/mail/header-fields.ts";
import { bodyText } from "../support/body-text.ts";
import { until } from "../support/until.ts";
import { World, address } from "../support/world.ts";
import { givenSchedule, timeIn } from "../schedules/given-schedule.ts";
import type { GivenSchedule } from "../schedules/given-schedule.ts";

const hour = 3_600_000;

describe("what is reserved", () => {
  let world: World;
  let list: MailingList;
  let accountId: number;
  /** How often a send could not be made. */
  let troubles: number;
  beforeEach(async () => {
    troubles = 0;
    const error = (text: string): void => void (troubles += Number(text.startsWith("the scheduled send")));
    world = await World.open({ log: { ...silentLog, error } });
    list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const account = await world.app.store.accounts.add(
      { username: "olivia", address: address("olivia@o.example"), passwordHash: undefined, isOwner: true, listIds: [] },
      world.clock.now(),
    );
    accountId = account?.id ?? 0;
  });
  afterEach(() => world.close());

  const inFrom = (ms: number): string => timeIn(world.clock.now(), ms);
  const onceIn = (ms: number): ScheduleRule => ({ kind: "once", at: inFrom(ms) });
  /** Three times, an hour apart, the first in an hour. */
  const thrice = (): ScheduleRule => ({ kind: "period", from: inFrom(hour), to: inFrom(3 * hour), times: 3 });
  const reserved = async (rule: ScheduleRule, content: GivenSchedule["content"] = {}): Promise<number> => {
    const id = await givenSchedule(world.app.store, { list, rule, now: world.clock.now(), accountId, content });
    world.app.wake();
    return id;
  };
  const found = async (id: number): Promise<Schedule> => {
    const schedule = await world.app.store.schedules.find(id);
    if (schedule === undefined) throw new Error("the schedule is gone");
    return schedule;
  };
  const occurrences = (id: number): Promise<readonly Occurrence[]> =>
    world.app.store.occurrences.page(id, { limit: 50 });
  const outcomes = async (id: number): Promise<readonly string[]> =>
    (await occurrences(id)).map(({ outcome }) => outcome).toReversed();
  const mails = (member: string): number => world.inbox(member).length;
  const messageIdOf = (text: Buffer): string => parseHeader(text).first("Message-ID") ?? "";

  it("goes out at its time, to who is a member then, and stands in the history", async () => {
    const id = await reserved(onceIn(hour));
    const later = { address: address("dora@d.example"), name: "", attributes: {} };
    await world.app.store.members.save(list.id, [later], world.clock.now());
    world.clock.passes("59m");
    expect(mails("dora@d.example")).to.equal(0);
    world.clock.passes("1m");
    await until(() => ["bart@b.example", "cris@c.example", "dora@d.example"].every((one) => mails(one) === 1));
    const [sent] = await occurrences(id);
    const post = await world.app.store.posts.find(sent?.posts[0] ?? 0);
    expect(post).to.deep.include({ origin: "scheduled", subject: "Water" });
    expect(sent?.at).to.be.within(sent?.dueAt ?? Infinity, world.clock.now());
    expect(await found(id)).to.deep.include({ state: "done", remaining: 0 });
  });

  it("goes out late, once, when the server was down at its time, and both times are kept", async () => {
    const id = await reserved(onceIn(hour));
    await world.app.stop();
    world.clock.passes("130m");
    await world.start();
    await until(() => mails("bart@b.example") === 1);
    const [sent] = await occurrences(id);
    expect((sent?.at ?? 0) - (sent?.dueAt ?? 0)).to.be.within(69 * 60_000, 72 * 60_000);
    await world.restart();
    world.clock.passes("1d");
    expect(await outcomes(id)).to.deep.equal(["sent"]);
    expect(mails("bart@b.example")).to.equal(1);
  });

  it("comes to each member each time when it repeats, as a message of its own whose octets are kept once", async () => {
    const id = await reserved(thrice());
    for (const count of [1, 2, 3]) {
      world.clock.passes("1h");
      await until(() => mails("bart@b.example") === count && mails("cris@c.example") === count);
    }
    expect(new Set(world.inbox("bart@b.example").map(({ text }) => messageIdOf(text))).size).to.equal(3);
    expect(world.inbox("bart@b.example").map(({ text }) => bodyText(text).slice(0, 4))).to.deep.equal([
      "Off.",
      "Off.",
      "Off.",
    ]);
    const pieces = await world.app.store.database.reader.selectFrom("message_chunk").select("message_id").execute();
    expect(pieces).to.have.length(1);
    expect(await outcomes(id)).to.deep.equal(["sent", "sent", "sent"]);
    expect(await found(id)).to.deep.include({ state: "done", remaining: 0 });
    const ids = (await occurrences(id)).flatMap((one) => one.posts);
    const posts = await Promise.all(ids.map((post) => world.quiet(post)));
    expect(posts.map((post) => [post.origin, post.tally.sent])).to.deep.equal(Array(3).fill(["recurring", 2]));
  });

  it("is made up for once after a longer sleep of the server; the times before are missed", async () => {
    const id = await reserved(thrice());
    await world.app.stop();
    world.clock.passes("150m");
    await world.start();
    await until(() => mails("bart@b.example") === 1);
    expect(await outcomes(id)).to.deep.equal(["missed", "sent"]);
    expect(await found(id)).to.deep.include({ state: "active", remaining: 1 });
    world.clock.passes("30m");
    await until(() => mails("bart@b.example") === 2);
    expect(await outcomes(id)).to.deep.equal(["missed", "sent", "sent"]);
  });

  it("is not made up for by a server that came back from a backup, which may have sent it before", async () => {
    const [once, often] = [await reserved(onceIn(hour)), await reserved(thrice(), { subject: "Often" })];
    world.clock.passes("30m");
    await world.app.stop();
    world.clock.passes("1h");
    const database = openDatabase(world.config.database);
    await holdBack(database, world.clock.now());
    await database.close();
    await world.start();
    await until(async () => (await found(once)).state === "failed");
    expect([(await found(once)).fault, await outcomes(once)]).to.deep.equal(["restored", ["restored"]]);
    await until(async () => (await outcomes(often)).length === 1);
    world.clock.passes("30m");
    await until(() => mails("bart@b.example") === 1);
    await world.settled();
    expect(await outcomes(often)).to.deep.equal(["restored", "sent"]);
    expect(mails("olivia@o.example"), "a word to who must decide").to.equal(1);
  });

  it("keeps to several at the same second, each for itself", async () => {
    const rule = onceIn(hour);
    for (const subject of ["One", "Two", "Three"]) await reserved(rule, { subject });
    world.clock.passes("1h");
    await until(() => mails("bart@b.example") === 3);
    const subjects = world.inbox("bart@b.example").map(({ text }) => parseHeader(text).first("Subject")?.trim());
    expect(subjects.toSorted()).to.deep.equal(["One", "Three", "Two"]);
  });

  it("moves the poll's deadline along when it repeats", async () => {
    const closesAt = world.clock.now() + hour + 1_800_000;
    const questions = [{ kind: "one" as const, text: "Will you come?", choices: ["Yes", "No"] }];
    const id = await reserved(thrice(), { poll: { anonymous: false, closesAt, questions } });
    world.clock.passes("1h");
    await until(() => mails("bart@b.example") === 1);
    world.clock.passes("1h");
    await until(() => mails("bart@b.example") === 2);
    const posts = await world.app.store.posts.some((await occurrences(id)).flatMap((one) => one.posts).toReversed());
    const polls = await Promise.all(posts.map((post) => findPoll(world.app.store.database, post.pollId ?? 0)));
    expect(polls.map((poll) => poll?.closesAt)).to.deep.equal([closesAt, closesAt + hour]);
  });

  it("stands still and says why by mail when its sender may not send any more", async () => {
    const id = await reserved(thrice());
    await world.app.store.senders.remove(list.id, address("anne@north.example"));
    world.clock.passes("1h");
    await until(() => mails("olivia@o.example") === 1);
    const told = world.inbox("olivia@o.example")[0]?.text.toString() ?? "";
    expect(told).to.match(/^Subject: Not sent at its time: Water\r$/m);
    expect(told).to.contain("no longer a sender of news").and.to.contain(`/schedules/${id}`);
    expect(await found(id)).to.deep.include({ state: "failed", fault: "not-a-sender", faultLists: "news" });
    expect(await outcomes(id)).to.deep.equal(["failed"]);
    expect(mails("bart@b.example")).to.equal(0);
    world.clock.passes("5h");
    expect(mails("olivia@o.example")).to.equal(1);
  });

  it("stands still when its list was deleted", async () => {
    const id = await reserved(onceIn(hour));
    await world.app.store.deletedLists.add(list.id, world.clock.now());
    world.clock.passes("1h");
    await until(async () => (await found(id)).state === "failed");
    expect((await found(id)).fault).to.equal("no-list");
    await until(() => mails("olivia@o.example") === 1);
  });

  it("that fails is told to who runs the list now, where whoever made it does not any more", async () => {
    const { store } = world.app;
    const account = { username: "adam", address: address("adam@a.example"), passwordHash: undefined, isOwner: false };
    const adam = await store.accounts.add({ ...account, listIds: [list.id] }, world.clock.now());
    await givenSchedule(store, { list, rule: onceIn(hour), now: world.clock.now(), accountId: adam?.id ?? 0 });
    await store.administrators.remove(list.id, adam?.id ?? 0);
    await store.senders.remove(list.id, address("anne@north.example"));
    world.app.wake();
    world.clock.passes("1h");
    await until(() => mails("olivia@o.example") === 1);
    expect(mails("adam@a.example")).to.equal(0);
  });

  it("is not sent again when the clock is set back", async () => {
    const id = await reserved(thrice());
    world.clock.passes("1h");
    await until(() => mails("bart@b.example") === 1);
    const { nextAt } = await found(id);
    world.clock.isSetBack("30m");
    await world.restart();
    world.clock.passes("31m");
    await reserved(onceIn(60_000));
    world.clock.passes("1m");
    await until(() => mails("bart@b.example") === 2);
    expect(await outcomes(id)).to.deep.equal(["sent"]);
    expect((await found(id)).nextAt).to.equal(nextAt);
  });

  it("goes out when there is room on the disk again, however long that takes", async () => {
    const id = await reserved(onceIn(hour), { text: "x".repeat(80_000) });
    const { database } = world.app.store;
    const [size] = (await sql<{ page_count: number }>`PRAGMA page_count`.execute(database.reader)).rows;
    const limit = (pages: number) =>
      database.write((write) => sql.raw(`PRAGMA max_page_count = ${pages}`).execute(write));
    await limit((size?.page_count ?? 0) + 3);
    world.clock.passes("1h");
    for (let tries = 1; tries < 8; tries++) {
      await until(async () => troubles >= tries || (await found(id)).state === "failed");
      world.clock.passes("10s");
    }
    expect((await found(id)).state).to.equal("active");
    await limit(1_000_000);
    await until(() => {
      world.clock.passes("10s");
      return mails("bart@b.example") === 1;
    });
  });

  it("that cannot be made into a message is tried, given up, and keeps nobody waiting", async () => {
    const poison = await reserved(onceIn(hour));
    const well = await reserved(onceIn(hour), { subject: "Well" });
    const { compositionId } = await found(poison);
    await world.app.store.database.write((write) =>
      write.updateTable("composition").set({ content: "{" }).where("id", "=", compositionId).execute(),
    );
    world.clock.passes("1h");
    await until(async () => (await found(well)).state === "done");
    await until(async () => {
      world.clock.passes("1s");
      return (await found(poison)).state === "failed";
    });
    expect((await found(poison)).fault).to.equal("trouble");
  });
});
