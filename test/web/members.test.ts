/** The list of members: sorting, paging and columns, the form's faults, a member's page, and changes of many at once. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { until } from "../support/until.ts";
import { address, Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("the members' pages", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news");
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const save = (count: number, attributes: (index: number) => Record<string, string> = () => ({})) =>
    panel.store.members.save(
      list.id,
      Array.from({ length: count }, (_, index) => ({
        address: address(`p${index}@b.example`),
        name: `Person ${index}`,
        attributes: attributes(index),
      })),
      panel.clock.now(),
    );
  const rows = (html: string) =>
    [...html.matchAll(/class="mono">p(\d+)@b\.example/g)].map(([, index]) => Number(index));
  const link = (html: string, rel: string) =>
    new RegExp(`rel="${rel}" href="([^"]*)"`).exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const counts = () => panel.store.members.counts(list.id);

  it("say the first three steps while there are no members", async () => {
    const page = await visitor.get("/lists/1/members");
    for (const path of ["/lists/1/members/new", "/lists/1/import", "/lists/1/joining"])
      expect(page.text).to.include(`href="${path}"`);
  });

  it("sort by any attribute, say so to screen readers, and go forward and back", async () => {
    await save(120, (index) => ({ Number: String(119 - index), Class: `${index % 3}-B` }));
    const page = await visitor.get("/lists/1/members?sort=a%3ANumber");
    expect(rows(page.text).slice(0, 3)).to.deep.equal([119, 118, 117]);
    expect(page.text).to.match(/<th scope="col" aria-sort="ascending"><a href="[^"]*sort=-a%3ANumber"/);
    const second = await visitor.get(link(page.text, "next"));
    expect(rows(second.text)).to.have.length(50);
    const third = await visitor.get(link(second.text, "next"));
    expect(rows(third.text)).to.have.length(20);
    expect(link(third.text, "next")).to.equal("");
    expect(rows((await visitor.get(link(third.text, "prev"))).text)).to.deep.equal(rows(second.text));
    expect(rows((await visitor.get(link(second.text, "prev"))).text)).to.deep.equal(rows(page.text));
    expect(rows((await visitor.get("/lists/1/members?sort=-")).text)[0]).to.equal(119);
  });

  it("keep search, status and order together", async () => {
    await save(60, (index) => ({ Class: index % 2 === 0 ? "三年" : "四年" }));
    await panel.store.members.setStatus(3, "paused", panel.clock.now());
    const page = await visitor.get(`/lists/1/members?q=${encodeURIComponent("三年")}&status=paused&sort=-name`);
    expect(rows(page.text)).to.deep.equal([2]);
    expect(page.text)
      .to.include('<input type="hidden" name="status" value="paused">')
      .and.include('<input type="hidden" name="sort" value="-name">')
      .and.match(/href="\/lists\/1\/members\?q=[^"]*status=active[^"]*sort=-name"/);
  });

  it("show who has left when they are asked for alone, and a change of all who are shown is about none of them", async () => {
    await save(4);
    await panel.store.members.setStatus(3, "left", panel.clock.now());
    await panel.store.members.setStatus(4, "paused", panel.clock.now());
    const page = await visitor.get("/lists/1/members");
    expect(rows(page.text)).to.deep.equal([0, 1, 3]);
    expect(readable(page.text)).to.include("Present 3").and.include("Left 1").and.include("All 3 members");
    expect(rows((await visitor.get("/lists/1/members?status=left")).text)).to.deep.equal([2]);
    const ask = await visitor.post("/lists/1/members/bulk", { verb: "pause", all: "on", status: "present", q: "b" });
    expect(readable(ask.text)).to.include("Search: “b”").and.not.include("undefined");
    const done = await visitor.post("/lists/1/members/bulk", {
      verb: "resume",
      all: "on",
      status: "present",
      q: "",
      asked: "on",
    });
    expect(done.status).to.be.oneOf([200, 303]);
    expect((await panel.store.members.find(3))?.status).to.equal("left");
  });

  it("answer odd queries with a page", async () => {
    await save(3);
    for (const query of [
      "sort=a:&after=99999999",
      "sort=%00&before=0",
      "sort=address&before=1",
      "after=1&before=2",
      "q=%25%5f%00",
      "sort=a:none&status=left",
    ])
      expect((await visitor.get(`/lists/1/members?${query}`)).status, query).to.equal(200);
  });

  describe("the form", () => {
    const bad: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ address: `${"x".repeat(300)}@b.example` }, /id="address-fault">Check the address: at most 254/],
      [{ name: "n".repeat(201) }, /id="name-fault">Choose a shorter name/],
      [{ attributeName0: "a\nb", attributeValue0: "c" }, /id="attribute-fault0">Leave out line breaks/],
      [{ attributeName0: "a", attributeValue0: "b\r\nc" }, /id="attribute-fault0">Leave out line breaks/],
      [{ attributeName0: "n".repeat(101), attributeValue0: "c" }, /id="attribute-fault0">Choose a shorter name/],
      [{ attributeName0: "a", attributeValue0: "v".repeat(1001) }, /id="attribute-fault0">Write less/],
      [
        { attributeName0: "a", attributeValue0: "1", attributeName2: "a", attributeValue2: "2" },
        /id="attribute-fault2">Use each attribute once/,
      ],
    ];
    for (const [fields, fault] of bad) {
      it(`refuses ${JSON.stringify(fields).slice(0, 60)}`, async () => {
        await visitor.get("/lists/1/members/new");
        const answer = await visitor.post("/lists/1/members", { address: "x@b.example", ...fields });
        expect(answer.status).to.equal(422);
        expect(answer.text).to.match(fault);
        expect((await counts()).active).to.equal(0);
      });
    }

    it("offers a row for each attribute that members have", async () => {
      await save(2, () => ({ Class: "3-B", 班: "2" }));
      const page = await visitor.get("/lists/1/members/new");
      expect(page.text)
        .to.match(/name="attributeName0"[^>]*value="Class"/)
        .and.match(/name="attributeName1"[^>]*value="班"/);
    });

    it("asks before it brings back who left by themselves", async () => {
      await save(1);
      await panel.store.members.leave(1, panel.clock.now());
      await visitor.get("/lists/1/members/new");
      const asked = await visitor.post("/lists/1/members", { address: "p0@b.example", name: "Person 0" });
      expect(asked.status).to.equal(409);
      expect(readable(asked.text)).to.include("They left this list by themselves");
      expect((await counts()).left).to.equal(1);
      await visitor.post("/lists/1/members", { address: "p0@b.example", name: "Person 0", sure: "on" });
      expect((await counts()).active).to.equal(1);
    });
  });

  it("show on a member's page what happened, and only lists that the reader may see", async () => {
    const other = await panel.list("other", { members: ["p0@b.example"] });
    await save(1);
    await panel.distributed(list, { subject: "Sports day" });
    await panel.copies(1, "failed");
    await panel.store.members.leave(2, panel.clock.now());
    const page = readable((await visitor.get("/lists/1/members/2")).text);
    expect(page)
      .to.include("added by an administrator")
      .and.include("by themselves")
      .and.include("Sports day")
      .and.include("List other");
    await panel.account("adam", { lists: [list] });
    const adam = await Visitor.signedIn(panel, "adam");
    expect(readable((await adam.get("/lists/1/members/2")).text)).not.to.include(other.title);
  });

  describe("a change of many", () => {
    const bulk = async (fields: readonly [string, string][]) => {
      await visitor.get("/lists/1/members");
      const body = new URLSearchParams([["csrf", visitor.csrf], ...fields]);
      const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: panel.url };
      return visitor.send("POST", "/lists/1/members/bulk", { body: body.toString(), headers });
    };

    it("pauses the ticked ones at once, says how many, and is undone from there", async () => {
      await save(5);
      const done = await bulk([
        ["verb", "pause"],
        ["member", "1"],
        ["member", "3"],
        ["member", "nonsense"],
        ["back", "/lists/1/members?sort=name"],
      ]);
      expect(done.location).to.equal("/lists/1/members?sort=name");
      const page = await visitor.follow(done);
      expect(readable(page.text)).to.include("2 members paused.");
      expect(await counts()).to.include({ paused: 2, active: 3 });
      expect(panel.woken).to.be.greaterThan(0);
      const undo = /action="(\/lists\/1\/members\/bulk\/\d+\/undo)"/.exec(page.text)?.[1] ?? "";
      expect(readable((await visitor.follow(await visitor.post(undo))).text)).to.include("Taken back: 2 members");
      expect(await counts()).to.include({ paused: 0, active: 5 });
    });

    it("asks before it changes all whom a search finds", async () => {
      await save(60, (index) => ({ Class: index % 2 === 0 ? "3-B" : "4-A" }));
      const asked = await bulk([
        ["verb", "remove"],
        ["all", "on"],
        ["q", "3-B"],
        ["status", ""],
      ]);
      expect(asked.status).to.equal(200);
      expect(readable(asked.text)).to.include("Remove everybody whom the search finds?").and.include("Search: “3-B”");
      expect((await counts()).active).to.equal(60);
      await bulk([
        ["verb", "remove"],
        ["all", "on"],
        ["q", "3-B"],
        ["status", ""],
        ["asked", "1"],
      ]);
      expect(await counts()).to.include({ active: 30, left: 30 });
      expect(
        readable(
          (
            await bulk([
              ["verb", "pause"],
              ["all", "on"],
              ["status", "active"],
            ])
          ).text,
        ),
      ).to.include("Pause 30 members?");
    });

    it("sets an attribute, whose name it asks for", async () => {
      await save(4);
      const asked = await bulk([
        ["verb", "set"],
        ["member", "2"],
      ]);
      expect(readable(asked.text)).to.include("Set an attribute of 1 member");
      const unnamed = await bulk([
        ["verb", "set"],
        ["member", "2"],
        ["asked", "1"],
        ["attributeName", " "],
      ]);
      expect(unnamed.status).to.equal(422);
      expect(unnamed.text).to.match(/id="attributeName-fault"/);
      await bulk([
        ["verb", "set"],
        ["member", "2"],
        ["asked", "1"],
        ["attributeName", "役員"],
        ["attributeValue", "会計"],
      ]);
      expect((await panel.store.members.find(2))?.attributes).to.deep.equal({ 役員: "会計" });
    });

    it("says so when nobody is ticked, and refuses what is no change", async () => {
      await save(1);
      const told = (await visitor.follow(await bulk([["verb", "pause"]]))).text;
      expect(told).to.match(/<div class="notice bad" role="alert"><p>Tick the members first/);
      expect(
        (
          await bulk([
            ["verb", "explode"],
            ["member", "1"],
          ])
        ).status,
      ).to.equal(400);
    });

    it("leads nowhere else, whatever the form names", async () => {
      await save(1);
      for (const back of ["https://evil.example/", "//evil.example", "/lists/2/members", "/account"])
        expect(
          (
            await bulk([
              ["verb", "pause"],
              ["member", "1"],
              ["back", back],
            ])
          ).location,
        ).to.equal("/lists/1/members");
    });

    it("is not to be seen or undone through another list", async () => {
      await save(2);
      await panel.list("other");
      await bulk([
        ["verb", "pause"],
        ["member", "1"],
      ]);
      expect((await visitor.get("/lists/1/members/bulk/1")).status).to.equal(200);
      expect((await visitor.get("/lists/2/members/bulk/1")).status).to.equal(404);
      expect((await visitor.post("/lists/2/members/bulk/1/undo")).status).to.equal(404);
      expect((await counts()).paused).to.equal(1);
    });

    it("goes on behind a page that follows it when it takes long", async () => {
      await save(200);
      const content = { scope: { search: "", status: undefined } };
      const now = panel.clock.now();
      const change = await panel.store.bulkChanges.begin(list.id, { verb: "pause", content, accountId: 1 }, now);
      await panel.store.bulkChanges.advance(change.id, now);
      const page = await visitor.get(`/lists/1/members/bulk/${change.id}`);
      expect(page.text).to.include('http-equiv="refresh"').and.include("60 members so far");
      panel.bulk.wake();
      await until(async () => (await panel.store.bulkChanges.find(change.id))?.state === "done");
      const over = await visitor.get(`/lists/1/members/bulk/${change.id}`);
      expect(over.text).not.to.include("http-equiv");
      expect(readable(over.text)).to.include("200 members paused.").and.include("Undo");
    });
  });
});
