/** Members, senders, refused posts, settings and new lists: what forms take, and what they say when they do not. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { address, Panel } from "./panel.ts";
import { Visitor, asShown, readable } from "./visitor.ts";

describe("people and settings", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open({ config: { domains: ["lists.example.org", "second.example.org"] } });
    list = await panel.list("news", { members: ["bart@b.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
    await visitor.get("/lists/1/members");
  });
  afterEach(() => panel.close());

  const member = async (text: string) => panel.store.members.findByAddress(list.id, address(text));

  describe("a member", () => {
    it("is added, carrier address and attributes and all", async () => {
      const added = await visitor.post("/lists/1/members", {
        address: " taro..x.@docomo.ne.jp ",
        name: "山田 太郎",
        attributeName0: "Class",
        attributeValue0: "3-B",
        attributeName1: "班",
        attributeValue1: "2",
        attributeName2: "empty",
      });
      expect(readable((await visitor.follow(added)).text)).to.include("taro..x.@docomo.ne.jp is a member now");
      expect(await member("taro..x.@docomo.ne.jp")).to.deep.include({
        name: "山田 太郎",
        status: "active",
        attributes: { Class: "3-B", 班: "2" },
      });
    });

    it("written in full-width letters is understood", async () => {
      await visitor.post("/lists/1/members", { address: "ｈａｎａ＠ｂ．ｅｘａｍｐｌｅ" });
      expect(await member("hana@b.example")).to.include({ status: "active" });
    });

    it("that cannot be is refused beside the field, and what was typed stays", async () => {
      const answer = await visitor.post("/lists/1/members", {
        address: 'no "address"',
        name: "<b>Bold</b>",
        attributeValue1: "no name",
      });
      expect(answer.status).to.equal(422);
      expect(answer.text)
        .to.include('value="no &quot;address&quot;"')
        .and.include("&lt;b&gt;Bold&lt;/b&gt;")
        .and.include('value="no name"');
      expect(answer.text)
        .to.match(/id="address-fault">Write an address such as/)
        .and.match(/id="attribute-fault1">Name the attribute/);
      expect(answer.text).to.match(/aria-invalid="true"/);
      expect((await panel.store.members.counts(list.id)).active).to.equal(1);
    });

    it("with line breaks or controls in the name is refused", async () => {
      for (const name of ["a\r\nBcc: x@evil.example", "a\0b", "a\u2028b", "a\x1b[31m"]) {
        const answer = await visitor.post("/lists/1/members", { address: "x@b.example", name });
        expect(answer.status, JSON.stringify(name)).to.equal(422);
      }
      // Marks that turn what stands after them, an address say, are left out: they come along with pasted text.
      await visitor.post("/lists/1/members", { address: "x@b.example", name: "E\u202emi\u2066" });
      expect(await panel.store.members.findByAddress(list.id, address("x@b.example"))).to.include({ name: "Emi" });
    });

    it("who is there already loses nothing that is not written", async () => {
      const attributes = { Class: "3-B", Phone: "090" };
      const emi = { address: "emi@b.example", name: "Emi" };
      await panel.store.members.save(
        list.id,
        [{ ...emi, address: address(emi.address), attributes }],
        panel.clock.now(),
      );
      const row = { attributeName0: "Class", attributeValue0: "4-A" };
      const done = await visitor.post("/lists/1/members", { address: "EMI@b.example", name: "", ...row });
      expect(readable((await visitor.follow(done)).text)).to.include("on the list already");
      const now = await panel.store.members.findByAddress(list.id, address(emi.address));
      expect(now).to.deep.include({ name: "Emi", attributes: { Class: "4-A", Phone: "090" } });
    });

    it("is changed", async () => {
      const form = await visitor.get("/lists/1/members/1");
      const version = /name="version" value="(\d+)"/.exec(form.text)?.[1] ?? "";
      expect(
        (
          await visitor.post("/lists/1/members/1", {
            address: "bart@new.example",
            name: "Bart",
            version,
          })
        ).status,
      ).to.equal(303);
      expect(await panel.store.members.find(1)).to.include({ address: "bart@new.example", name: "Bart" });
    });

    it("that somebody else changed meanwhile is not overwritten unseen", async () => {
      const version = /name="version" value="(\d+)"/.exec((await visitor.get("/lists/1/members/1")).text)?.[1] ?? "";
      await panel.store.members.edit(
        1,
        { address: address("bart@b.example"), name: "Theirs", attributes: {}, versionId: Number(version) },
        panel.clock.now(),
      );
      const conflict = await visitor.post("/lists/1/members/1", {
        address: "bart@b.example",
        name: "Mine",
        version,
      });
      expect(conflict.status).to.equal(409);
      expect(readable(conflict.text)).to.include("somebody else changed it").and.include("Theirs");
      expect(conflict.text).to.include('value="Mine"');
      expect((await panel.store.members.find(1))?.name).to.equal("Theirs");
      const fresh = /name="version" value="(\d+)"/.exec(conflict.text)?.[1] ?? "";
      expect(
        (
          await visitor.post("/lists/1/members/1", {
            address: "bart@b.example",
            name: "Mine",
            version: fresh,
          })
        ).status,
      ).to.equal(303);
      expect((await panel.store.members.find(1))?.name).to.equal("Mine");
    });

    it("cannot take another member's address", async () => {
      await panel.store.members.save(
        list.id,
        [{ address: address("cris@c.example"), name: "", attributes: {} }],
        panel.clock.now(),
      );
      const version = /name="version" value="(\d+)"/.exec((await visitor.get("/lists/1/members/1")).text)?.[1] ?? "";
      const answer = await visitor.post("/lists/1/members/1", {
        address: "cris@c.example",
        name: "",
        version,
      });
      expect(answer.status).to.equal(422);
      expect(readable(answer.text)).to.include("belongs to somebody who is on the list already");
    });

    it("is paused, resumed, removed, and back by undo", async () => {
      for (const [verb, status] of [
        ["pause", "paused"],
        ["resume", "active"],
        ["remove", "left"],
      ] as const) {
        await visitor.post(`/lists/1/members/1/${verb}`);
        expect((await panel.store.members.find(1))?.status).to.equal(status);
      }
      const page = await visitor.get("/lists/1/members");
      expect(page.text).to.include('action="/lists/1/members/1/restore"').and.match(/Undo/);
      expect(readable((await visitor.follow(await visitor.post("/lists/1/members/1/restore"))).text)).to.include(
        "bart@b.example is back",
      );
      expect((await panel.store.members.find(1))?.status).to.equal("active");
    });

    it("is found by address, name, attribute and status, a page at a time", async () => {
      const people = Array.from({ length: 60 }, (_, n) => ({
        address: address(`p${n}@b.example`),
        name: `Person ${n}`,
        attributes: { class: n === 30 ? "special" : "usual" },
      }));
      await panel.store.members.save(list.id, people, panel.clock.now());
      const first = await visitor.get("/lists/1/members");
      expect(first.text.match(/name="member"/g)).to.have.lengthOf(50);
      const next = /href="([^"]*after=[^"]*)"/.exec(first.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
      expect((await visitor.get(next)).text.match(/name="member"/g)).to.have.lengthOf(11);
      expect(readable((await visitor.get("/lists/1/members?q=special")).text))
        .to.include("p30@b.example")
        .and.not.include("p31@b.example");
      await visitor.post("/lists/1/members/1/pause");
      expect(readable((await visitor.get("/lists/1/members?status=paused")).text))
        .to.include("bart@b.example")
        .and.not.include("p1@b.example");
    });
  });

  describe("a sender", () => {
    it("is one person with several addresses", async () => {
      await visitor.post("/lists/1/senders", { name: "Dora", addresses: "dora@d.example\r\ndora.phone@docomo.ne.jp" });
      const [, dora] = await panel.store.senders.all(list.id);
      expect(dora).to.deep.include({ name: "Dora", addresses: ["dora@d.example", "dora.phone@docomo.ne.jp"] });
      const removed = await visitor.post("/lists/1/senders/remove", { address: "dora.phone@docomo.ne.jp" });
      expect(removed.status).to.equal(303);
      expect((await panel.store.senders.all(list.id)).map(({ name }) => name)).to.deep.equal(["Anne"]);
    });

    it("whose address is somebody else's is named, not taken over", async () => {
      const added = await visitor.post("/lists/1/senders", {
        name: "Dora",
        addresses: "dora@d.example\nanne@north.example",
      });
      expect(readable((await visitor.follow(added)).text)).to.include("left out: anne@north.example");
    });

    it("without a readable address is refused, and what was typed stays", async () => {
      const answer = await visitor.post("/lists/1/senders", { name: "Dora", addresses: "dora@d.example\nnonsense" });
      expect(answer.status).to.equal(422);
      expect(answer.text).to.include('value="Dora"').and.include("nonsense</textarea>");
      expect((await visitor.post("/lists/1/senders", { addresses: " \n " })).text).to.include(
        "Write at least one address",
      );
      expect(await panel.store.senders.all(list.id)).to.have.lengthOf(1);
    });
  });

  describe("a refused post", () => {
    it("is shown with who, when and why, and its author becomes a sender by a button", async () => {
      const at = panel.clock.now();
      const refusal = {
        listId: list.id,
        at,
        client: "203.0.113.9",
        mailFrom: "stranger@example.com",
        reply: "550 5.7.1 May not post.",
      };
      await panel.store.refusals.record({
        ...refusal,
        author: "stranger@example.com",
        subject: "Let <me> in",
        reason: "not-a-sender",
      });
      await panel.store.refusals.record({
        ...refusal,
        author: "<x> two, addresses",
        subject: "",
        reason: "author-unreadable",
      });
      const page = await visitor.get("/lists/1/refused");
      expect(readable(page.text))
        .to.include("Let <me> in")
        .and.include("The author is not a registered sender")
        .and.include("<x> two, addresses")
        .and.include("203.0.113.9");
      expect(page.text.match(/Add this address as sender/g)).to.have.lengthOf(1);
      await visitor.post("/lists/1/senders", { addresses: "stranger@example.com" });
      expect((await visitor.get("/lists/1/refused")).text)
        .to.include("is a sender now")
        .and.not.include("Add this address as sender");
    });
  });

  describe("the settings", () => {
    const good = {
      title: "New title",
      language: "ja",
      timezone: "Europe/Paris",
      posting: "members-held",
      proof: "from-only",
      replyTo: "list",
      reportTo: "nobody",
      prefix: "[news:%n]",
      cooloff: "90s",
    };

    it("are saved", async () => {
      expect((await visitor.post("/lists/1/settings", good)).status).to.equal(303);
      expect(await panel.store.lists.find(list.id)).to.include({
        title: "New title",
        language: "ja",
        timezone: "Europe/Paris",
        posting: "members-held",
        replyTo: "list",
        prefix: "[news:%n]",
        ownCopy: false,
        cooloffMs: 90_000,
      });
      const page = await visitor.get("/lists/1/settings");
      expect(page.text)
        .to.include('<option value="90s" selected>90 seconds</option>')
        .and.include('value="Europe/Paris"')
        .and.include('<option value="members-held" selected>');
      for (const suffix of ["", "+confirm", "-subscribe", "-unsubscribe", "-request", "-owner"])
        expect(page.text).to.include(`<dt class="mono">news${suffix}@lists.example.org</dt>`);
    });

    it("that somebody else saved meanwhile stay", async () => {
      const shown = asShown((await visitor.get("/lists/1/settings")).text);
      await panel.store.lists.update(list.id, { title: "Their title", ownCopy: false, required: true });
      expect((await visitor.post("/lists/1/settings", { ...shown, prefix: "[mine]", title: "Mine" })).status).to.equal(
        303,
      );
      const expected = { title: "Mine", prefix: "[mine]", ownCopy: false, required: true };
      expect(await panel.store.lists.find(list.id)).to.include(expected);
    });

    const bad: readonly (readonly [keyof typeof good, string, string])[] = [
      ["title", "", "Write a title"],
      ["title", "x".repeat(101), "shorter title"],
      ["title", "two\nlines", "Leave out line breaks"],
      ["timezone", "Mars/Base", "Write a time zone"],
      ["posting", "everybody", "Fill in this field"],
      ["replyTo", "", "Fill in this field"],
      ["prefix", "a\r\nBcc: x", "Leave out line breaks"],
      ["cooloff", "soon", "Choose one"],
      ["cooloff", "8d", "Choose one"],
    ];
    for (const [field, value, said] of bad) {
      it(`with ${field} ${JSON.stringify(value.slice(0, 12))} are refused beside the field`, async () => {
        const answer = await visitor.post("/lists/1/settings", { ...good, [field]: value });
        expect(answer.status).to.equal(422);
        expect(new RegExp(`id="${field}-fault">([^<]*)`).exec(answer.text)?.[1]).to.include(said);
        expect((await panel.store.lists.find(list.id))?.title).to.equal("List news");
      });
    }
  });

  describe("a new list", () => {
    const good = {
      name: "club",
      domain: "second.example.org",
      title: "The club",
      sender: "dora@d.example",
      senderName: "Dora",
    };

    it("is made with its first sender", async () => {
      const made = await visitor.post("/lists", good);
      expect(readable((await visitor.follow(made)).text))
        .to.include("club@second.example.org")
        .and.include("The list is ready");
      const club = await panel.store.lists.findByAddress("club", "second.example.org");
      expect(await panel.store.senders.all(club?.id ?? 0)).to.have.nested.property(
        "[0].addresses[0]",
        "dora@d.example",
      );
    });

    it("does not give its first sender the name of who makes it", async () => {
      const shown = (await visitor.get("/lists/new")).text;
      const ownName = /name="senderName"[^>]*value="([^"]*)"/.exec(shown)?.[1] ?? expect.fail("no name is proposed");
      expect(ownName).to.not.equal("");
      await visitor.post("/lists", { ...good, senderName: ownName });
      const club = await panel.store.lists.findByAddress("club", "second.example.org");
      expect(await panel.store.senders.all(club?.id ?? 0)).to.have.nested.property("[0].name", "");
    });

    const bad: readonly (readonly [keyof typeof good, string, string])[] = [
      ["name", "", "Fill in this field"],
      ["name", "has space", "Use only small letters"],
      ["name", "x".repeat(31), "Use only small letters"],
      ["name", "news-bounces", "needed for the server"],
      ["name", "postmaster", "needed for the server"],
      ["title", "", "Write a title"],
      ["sender", "nobody", "Write an address"],
    ];
    for (const [field, value, said] of bad) {
      it(`with ${field} ${JSON.stringify(value.slice(0, 14))} is refused beside the field`, async () => {
        const answer = await visitor.post("/lists", { ...good, [field]: value });
        expect(answer.status).to.equal(422);
        expect(new RegExp(`id="${field}-fault">([^<]*)`).exec(answer.text)?.[1]).to.include(said);
        expect(await panel.store.lists.summaries()).to.have.lengthOf(1);
      });
    }

    it("of a name that is taken, or at a domain that is not ours, is refused", async () => {
      expect((await visitor.post("/lists", { ...good, name: "news", domain: "lists.example.org" })).text).to.include(
        "a list of this name is there already",
      );
      expect((await visitor.post("/lists", { ...good, domain: "evil.example" })).status).to.equal(422);
    });
  });

  it("searches the lists by name and title", async () => {
    await panel.store.lists.create({ ...list, name: "club", title: "回覧板" });
    expect(readable((await visitor.get("/lists?q=CLUB")).text))
      .to.include("回覧板")
      .and.not.include("List news");
    expect(readable((await visitor.get(`/lists?q=${encodeURIComponent("回覧")}`)).text))
      .to.include("回覧板")
      .and.not.include("List news");
    expect(readable((await visitor.get("/lists?q=zzz")).text)).to.include("No list matches");
  });
});
