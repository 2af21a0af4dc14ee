import { expect } from "chai";
import { bodyText } from "../support/body-text.ts";
import type { FollowUpPlan } from "../../server/lists/follow-up.ts";
import { insertPoll, moveDeadline } from "../../server/store/answers/polls.ts";
import { addMoves } from "../../server/store/posts/tallies.ts";
import { until } from "../support/until.ts";
import { World, postId } from "../support/world.ts";

const minute = 60_000;

describe("members who do not confirm", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const plan: FollowUpPlan = {
    of: "unread",
    times: 2,
    everyMs: 30 * minute,
    quiet: undefined,
    until: undefined,
    second: false,
    tell: true,
  };

  async function posted(members: readonly string[], of: Partial<FollowUpPlan> = {}): Promise<number> {
    await world.list("news", { members, language: "en" });
    const post = postId(await world.posts("anne@north.example", "news", { subject: "[confirm] Water" }));
    await world.quiet(post);
    const now = world.clock.now();
    const whole = { ...plan, ...of };
    await world.app.store.followUps.start({ postId: post, plan: whole, from: now, nextAt: now + whole.everyMs, now });
    world.app.wake();
    return post;
  }

  const confirmBy = async (member: string): Promise<void> => {
    const text = bodyText(world.inbox(member).at(-1)?.text ?? Buffer.of());
    const path = /https:\/\/kairan\.example\.org(\/c\/[a-z2-7]+)/.exec(text)?.[1] ?? "";
    expect((await fetch(world.app.webUrl + path, { method: "POST" })).status).to.equal(200);
  };
  const mails = (member: string): number => world.inbox(member).length;

  it("are reminded until they do, and the sender is told who never did", async () => {
    const post = await posted(["bart@b.example", "cris@c.example", "dora@d.example"]);
    await confirmBy("bart@b.example");
    world.clock.passes("30m");
    await until(() => mails("cris@c.example") === 2 && mails("dora@d.example") === 2);
    const reminder = world.inbox("cris@c.example")[1]?.text.toString() ?? "";
    expect(reminder).to.match(/^Subject: Reminder: Water\r$/m);
    expect(reminder).to.contain("This is a reminder");
    // The button of a reminder confirms the first post.
    await confirmBy("cris@c.example");
    expect((await world.app.store.posts.find(post))?.responses.confirmed).to.equal(2);
    world.clock.passes("30m");
    await until(() => mails("dora@d.example") === 3);
    world.clock.passes("30m");
    await until(() => mails("anne@north.example") === 1);
    const told = world.inbox("anne@north.example")[0]?.text.toString() ?? "";
    expect(told).to.contain("dora@d.example").and.not.to.contain("cris@c.example");
    expect(told).to.match(/^Auto-Submitted: auto-generated\r$/m);
    expect([mails("bart@b.example"), mails("cris@c.example")]).to.deep.equal([1, 2]);
    expect((await world.app.store.followUps.find(post))?.ended).to.equal("done");
  });

  it("end the reminders by confirming all", async () => {
    const post = await posted(["bart@b.example"]);
    await confirmBy("bart@b.example");
    world.clock.passes("30m");
    await until(async () => (await world.app.store.followUps.find(post))?.ended === "everybody");
    expect([mails("bart@b.example"), mails("anne@north.example")]).to.deep.equal([1, 0]);
  });

  it("get each reminder once, late, when the server was down meanwhile", async () => {
    const post = await posted(["bart@b.example"], { tell: false });
    await world.app.stop();
    world.clock.passes("2h");
    await world.start();
    await until(() => mails("bart@b.example") === 2);
    const next = (await world.app.store.followUps.find(post))?.nextAt ?? 0;
    expect(next - world.clock.now()).to.be.greaterThan(28 * minute);
    world.clock.passes("30m");
    await until(async () => (await world.app.store.followUps.find(post))?.ended === "done");
    await until(() => mails("bart@b.example") === 3);
  });

  it("are reminded though no copy had left when the first reminder was due", async () => {
    const post = await posted(["bart@b.example"], { tell: false });
    const { database } = world.app.store;
    const state = (is: "sending" | "sent", was: "sending" | "sent") =>
      database.write(async (write) => {
        await write.updateTable("delivery").set({ state: is }).execute();
        await addMoves(write, database.kind, [{ postId: post, from: was, to: is }]);
      });
    // As after a long queue, or a time in which the server was down.
    await state("sending", "sent");
    world.clock.passes("30m");
    await until(async () => ((await world.app.store.followUps.find(post))?.nextAt ?? 0) > world.clock.now());
    await state("sent", "sending");
    world.clock.passes("31m");
    await until(() => mails("bart@b.example") === 2);
    expect(world.inbox("bart@b.example")[1]?.text.toString()).to.match(/^Subject: Reminder: /m);
  });

  it("are reminded though another post's reminders fail, which are tried again", async () => {
    const post = await posted(["bart@b.example"], { times: 1, tell: false });
    const broken = await world.list("broken", { members: ["dora@d.example"] });
    const other = postId(await world.posts("anne@north.example", "broken", { subject: "[confirm] Two" }));
    await world.quiet(other);
    const zone = async (timezone: string | null) =>
      world.app.store.database.write(async (write) =>
        write.updateTable("list").set({ timezone }).where("id", "=", broken.id).execute(),
      );
    await zone("No/Where");
    const now = world.clock.now();
    const once = { ...plan, times: 1, tell: false };
    await world.app.store.followUps.start({ postId: other, plan: once, from: now, nextAt: now, now });
    world.app.wake();
    world.clock.passes("30m");
    await until(() => mails("bart@b.example") === 2);
    expect((await world.app.store.followUps.find(post))?.ended).to.equal("done");
    expect(mails("dora@d.example")).to.equal(1);
    await zone(null);
    world.clock.passes("6m");
    await until(() => mails("dora@d.example") === 2);
  });

  it("are asked to answer until the poll closes, wherever its deadline was moved to", async () => {
    const post = await posted(["bart@b.example"], { of: "unanswered" });
    const { database } = world.app.store;
    const begun = world.clock.now();
    const [from, to] = [begun + 20 * minute, begun + 40 * minute];
    const pollId = await database.write(async (write) => {
      const id = await insertPoll(write, { anonymous: false, closesAt: from, questions: [] }, begun);
      await write.updateTable("post").set({ poll_id: id }).where("id", "=", post).execute();
      return id;
    });
    expect(await moveDeadline(database, { pollId, from, to, now: begun })).to.equal(true);
    expect(await moveDeadline(database, { pollId, from, to, now: begun })).to.equal(false);
    world.app.wake();
    world.clock.passes("30m");
    await until(() => mails("bart@b.example") === 2);
    world.clock.passes("11m");
    await until(() => mails("anne@north.example") === 1);
    expect((await world.app.store.followUps.find(post))?.ended).to.equal("done");
    expect(mails("bart@b.example")).to.equal(2);
  });

  it("wait while their list is deleted, and are reminded when it is brought back", async () => {
    const post = await posted(["bart@b.example"]);
    const { store, wake } = world.app;
    const listId = (await store.posts.find(post))?.listId ?? 0;
    await store.deletedLists.add(listId, world.clock.now());
    world.clock.passes("31m");
    expect(await store.followUps.due(world.clock.now())).to.deep.equal([]);
    await store.deletedLists.restore(listId, world.clock.now());
    wake();
    await until(() => mails("bart@b.example") === 2);
  });

  for (const [what, change] of [
    ["stopped", { stopped_at: 1 }],
    ["rejected before any copy left", { disposition: "rejected", expanded_at: null }],
  ] as const)
    it(`hear no more of a post that was ${what}`, async () => {
      const post = await posted(["bart@b.example"]);
      await world.app.store.database.write(async (write) => {
        await write.updateTable("delivery").set({ state: "cancelled" }).execute();
        await write.updateTable("post").set(change).where("id", "=", post).execute();
      });
      world.clock.passes("30m");
      await until(async () => (await world.app.store.followUps.find(post))?.ended === "stopped");
      expect(mails("bart@b.example")).to.equal(1);
    });
});
