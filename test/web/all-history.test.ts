/** The history over all lists: who sees what, how it is narrowed, its file. */
import { expect } from "chai";
import { parse } from "csv-parse/sync";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { indexPosts } from "../../server/store/posts/index-posts.ts";
import { attendance, Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const dayMs = 86_400_000;

describe("the history of all lists", () => {
  let panel: Panel;
  let news: MailingList;
  let staff: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    news = await panel.list("news", { title: "Parents", members: ["m1@b.example"] });
    staff = await panel.list("staff", { title: "Teachers", members: ["m2@b.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const shown = async (query: string, who = visitor): Promise<readonly string[]> =>
    [...(await who.get(`/history${query}`)).text.matchAll(/post-subject">([^<]*)</g)].map(
      ([, subject = ""]) => subject,
    );

  it("shows owners all, administrators their lists, and nobody a foreign one that they ask for", async () => {
    await panel.accepted(news, { subject: "Water" });
    await panel.accepted(staff, { subject: "Meeting" });
    expect(await shown("")).to.deep.equal(["Meeting", "Water"]);
    expect(await shown(`?list=${news.id}`)).to.deep.equal(["Water"]);
    await panel.account("bert", { lists: [news] });
    await panel.account("carl");
    const [bert, carl] = [await Visitor.signedIn(panel, "bert"), await Visitor.signedIn(panel, "carl")];
    expect(await shown("", bert)).to.deep.equal(["Water"]);
    expect(await shown(`?list=${staff.id}&q=meeting`, bert)).to.deep.equal([]);
    expect((await bert.get(`/history.csv?list=${staff.id}`)).text).not.to.include("Meeting");
    expect((await bert.get("/history")).text).not.to.include("Teachers");
    expect(readable((await carl.get("/history")).text)).to.include("Nothing was sent yet");
    expect((await carl.get("/history.csv")).text).not.to.include("Water");
  });

  it("finds words in the mail itself, and says by what it is narrowed, each to be taken away", async () => {
    await panel.accepted(news, {
      subject: "Water",
      mail: "From: anne@north.example\r\n\r\nThe <b>pump</b> is broken.\r\n",
    });
    await panel.accepted(news, { subject: "Other", poll: attendance });
    while ((await indexPosts(panel.store.database)) > 0);
    expect(await shown("?q=pump%20broken")).to.deep.equal(["Water"]);
    expect(await shown("?kind=poll")).to.deep.equal(["Other"]);
    expect(await shown("?kind=nonsense&outcome=nonsense&list=x&before=x")).to.have.length(2);
    const { text } = await visitor.get(`/history?q=${encodeURIComponent("<i>pump")}&kind=mail&list=${news.id}`);
    expect(readable(text)).to.include("Text <i>pump").and.include("Kind Came by mail").and.include("List Parents");
    const links = [...text.matchAll(/href="(\/history\?[^"]*)"/g)].map(([, link = ""]) =>
      link.replaceAll("&amp;", "&"),
    );
    expect(links).to.include(`/history?kind=mail&list=${news.id}`);
    expect(text).to.include('value="mail" selected').and.include('value="&lt;i&gt;pump"');
  });

  it("takes whole days in the zone of the reader's server, and says at the field what is no day", async () => {
    await panel.store.lists.update(news.id, { timezone: "America/New_York" });
    const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" });
    await panel.accepted(news, { subject: "Now" });
    const [today, tomorrow] = [day.format(panel.clock.now()), day.format(panel.clock.now() + dayMs)];
    expect(await shown(`?from=${today}&to=${today}`)).to.deep.equal(["Now"]);
    expect(readable((await visitor.get("/history")).text)).to.match(/\d:\d\d \(America\/New_York\)/);
    expect(await shown(`?from=${tomorrow}`)).to.deep.equal([]);
    expect(await shown(`?to=${day.format(panel.clock.now() - dayMs)}`)).to.deep.equal([]);
    expect(readable((await visitor.get("/history?from=2026-02-30")).text)).to.include("Write a day such as");
    expect(readable((await visitor.get(`/history?from=${tomorrow}&to=${today}`)).text)).to.include(
      "not before the first",
    );
  });

  it("gives what is shown as a file, safe to open, with the counts of the page", async () => {
    await panel.distributed(news, { subject: "=1+1", authorName: "@evil" });
    await panel.copies(1, "failed");
    for (let n = 0; n < 3; n++) await panel.accepted(staff, { subject: `Meeting ${n}` });
    const response = await visitor.open("GET", "/history.csv?outcome=astray");
    expect(response.headers.get("content-disposition")).to.equal('attachment; filename="history.csv"');
    const rows = parse<Record<string, string>>(Buffer.from(await response.arrayBuffer()), { bom: true, columns: true });
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({
      "No.": "1",
      List: "Parents",
      "Time zone": "Asia/Tokyo",
      Subject: "'=1+1",
      Sender: "'@evil",
      Failed: "1",
      Copies: "1",
      Kind: "Mail",
    });
    const ofList = await visitor.get(`/lists/${staff.id}/history.csv?q=meeting`);
    expect(parse(ofList.text, { bom: true, columns: true })).to.have.length(3);
  });

  it("says the filter in words for paper", async () => {
    await panel.accepted(news, { subject: "Water" });
    const { text } = await visitor.get(`/lists/${news.id}?q=water&outcome=going`);
    expect(readable(/<p class="on-paper">[^]*?<\/p>/.exec(text)?.[0] ?? "")).to.match(
      /^ ?Text: water · What became of it: Still going out · As of /,
    );
  });
});
