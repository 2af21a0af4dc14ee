/** A list's history and a post's page: what went out, to whom, and what became of it. */
import { parse } from "csv-parse/sync";
import { expect } from "chai";
import { keptReply } from "../../server/delivery/outbox-courier.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { incoming } from "../store/given.ts";
import { address, Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const people = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `member${String(n).padStart(4, "0")}@b.example`);

describe("a list's history", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: people(10) });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  it("says what to do while nothing was sent", async () => {
    expect(readable((await visitor.get("/lists/1")).text))
      .to.include("Three steps to the first mail")
      .and.include("10 members are here")
      .and.include("From a registered address to news@lists.example.org");
    const empty = await panel.store.lists.create({ ...list, name: "empty" });
    expect(readable((await visitor.get(`/lists/${empty?.id}`)).text))
      .to.include("Add a sender")
      .and.include("Add a member")
      .and.not.include("Done");
  });

  it("shows number, author, subject, state and the counts of every copy", async () => {
    await panel.distributed(list, { subject: "Water <off>" });
    await panel.copies(4, "sent");
    await panel.copies(2, "deferred");
    await panel.copies(1, "failed");
    const [deliveryId = 0] = await panel.copies(1, "sent");
    const said = { permanence: "permanent", status: "5.2.2", diagnostic: "552 full", report: Buffer.of() } as const;
    await panel.store.bounces.record({ deliveryId, receivedAt: panel.clock.now(), ...said });
    const text = readable((await visitor.get("/lists/1")).text);
    for (const part of [
      "No. 1",
      "Water <off>",
      "Sending",
      "Anne",
      "sent to 4 of 10",
      "Failed 1",
      "Bounced 1",
      "Deferred 2",
      "Pending 2",
    ])
      expect(text).to.include(part);
  });

  it("gives times in the list's zone and the reader's language", async () => {
    await panel.store.lists.update(list.id, { timezone: "America/New_York" });
    const id = await panel.accepted(list);
    const { acceptedAt = 0 } = (await panel.store.posts.find(id)) ?? {};
    const time = new Intl.DateTimeFormat("en", {
      timeZone: "America/New_York",
      hour: "numeric",
      minute: "2-digit",
      hourCycle: "h23",
    })
      .format(acceptedAt)
      .replace(/^0/, "");
    expect(readable((await visitor.get("/lists/1")).text)).to.include(`, ${time} `);
    await visitor.post("/language", { language: "ja", to: "/" });
    expect(readable((await visitor.get("/lists/1")).text)).to.match(new RegExp(`\\d{4}年\\d+月\\d+日\\(.\\) ${time} `));
  });

  it("pages by key and searches, taking the words literally", async () => {
    for (let n = 1; n <= 30; n++)
      await panel.accepted(list, { subject: n === 7 ? "100% off_\\'" : `Post number ${n}` });
    const first = await visitor.get("/lists/1");
    expect(first.text).to.include("Post number 30").and.include("Post number 6<").and.not.include("Post number 5<");
    const older = /href="([^"]*before=[^"]*)"/.exec(first.text)?.[1] ?? "";
    const second = await visitor.get(older.replaceAll("&amp;", "&"));
    expect(second.text).to.include("Post number 5<").and.not.include("Post number 6<");
    expect((await visitor.get(`/lists/1?q=${encodeURIComponent("100% OFF_\\'")}`)).text)
      .to.include("No. 7")
      .and.not.include("Post number");
    expect(readable((await visitor.get("/lists/1?q=%25")).text))
      .to.include("No. 7")
      .and.not.include("No. 8");
    expect(readable((await visitor.get("/lists/1?q=nothing-like-it")).text)).to.include("No post matches");
  });

  it("asks about held posts, and sends what is approved once", async () => {
    const held = await panel.accepted(list, { subject: "May I?", disposition: "held" });
    expect(readable((await visitor.get("/lists/1")).text))
      .to.include("Waiting for you")
      .and.include("May I?");
    const woken = panel.woken;
    const approved = await visitor.post(`/posts/${held}/approve`);
    expect(readable((await visitor.follow(approved)).text))
      .to.include("Approved")
      .and.not.include("Waiting for you");
    expect((await panel.store.posts.find(held))?.disposition).to.equal("accepted");
    expect(panel.woken).to.equal(woken + 1);
    const late = await visitor.post(`/posts/${held}/reject`);
    expect(readable((await visitor.follow(late)).text)).to.include("Somebody else has decided");
    expect((await panel.store.posts.find(held))?.disposition).to.equal("accepted");
  });

  it("says what happened once only", async () => {
    const held = await panel.accepted(list, { disposition: "held" });
    const rejected = await visitor.post(`/posts/${held}/reject`);
    expect(readable((await visitor.follow(rejected)).text)).to.include("Rejected: the post goes to nobody");
    expect(readable((await visitor.get("/lists/1")).text)).not.to.include("the post goes to nobody");
  });
});

