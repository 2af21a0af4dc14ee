import { parse } from "csv-parse/sync";
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import { answerReport } from "../../server/reports/answer-report.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { recordConfirmations } from "../../server/store/answers/confirmations.ts";
import { expandChunk } from "../../server/store/deliveries/expansion.ts";
import { address, incoming } from "../store/given.ts";
import { attendance, Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";

describe("the read confirmations of a post, in the panel", () => {
  let panel: Panel;
  let visitor: Visitor;
  let list: MailingList;
  let post: number;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", {});
    const people = [
      { address: address("bart@b.example"), name: "Bart", attributes: { 電話: "090-1234-5678", 組: "3-A" } },
      { address: address("cris@c.example"), name: "Cris", attributes: { 電話: "090-8765-4321", note: "=1+1" } },
    ];
    const now = panel.clock.now();
    await panel.store.members.save(list.id, people, now - 1000);
    const asks = { asksConfirmation: true, startsAt: now };
    const [made] = await acceptMessage(panel.store.database, incoming([list], { receivedAt: now, post: asks }));
    post = made?.id ?? 0;
    while (!(await expandChunk(panel.store.database, post, now)));
    await panel.owner("olivia");
    visitor = await Visitor.signedIn(panel, "olivia");
    const [bart] = await panel.store.deliveries.page(post, { limit: 1 });
    await recordConfirmations(panel.store.database, [{ deliveryId: bart?.id ?? 0, at: now + 60_000 }]);
  });
  afterEach(() => panel.close());

  it("stand on the post's pages, in its history and on the first page", async () => {
    for (const path of [`/posts/${post}`, `/posts/${post}/confirmations`, `/lists/${list.id}`, "/"])
      expect((await visitor.get(path)).text, path).to.contain("1 of 2 have confirmed");
  });

  it("name who has not, with the telephone to tap, and who has, with the time", async () => {
    const silent = (await visitor.get(`/posts/${post}/confirmations`)).text;
    expect(silent).to.contain("Cris").and.to.contain('href="tel:09087654321"').and.not.to.contain(">Bart<");
    const confirmed = (await visitor.get(`/posts/${post}/confirmations?only=confirmed`)).text;
    expect(confirmed).to.contain(">Bart<").and.not.to.contain(">Cris<");
  });

  it("come as a file of all, or of who has not, in which nothing runs", async () => {
    const all = (await visitor.get(`/posts/${post}/deliveries.csv`)).text;
    expect(all.split("\r\n")[0]).to.match(/Confirmed,Answered,.*電話/);
    expect(all).to.contain("Bart").and.to.contain("Cris").and.to.contain("'=1+1");
    const silent = (await visitor.get(`/posts/${post}/deliveries.csv?only=silent`)).text;
    expect(silent).to.contain("Cris").and.not.to.contain("Bart");
  });

  it("are a small table of how soon, for the post and for the list", async () => {
    // Whom nobody asked to confirm is none of those who have not.
    await panel.distributed(list, { poll: attendance });
    for (const path of [`/posts/${post}/confirmations`, `/lists/${list.id}/responses`]) {
      const page = (await visitor.get(path)).text;
      expect(page, path)
        .to.contain("10 min")
        .and.to.match(/<td><b>1<\/b> <small>50 ?%<\/small><\/td>/);
    }
  });

  it("are no page of a post that asks nothing", async () => {
    const other = await panel.accepted(list);
    expect((await visitor.get(`/posts/${other}/confirmations`)).status).to.equal(404);
    expect((await visitor.get(`/posts/${other}`)).text).not.to.contain("/confirmations");
  });

  it("can be searched, among who has and who has not", async () => {
    const found = async (query: string): Promise<string> =>
      (await visitor.get(`/posts/${post}/confirmations?${query}`)).text;
    expect(await found("q=cris")).to.contain(">Cris<");
    expect(await found("q=bart")).not.to.contain(">Bart<");
    expect(await found("only=confirmed&q=bart")).to.contain(">Bart<");
  });

  it("stand on the member's page", async () => {
    const bart = await panel.store.members.findByAddress(list.id, address("bart@b.example"));
    const page = (await visitor.get(`/lists/${list.id}/members/${bart?.id ?? 0}`)).text;
    expect(page).to.match(/class="small done">.*Confirmed/s);
  });
});

