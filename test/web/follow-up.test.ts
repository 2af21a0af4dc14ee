import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { expandChunk } from "../../server/store/deliveries/expansion.ts";
import { incoming } from "../store/given.ts";
import { attendance, Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";

describe("the reminders of a post, in the panel", () => {
  let panel: Panel;
  let visitor: Visitor;
  let list: MailingList;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: ["bart@b.example", "cris@c.example"], timezone: "Asia/Tokyo" });
    await panel.owner("olivia");
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  async function asking(asksConfirmation = true): Promise<number> {
    const now = panel.clock.now();
    const post = { asksConfirmation, startsAt: now };
    const [made] = await acceptMessage(panel.store.database, incoming([list], { receivedAt: now, post }));
    while (!(await expandChunk(panel.store.database, made?.id ?? 0, now)));
    await panel.store.database.write(async (write) => write.updateTable("delivery").set({ state: "sent" }).execute());
    return made?.id ?? 0;
  }

  const good = {
    remindTimes: "2",
    remindEvery: "1h",
    remindTell: "on",
    remindQuiet: "on",
    quietFrom: "21:00",
    quietTo: "07:00",
  };

  it("are planned, said in words, changed and stopped", async () => {
    const post = await asking();
    expect((await visitor.get(`/posts/${post}`)).text).to.contain(`/posts/${post}/follow-up`);
    await visitor.get(`/posts/${post}/follow-up`);
    expect((await visitor.post(`/posts/${post}/follow-up`, good)).location).to.equal(`/posts/${post}/follow-up`);
    const planned = await panel.store.followUps.find(post);
    expect(planned?.plan).to.deep.equal({
      of: "unread",
      times: 2,
      everyMs: 3_600_000,
      quiet: { from: 1260, to: 420 },
      second: false,
      tell: true,
    });
    const page = (await visitor.get(`/posts/${post}/follow-up`)).text;
    expect(page).to.contain("2 reminders, 1 hour apart").and.to.contain("none from 21:00 to 07:00");
    await visitor.post(`/posts/${post}/follow-up/stop`);
    expect((await visitor.get(`/posts/${post}/follow-up`)).text).to.contain("Stopped at");
    expect((await panel.store.followUps.find(post))?.ended).to.equal("stopped");
  });

  for (const [what, fields] of [
    ["There is no such time", { remindUntil: "2026-02-30T10:00" }],
    ["over already", { remindUntil: "2020-01-01T10:00" }],
    ["Choose at least one", { remindTimes: "0", remindTell: undefined }],
    ["Write a time such as", { quietFrom: "25:00" }],
  ] as const) {
    it(`are refused with a word at the field: ${what}`, async () => {
      const post = await asking();
      await visitor.get(`/posts/${post}/follow-up`);
      const typed = Object.fromEntries(
        Object.entries({ ...good, ...fields }).filter((each): each is [string, string] => each[1] !== undefined),
      );
      const answer = await visitor.post(`/posts/${post}/follow-up`, typed);
      expect(answer.status).to.equal(422);
      expect(answer.text).to.contain(what);
      expect(await panel.store.followUps.find(post)).to.equal(undefined);
    });
  }

  it("are sent at once, once however often it is pressed, and stand with their post", async () => {
    const post = await asking();
    await visitor.get(`/posts/${post}/follow-up`);
    const press = (): Promise<unknown> => visitor.post(`/posts/${post}/follow-up/now`);
    await Promise.all([press(), press(), press()]);
    await press();
    expect(await panel.store.posts.remindersOf(post)).to.have.length(1);
    expect((await visitor.get(`/posts/${post}/follow-up`)).text).to.contain("Reminders so far");
  });

  it("are none of a poll that is closed, which is said", async () => {
    const closesAt = panel.clock.now() + 60_000;
    const post = await panel.distributed(list, { poll: { ...attendance, closesAt } });
    await panel.copies(2, "sent");
    panel.clock.passes("2m");
    await visitor.get(`/posts/${post}/follow-up`);
    const answer = await visitor.post(`/posts/${post}/follow-up`, good);
    expect([answer.status, answer.text.includes("The poll is closed")]).to.deep.equal([422, true]);
    expect(await panel.store.followUps.find(post)).to.equal(undefined);
  });

  it("are not for posts that ask nothing", async () => {
    const post = await asking(false);
    expect((await visitor.get(`/posts/${post}/follow-up`)).text).to.contain("asks nothing");
    await visitor.post(`/posts/${post}/follow-up/now`);
    expect((await visitor.post(`/posts/${post}/follow-up`, good)).status).to.equal(422);
    expect(await panel.store.posts.remindersOf(post)).to.deep.equal([]);
  });
});