describe("a post's page", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: people(250) });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  it("shows each delivery with state, last reply and times, what went wrong first", async () => {
    const post = await panel.distributed(list);
    await panel.copies(1, "failed", "550 5.1.1 no <such> user");
    await panel.copies(1, "deferred", "450 4.2.1 later");
    const { text } = await visitor.get(`/posts/${post}`);
    expect(text.indexOf("450 4.2.1 later")).to.be.lessThan(text.indexOf("550 5.1.1 no &lt;such&gt; user"));
    expect(readable(text))
      .to.include("said mx.example")
      .and.include("Next try")
      .and.include("This server keeps all copies and sends none");
  });

  it("comes to every delivery exactly once, a hundred a page", async () => {
    const post = await panel.distributed(list);
    await panel.copies(120, "sent");
    const seen: string[] = [];
    for (let path: string | undefined = `/posts/${post}`; path !== undefined;) {
      const { text } = await visitor.get(path);
      const page = [...text.matchAll(/member\d{4}@b\.example/g)].map(([found]) => found);
      expect(page.length).to.be.at.most(100);
      seen.push(...page);
      path = /href="([^"]*after=[^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen.toSorted()).to.deep.equal(people(250));
  });

  it("filters by state and searches by address and name", async () => {
    const post = await panel.distributed(list);
    await panel.copies(3, "failed");
    expect(readable((await visitor.get(`/posts/${post}?state=failed`)).text).match(/@b\.example/g)).to.have.lengthOf(3);
    expect(readable((await visitor.get(`/posts/${post}?q=MEMBER0042`)).text).match(/@b\.example/g)).to.have.lengthOf(1);
    expect(readable((await visitor.get(`/posts/${post}?state=failed&q=member0042`)).text)).to.include("Nobody here");
    expect((await visitor.get(`/posts/${post}?state=nonsense&after=nonsense.x`)).status).to.equal(200);
  });

  it("stops a running post once, and says so", async () => {
    const post = await panel.distributed(list);
    await panel.copies(10, "sent");
    const woken = panel.woken;
    expect((await visitor.get(`/posts/${post}`)).text).to.include("Yes, stop sending");
    const stopped = await visitor.post(`/posts/${post}/stop`);
    const { text } = await visitor.follow(stopped);
    expect(readable(text)).to.include("Sending is stopped").and.include("Stopped at");
    expect(text).not.to.include("Yes, stop sending");
    expect(panel.woken).to.equal(woken + 1);
    expect((await panel.store.posts.find(post))?.stoppedAt).to.be.a("number");
    expect(readable((await visitor.follow(await visitor.post(`/posts/${post}/stop`))).text)).to.include(
      "nothing left to stop",
    );
  });

  it("says until when a post in its cool-off can be called back", async () => {
    const post = await panel.accepted(list, { startsIn: 60_000 });
    expect(readable((await visitor.get(`/posts/${post}`)).text))
      .to.include("Waiting")
      .and.include("The first copy leaves at")
      .and.include("Call back");
  });

  it("gives the whole account as a spreadsheet file, safe to open", async () => {
    await panel.store.members.save(
      list.id,
      [{ address: address("evil@b.example"), name: '=HYPERLINK("http://evil.example")', attributes: {} }],
      panel.clock.now(),
    );
    const post = await panel.distributed(list);
    await panel.copies(300, "sent", "@SUM(1+1)");
    const response = await visitor.open("GET", `/posts/${post}/deliveries.csv`);
    expect(response.headers.get("content-disposition")).to.equal('attachment; filename="news-1.csv"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const rows = parse<Record<string, string>>(bytes, { bom: true, columns: true });
    expect(rows).to.have.lengthOf(251);
    expect(
      rows.filter((row) => Object.values(row).some((cell) => /^[=+\-@\t\r]/.test(cell))),
      "no cell begins a formula",
    ).to.deep.equal([]);
    expect(rows.find((row) => row["Address"] === "evil@b.example")).to.include({
      Name: `'=HYPERLINK("http://evil.example")`,
      "Last reply": "'@SUM(1+1)",
      State: "Sent",
    });
  });

  it("names the other lists of the same mail, to whom they are", async () => {
    const other = await panel.list("club", { members: people(1) });
    const [one, two] = await acceptMessage(
      panel.store.database,
      incoming([list, other], { receivedAt: panel.clock.now() }),
    );
    expect((await visitor.get(`/posts/${two?.id ?? 0}`)).text).to.include(
      `<a href="/posts/${one?.id ?? 0}">List news</a>`,
    );
    await panel.account("clara", { lists: [other] });
    const clara = await Visitor.signedIn(panel, "clara");
    expect((await clara.get(`/posts/${two?.id ?? 0}`)).text).not.to.include("List news");
  });

  it("says of copies that are kept here in the words of the panel that no server has answered", async () => {
    const post = await panel.distributed(list);
    const [id = 0] = await panel.copies(1, "sent", keptReply);
    for (const path of [`/posts/${post}`, `/deliveries/${id}`]) {
      const { text } = await visitor.get(path);
      expect(text, path).to.include("Kept here, not sent").and.not.include(keptReply);
    }
  });

  it("of one delivery shows its facts, what came back, and the copy as it goes", async () => {
    const post = await panel.distributed(list);
    const [id = 0] = await panel.copies(1, "sent", "250 2.0.0 queued");
    await panel.store.bounces.record({
      deliveryId: id,
      permanence: "permanent",
      status: "5.1.1",
      diagnostic: "smtp; 550 unknown",
      report: Buffer.from("Subject: report\r\n\r\nback\r\n"),
      receivedAt: panel.clock.now(),
    });
    const page = await visitor.get(`/deliveries/${id}`);
    expect(readable(page.text))
      .to.include("member0000@b.example")
      .and.include("Bounced")
      .and.include("5.1.1")
      .and.include("smtp; 550 unknown");
    expect((await visitor.get(`/deliveries/${id}/bounces/0`)).text).to.equal("Subject: report\r\n\r\nback\r\n");
    expect((await visitor.get(`/deliveries/${id}/bounces/1`)).status).to.equal(404);
    const copy = await visitor.get(`/deliveries/${id}/copy`);
    expect(readable(copy.text)).to.include("To: <member0000@b.example>").and.include("Kept here, not sent");
    expect((await visitor.get(`/deliveries/${id}/copy.eml`)).text).to.include("Good morning.");
    expect(post).to.be.a("number");
  });
});