describe("a post whose list counts families, in the panel", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(() => panel.close());

  it("names families of whom nobody has confirmed, and counts them", async () => {
    const list = await panel.list("news", { countBy: "child" });
    const now = panel.clock.now();
    const people = ["7", "7", "8", ""].map((child, place) => ({
      address: address(`m${place}@b.example`),
      name: `Member ${place}`,
      attributes: child === "" ? {} : { child },
    }));
    await panel.store.members.save(list.id, people, now - 1000);
    const asks = { asksConfirmation: true, startsAt: now };
    const [post] = await acceptMessage(panel.store.database, incoming([list], { receivedAt: now, post: asks }));
    while (!(await expandChunk(panel.store.database, post?.id ?? 0, now)));
    const [first] = await panel.store.deliveries.page(post?.id ?? 0, { limit: 1 });
    await recordConfirmations(panel.store.database, [{ deliveryId: first?.id ?? 0, at: now }]);
    await panel.owner("olivia");
    const visitor = await Visitor.signedIn(panel, "olivia");
    const page = (await visitor.get(`/posts/${post?.id ?? 0}/confirmations`)).text;
    expect(page).to.contain("1 of 3 families have confirmed").and.to.contain("1 member without it counts alone");
    expect(page).to.contain("child 8").and.to.contain("Member 2").and.to.contain("Member 3");
    expect(page).not.to.contain("Member 0").and.not.to.contain("Member 1");
    const file = (await visitor.get(`/posts/${post?.id ?? 0}/deliveries.csv?only=silent`)).text;
    expect(file).to.contain("Member 2").and.not.to.contain("Member 1");
    // Everywhere the same, from one count.
    const [, mate] = await panel.store.deliveries.page(post?.id ?? 0, { limit: 2 });
    expect((await visitor.get(`/deliveries/${first?.id ?? 0}`)).text).to.contain("Confirmed ");
    expect((await visitor.get(`/deliveries/${mate?.id ?? 0}`)).text).to.contain("somebody with the same “child” did");
    const again = { reminds: post?.id ?? 0, asksConfirmation: true, startsAt: now, origin: "reminder" as const };
    const once = { receivedAt: now, fingerprint: "again", post: again };
    const [reminder] = await acceptMessage(panel.store.database, incoming([list], once));
    while (!(await expandChunk(panel.store.database, reminder?.id ?? 0, now)));
    // What its readers do counts for the first post.
    expect((await visitor.get(`/posts/${reminder?.id ?? 0}`)).text)
      .to.contain(`href="/posts/${post?.id ?? 0}">Show it`)
      .and.not.to.contain("have confirmed");
    const reminders = (await visitor.get(`/posts/${post?.id ?? 0}/follow-up`)).text;
    expect(reminders).to.contain("1 of 3 families have confirmed").and.not.to.contain("1 of 4");
    const rows = async (path: string): Promise<readonly Readonly<Record<string, string>>[]> =>
      parse((await visitor.get(path)).text, { columns: true, bom: true });
    const [line] = await rows("/history.csv");
    expect(line).to.include({ Confirmed: "1", "Families confirmed": "1", Families: "3" });
    const copies = await rows(`/posts/${post?.id ?? 0}/deliveries.csv`);
    expect(copies.map((row) => [row["Confirmed"] !== "", row["Family confirmed"] !== ""])).to.deep.equal([
      [true, true],
      [false, true],
      [false, false],
      [false, false],
    ]);
    const needs = { store: panel.store, config: panel.config, clock: panel.clock };
    const today = new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);
    for (const asked of ["1", today])
      expect((await answerReport(needs, { list, language: "en", asked }))?.text).to.contain(
        "1 of 3 families have confirmed",
      );
    // The second of a family did not press, and need not.
    const others = (await panel.store.deliveries.page(post?.id ?? 0, { limit: 4 })).slice(2);
    await recordConfirmations(
      panel.store.database,
      others.map(({ id }) => ({ deliveryId: id, at: now })),
    );
    expect((await visitor.get("/history?outcome=unconfirmed")).text).not.to.contain(`/posts/${post?.id ?? 0}`);
  });
});

describe("links that are none of ours", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(() => panel.close());

  it("are the same page, a hundred times 404, then 429, while genuine ones open", async () => {
    const list = await panel.list("news", {});
    const now = panel.clock.now();
    await panel.store.members.save(list.id, [{ address: address("bart"), name: "", attributes: {} }], now - 1000);
    const asks = { asksConfirmation: true, startsAt: now };
    const [post] = await acceptMessage(panel.store.database, incoming([list], { receivedAt: now, post: asks }));
    while (!(await expandChunk(panel.store.database, post?.id ?? 0, now)));
    const [delivery] = await panel.store.deliveries.page(post?.id ?? 0, { limit: 1 });
    const id = delivery?.id ?? 0;
    const secret = (await panel.store.deliveries.secretOf(id))?.secret ?? Buffer.of();
    const visitor = new Visitor(panel);
    const unknown = await Promise.all(Array.from({ length: 101 }, () => visitor.get("/c/aaaaaaaaaaaaaaaab")));
    expect(unknown.filter(({ status }) => status === 429)).to.have.length(1);
    expect(unknown.filter(({ status }) => status === 404)).to.have.length(100);
    expect(new Set(unknown.map(({ text }) => text)).size).to.equal(1);
    const genuine = `/c/${makeToken({ purpose: "confirm-read", id, secret })}`;
    expect((await visitor.get(genuine)).status).to.equal(200);
    panel.clock.passes("11m");
    expect((await visitor.get("/c/aaaaaaaaaaaaaaaab")).status).to.equal(404);
  });
});
