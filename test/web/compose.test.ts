/** Writing in the panel without scripts: drafts, whom they reach, the last question, sending and calling back. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { Composition } from "../../server/store/schedules/compositions.ts";
import { expandPosts } from "../../server/store/deliveries/expansion.ts";
import { address, Panel, password } from "./panel.ts";
import { asShown, readable, Visitor } from "./visitor.ts";

describe("writing a mail in the panel", () => {
  let panel: Panel;
  let visitor: Visitor;
  let list: MailingList;
  let sender: string;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { title: "Maple Street" });
    const people = [
      ["anna", "3A", "24"],
      ["bart", "3B", "31"],
      ["cris", "4A", "29"],
    ] as const;
    await panel.store.members.save(
      list.id,
      people.map(([name, 組, 年齢]) => ({ address: address(`${name}@b.example`), name, attributes: { 組, 年齢 } })),
      panel.clock.now(),
    );
    await panel.owner("olivia");
    await panel.account("adam", { lists: [list] });
    visitor = await Visitor.signedIn(panel, "adam");
    sender = String((await panel.store.senders.all(list.id))[0]?.personId);
  });
  afterEach(() => panel.close());

  const fields = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    edition: "0",
    "list-1": "on",
    to: "all",
    sender,
    subject: "Sports day",
    text: "Dear {name},\r\nit is on Sunday.",
    askPlace: "end",
    ...more,
  });
  const write = async (more: Readonly<Record<string, string>> = {}, to = "/compose") => visitor.post(to, fields(more));
  const draft = async (id = 1): Promise<Composition> => {
    const found = await panel.store.compositions.find(id);
    if (found === undefined) throw new Error("the draft is gone");
    return found;
  };

  it("begins with the list and, where that is clear, the sender", async () => {
    const { text } = await visitor.get("/compose?list=1");
    expect(text)
      .to.match(/name="list-1"[^>]* checked/)
      .and.match(new RegExp(`value="${sender}" selected`))
      .and.include("{組}");
    expect(readable(text)).to.include("Reaches 3 people").and.include("anna, bart, cris");
    expect((await visitor.get("/lists/1")).text).to.include('href="/compose?list=1"');
    expect((await visitor.get("/")).text)
      .to.include('href="/compose?list=1"')
      .and.include('href="/compose"');
    expect(await panel.store.compositions.ofAccount(2, "draft", 9)).to.deep.equal([]);
  });

  it("is sent by its writer, or by the only one who may, where nobody is chosen", async () => {
    await write({ sender: "" });
    expect(String((await draft()).content.senderId)).to.equal(sender);
    const looked = await visitor.post("/compose/look", fields({ sender: "" }));
    expect((JSON.parse(looked.text) as { senders: string }).senders).to.include(`value="${sender}" selected`);
    await panel.store.senders.add(list.id, { addresses: [address("sid@b.example")], name: "Sid" }, panel.clock.now());
    await write({ edition: "1", sender: "" }, "/compose/1");
    expect((await draft()).content.senderId, "a choice to make").to.equal(undefined);
  });

  it("keeps a draft, complete or not, and lists it among one's own", async () => {
    const saved = await write({ subject: "", "list-1": "", do: "save" });
    expect(saved.location).to.equal("/compose/1");
    await write(
      {
        edition: "1",
        subject: "Sports day",
        to: "conditions",
        "field-0": "年齢",
        "relation-0": "between",
        "value-0": "20-",
      },
      "/compose/1",
    );
    const { text } = await visitor.get("/compose/1");
    expect(text).to.include('value="20-"').and.include("Dear {name},\nit is on Sunday.");
    expect(readable((await visitor.get("/drafts")).text)).to.include("Sports day Maple Street");
    expect(readable((await (await Visitor.signedIn(panel, "olivia")).get("/drafts")).text)).not.to.include(
      "Sports day",
    );
    expect(readable(text)).to.include("Delete it? Its text and files are gone for good.");
    await visitor.post("/compose/1/discard");
    expect((await visitor.get("/compose/1")).status).to.equal(404);
  });

  it("keeps a deadline and a plan of reminders that are half typed, and is not sent with them", async () => {
    const half = {
      remindTimes: "2",
      remindEvery: "3h",
      remindQuiet: "on",
      quietFrom: "22:00",
      quietTo: "",
      remindSecond: "on",
    };
    const poll = {
      poll: "on",
      "question-1": "Come?",
      "kind-1": "one",
      "choices-1": "Yes\r\nNo",
      "closes-at": "2099-04",
    };
    await visitor.post("/compose/keep", fields({ ...poll, ...half, asksConfirmation: "on", followUp: "on" }));
    expect(asShown((await visitor.get("/compose/1")).text))
      .to.deep.include({ ...half, followUp: "on", "closes-at": "2099-04" })
      .and.not.to.have.property("remindTell");
    const asked = await visitor.get("/compose/1/confirm");
    expect(asked.location).to.equal("/compose/1?check=1");
    expect((await visitor.follow(asked)).text)
      .to.include('id="closes-at-fault"')
      .and.include('id="quietTo-fault"');
  });

  it("says at each field what is missing before it can be sent", async () => {
    const sent = await visitor.post("/compose", {
      edition: "0",
      to: "conditions",
      "field-0": "年齢",
      "relation-0": "between",
      "value-0": "x",
      do: "preview",
    });
    const asked = await visitor.follow(sent);
    expect(asked.location).to.equal("/compose/1?check=1");
    const page = (await visitor.follow(asked)).text;
    // Each leads to its field: on a telephone that is far below.
    for (const name of ["lists", "sender", "subject", "text", "value-0"])
      expect(page, name).to.include(` id="${name}"`);
    expect([...page.matchAll(/<li><a href="#([^"]+)">/g)].map(([, name]) => name)).to.deep.equal([
      "lists",
      "value-0",
      "sender",
      "subject",
      "text",
    ]);
    const text = readable(page);
    expect(text).to.include("What you typed is kept as a draft").and.not.include("nothing was changed yet");
    for (const said of [
      "Choose at least one mailing list.",
      "Choose who sends it.",
      "Write a subject.",
      "Write a text.",
      "Write numbers, such as 20-29",
    ])
      expect(text).to.include(said);
    expect((await visitor.post("/compose/1/send", { edition: "1" })).location).to.equal("/compose/1?check=1");
    expect((await visitor.get("/posts/1")).status).to.equal(404);
  });

  it("refuses subjects with line breaks and too many placeholders at the field, and loses nothing typed", async () => {
    const broken = await write({ subject: "Sports\r\nBcc: all@b.example", do: "preview" });
    expect(broken.status).to.equal(422);
    expect(readable(broken.text)).to.match(/Subject .*Leave out line breaks/);
    expect(broken.text).to.include("it is on Sunday.");
    const many = "{name} ".repeat(10_000);
    await write({ edition: "1", subject: "Sports", text: many, do: "preview" }, "/compose/1");
    const { text } = await visitor.get("/compose/1?check=1");
    expect(readable(text)).to.include("Use at most 500 placeholders.");
    expect(text).to.include(many.trim());
    const long = await write({ edition: "2", text: "x".repeat(90_001) }, "/compose/1");
    expect(readable(long.text)).to.include("Write at most 90,000 characters");
  });

  it("shows names and texts with HTML as text", async () => {
    await panel.store.members.save(
      list.id,
      [{ address: address("anna@b.example"), name: "<b>anna", attributes: {} }],
      panel.clock.now(),
    );
    await write({
      subject: "<script>alert(1)</script>",
      text: "<img src=x onerror=alert(1)> {name} https://a.example/?q=<b>",
      do: "preview",
    });
    for (const path of ["/compose/1", "/compose/1/confirm", "/drafts"]) {
      const { text } = await visitor.get(path);
      expect(text, path).to.not.match(/<script>alert|<img src=x|<b>anna/);
    }
    expect((await visitor.get("/compose/1/confirm")).text).to.include(
      "&lt;img src=x onerror=alert(1)&gt; &lt;b&gt;anna",
    );
  });

  it("asks once more with the number, and shows the copy as a member gets it", async () => {
    await write({
      to: "conditions",
      "field-0": "年齢",
      "relation-0": "between",
      "value-0": "20-29",
      asksConfirmation: "on",
    });
    const { text } = await visitor.get("/compose/1/confirm");
    expect(readable(text))
      .to.include("2 people, now")
      .and.include("年齢 is 20 to 29")
      .and.include("Anne")
      .and.include("To confirm reading")
      .and.include("Dear anna, it is on Sunday.")
      .and.include("You get this mail as a member of “Maple Street”.");
    const cris = /as=(\d+)[^>]*>cris/.exec(text)?.[1];
    const member = await panel.store.members.find(Number(cris));
    await panel.store.ownData.setLanguage(member?.personId ?? 0, "ja");
    expect(readable((await visitor.get(`/compose/1/confirm?as=${cris}`)).text))
      .to.include("Dear cris,")
      .and.include("このメールは「Maple Street」の登録メンバーにお送りしています。");
    expect(await panel.store.posts.page({ limit: 9 })).to.deep.equal([]);
  });

  it("warns of braces that mean nothing", async () => {
    await write({ text: "Dear {nmae}, class {組}" });
    expect(readable((await visitor.get("/compose/1")).text)).to.include("stays as it is written: {nmae}");
    // The last look before it goes to everybody.
    expect(readable((await visitor.get("/compose/1/confirm")).text)).to.include("stays as it is written: {nmae}");
  });

  it("becomes one post, however often the button is pressed", async () => {
    await write();
    const first = await visitor.post("/compose/1/send", { edition: "1" });
    const second = await visitor.post("/compose/1/send", { edition: "1" });
    expect([first.location, second.location]).to.deep.equal(["/posts/1", "/posts/1"]);
    const [post, ...others] = await panel.store.posts.page({ limit: 9 });
    expect(others).to.deep.equal([]);
    expect(post).to.deep.include({ origin: "panel", subject: "Sports day", authorName: "Anne", compositionId: 1 });
    expect((await visitor.get("/compose/1")).location).to.equal("/posts/1");
    expect((await write({ edition: "1" }, "/compose/1")).location).to.equal("/compose/1");
    expect(panel.woken).to.be.greaterThan(0);
  });

  it("becomes one post when the button is pressed twice at once", async () => {
    await write();
    const answers = await Promise.all([1, 2, 3].map(() => visitor.post("/compose/1/send", { edition: "1" })));
    expect(answers.map(({ location }) => location)).to.deep.equal(["/posts/1", "/posts/1", "/posts/1"]);
    expect(await panel.store.posts.page({ limit: 9 })).to.have.length(1);
  });

  it("can be called back for a minute: nothing leaves, and it is a draft again", async () => {
    await write({ asksConfirmation: "on" });
    await visitor.post("/compose/1/send", { edition: "1" });
    expect((await visitor.get("/posts/1")).text)
      .to.match(/Call back \((60|59) s left\)/)
      .and.not.contain("0 of 0");
    panel.clock.passes("12s");
    expect((await visitor.get("/posts/1")).text).to.match(/Call back \((48|47) s left\)/);
    expect((await visitor.post("/posts/1/call-back")).location).to.equal("/compose/1");
    expect((await draft()).kind).to.equal("draft");
    panel.clock.passes("2m");
    await expandPosts(panel.store.database, [1], panel.clock.now());
    const text = readable((await visitor.get("/posts/1")).text);
    expect(text).to.include("It went to nobody.").and.not.include("Call back");
    expect(await panel.store.deliveries.page(1, { limit: 9 })).to.deep.equal([]);
    const { edition } = await draft();
    await visitor.get("/compose/1/confirm");
    expect((await visitor.post("/compose/1/send", { edition: String(edition) })).location).to.equal("/posts/2");
  });

  it("is not called back once it has begun, nor by another administrator", async () => {
    await panel.account("alma", { lists: [list] });
    await write();
    await visitor.post("/compose/1/send", { edition: "1" });
    const alma = await Visitor.signedIn(panel, "alma");
    expect((await alma.get("/posts/1")).text).to.not.include("/call-back");
    expect((await alma.post("/posts/1/call-back")).status).to.equal(403);
    panel.clock.passes("61s");
    await expandPosts(panel.store.database, [1], panel.clock.now());
    expect((await visitor.post("/posts/1/call-back")).location).to.equal("/posts/1");
    expect(readable((await visitor.get("/posts/1")).text)).to.include("It was too late");
    expect((await panel.store.posts.find(1))?.tally.pending).to.equal(3);
  });

  it("says before it is sent what its poll and its reminders are like", async () => {
    await write({
      ...{ asksConfirmation: "on", poll: "on", "question-1": "When?", "choices-1": "Now\nLater" },
      ...{ "closes-at": "2099-04-08T20:00", anonymous: "on" },
      ...{ followUp: "on", remindTimes: "1", remindEvery: "1d", remindTell: "on" },
    });
    const page = readable((await visitor.get("/compose/1/confirm")).text);
    expect(page).to.include("Asks To confirm reading One question, anonymous, deadline Wed 8 Apr 2099, 20:00");
    expect(page).to.include("Reminders: One reminder, after 1 day, then the names of the silent by mail to the sender");
  });

  it("leaves at once when it is urgent", async () => {
    await write({ urgent: "on" });
    expect(readable((await visitor.get("/compose/1/confirm")).text)).to.include("leaves at once");
    await visitor.post("/compose/1/send", { edition: "1" });
    const post = await panel.store.posts.find(1);
    expect(post?.startsAt).to.equal(post?.acceptedAt);
    expect((await visitor.get("/posts/1")).text).to.not.include("/call-back");
  });

  it("tells who saves or sends an older edition, and shows what they typed", async () => {
    await write();
    await write({ edition: "1", subject: "Newer" }, "/compose/1");
    const late = await write({ edition: "1", subject: "Older" }, "/compose/1");
    expect(late.status).to.equal(409);
    expect(readable(late.text)).to.include("was changed in another window");
    expect(late.text).to.include('value="Older"').and.include('name="edition" value="2"');
    expect((await draft()).content.subject).to.equal("Newer");
    const sent = await visitor.post("/compose/1/send", { edition: "1" });
    expect(sent.location).to.equal("/compose/1/confirm");
    expect(await panel.store.posts.page({ limit: 9 })).to.deep.equal([]);
  });

  it("says how there would be a sender where the lists have none in common", async () => {
    const other = await panel.list("other", { title: "Other" });
    await panel.store.senders.remove(other.id, address("anne@north.example"));
    await panel.store.accounts.addAdministrator(other.id, 2);
    const looked = await visitor.post("/compose/look", fields({ "list-2": "on", sender: "" }));
    expect(looked.text).to.include("Nobody is registered as a sender of all chosen lists.");
    await write({ "list-2": "on", sender: "" });
    expect(readable((await visitor.get("/compose/1?check=1")).text)).to.include(
      "Register one person as a sender of all",
    );
  });

  it("is sent to no list that its writer does not administer, nor by whom a list does not know", async () => {
    const other = await panel.list("other", { members: ["eve@b.example"], title: "Other" });
    await panel.store.senders.remove(other.id, address("anne@north.example"));
    await panel.store.accounts.addAdministrator(other.id, 2);
    await write({ "list-2": "on" });
    await panel.store.administrators.remove(other.id, 2);
    const text = readable((await visitor.get("/compose/1?check=1")).text);
    expect(text).to.include("you do not administer them: Other").and.include("register this one on: Other");
    expect((await visitor.post("/compose/1/send", { edition: "1" })).location).to.equal("/compose/1?check=1");
    const looked = await visitor.post("/compose/look", { ...fields({ "list-2": "on", "list-1": "" }) });
    expect(looked.text).to.not.include("eve@b.example");
    // A number that somebody only guessed tells nothing of its list.
    await write({ "list-2": "on", subject: "Guessed" });
    for (const page of ["/compose/2?check=1", "/compose/2"])
      expect(readable((await visitor.get(page)).text)).not.to.include("Other");
    expect((await draft(2)).content.listIds).to.deep.equal([list.id]);
  });

  it("goes to ticked members, found by search and kept from page to page", async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      address: address(`m${n}@b.example`),
      name: `m${n}`,
      attributes: {},
    }));
    await panel.store.members.save(list.id, many, panel.clock.now());
    expect((await write({ do: "tick" })).location).to.equal("/compose/1/members");
    const page = await visitor.get("/compose/1/members");
    const ids = [...page.text.matchAll(/name="shown" value="(\d+)"/g)].map(([, id]) => id ?? "");
    expect(ids).to.have.length(50);
    const next = /value="(after\.\d+)"/.exec(page.text)?.[1] ?? "";
    const body = (pairs: readonly (readonly [string, string])[]) =>
      new URLSearchParams([["csrf", visitor.csrf], ...pairs.map(([a, b]) => [a, b])] as [string, string][]).toString();
    const post = (pairs: readonly (readonly [string, string])[]) =>
      visitor.send("POST", "/compose/1/members", {
        body: body(pairs),
        headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: panel.url },
      });
    const shown = ids.map((id) => ["shown", id] as const);
    const moved = await post([
      ["edition", "1"],
      ["list", "1"],
      ["q", ""],
      ["shown-q", ""],
      ["do", next],
      ...shown,
      ["person", ids[0] ?? ""],
      ["person", ids[1] ?? ""],
    ]);
    const second = await visitor.follow(moved);
    expect(readable(second.text)).to.include("2 people ticked");
    await post([
      ["edition", "2"],
      ["list", "1"],
      ["q", "cris"],
      ["shown-q", ""],
      ["do", "search"],
    ]);
    const found = await visitor.get("/compose/1/members?list=1&q=cris");
    const cris = /name="person" value="(\d+)"/.exec(found.text)?.[1] ?? "";
    const done = await post([
      ["edition", "3"],
      ["list", "1"],
      ["q", "cris"],
      ["shown-q", "cris"],
      ["do", "done"],
      ["shown", cris],
      ["person", cris],
    ]);
    expect(done.location).to.equal("/compose/1#to");
    expect((await draft()).content.recipients).to.deep.equal({
      kind: "ticked",
      persons: [ids[0], ids[1], cris].map(Number),
    });
    expect(readable((await visitor.get("/compose/1")).text))
      .to.include("3 people ticked.")
      .and.include("Reaches 3 people");
    const again = await post([
      ["edition", "4"],
      ["list", "1"],
      ["q", "cris"],
      ["shown-q", "cris"],
      ["do", "done"],
      ["shown", cris],
    ]);
    expect(again.location).to.equal("/compose/1#to");
    expect((await draft()).content.addressing.ticked).to.have.length(2);
  });

  it("is saved by the page's script, and says when it cannot be", async () => {
    const keep = (more: Readonly<Record<string, string>>, to = "/compose/keep") =>
      visitor.post(to, fields(more), { Accept: "application/json" });
    const first = JSON.parse((await keep({})).text) as { id: number; edition: number; said: string };
    expect(first).to.deep.include({ id: 1, edition: 1 });
    expect(JSON.parse((await keep({ edition: "1", subject: "Two" }, "/compose/1/keep")).text)).to.deep.include({
      edition: 2,
    });
    const late = await keep({ edition: "1", subject: "Older" }, "/compose/1/keep");
    expect(late.status).to.equal(409);
    expect((await draft()).content.subject).to.equal("Two");
    await panel.store.sessions.end(visitor.cookies.get("kairan.session") ?? "");
    expect((await keep({ edition: "2" }, "/compose/1/keep")).status).to.equal(401);
  });

  it("comes back as it was typed when the sign-in was over", async () => {
    await write();
    await panel.store.sessions.end(visitor.cookies.get("kairan.session") ?? "");
    const typed = fields({ edition: "1", subject: "Typed late", to: "conditions", "field-0": "組", "value-0": "3A" });
    await visitor.post("/compose/1", typed, { Referer: `${panel.url}/compose/1` });
    await visitor.get("/sign-in");
    await visitor.post("/sign-in", { username: "adam", password, to: "/compose/1" });
    const { text } = await visitor.get("/compose/1");
    expect(text)
      .to.include('value="Typed late"')
      .and.include('value="3A"')
      .and.match(/value="conditions" checked/);
    expect((await draft()).content.subject).to.equal("Sports day");
  });

  it("is kept as a template, from which others are begun with everything in it", async () => {
    // Whoever keeps one is in the middle of writing, and goes on there.
    expect((await write({ do: "template" })).location).to.equal("/compose/1");
    await panel.store.compositions.addAttachment(2, { name: "map.pdf", type: "application/pdf" }, panel.clock.now());
    const page = await visitor.get("/drafts");
    expect(readable(page.text)).to.match(/Drafts Sports day .*Templates Sports day/);
    const used = await visitor.post("/compose/2/use");
    expect(used.location).to.equal("/compose/3");
    expect(await draft(3)).to.deep.include({ kind: "draft", content: (await draft(2)).content });
    expect((await panel.store.compositions.attachments(3)).map(({ name }) => name)).to.deep.equal(["map.pdf"]);
    expect((await visitor.get("/compose/2")).text)
      .to.include("Edit template")
      .and.not.include('value="preview"');
    expect((await visitor.post("/compose/2/send", { edition: "1" })).location).to.equal("/compose/2");
    expect((await visitor.post("/compose/2/discard")).location).to.equal("/drafts");
    expect(await panel.store.compositions.find(2)).to.equal(undefined);
  });

  it("begins again with what was sent from the panel, and its lists that one administers", async () => {
    const other = await panel.list("other", { title: "Other" });
    await panel.account("alma", { lists: [list] });
    const olivia = await Visitor.signedIn(panel, "olivia");
    await olivia.post(
      "/compose",
      fields({ "list-2": "on", to: "conditions", "field-0": "組", "value-0": "3A", urgent: "on" }),
    );
    await olivia.post("/compose/1/send", { edition: "1" });
    expect((await panel.store.posts.find(1))?.recipients).to.deep.equal({
      kind: "conditions",
      all: [{ field: "組", is: ["3A"] }],
    });
    expect(readable((await olivia.get("/posts/1")).text)).to.include("Goes to: 組 is 3A");
    const alma = await Visitor.signedIn(panel, "alma");
    await alma.get("/posts/1");
    expect((await alma.post("/posts/1/use-again")).location).to.equal("/compose/2");
    const { content } = await draft(2);
    expect(content).to.deep.include({ listIds: [list.id], subject: "Sports day", urgent: false });
    expect(content.addressing.rows).to.have.length(1);
    expect(other.id).to.equal(2);
  });

  it("begins again with a mail's text and files", async () => {
    const mail = [
      "From: Anne <anne@north.example>",
      "Subject: =?utf-8?q?T=C3=BCr?=",
      "MIME-Version: 1.0",
      'Content-Type: multipart/mixed; boundary="b"',
      "",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      "<p>Dear all,<br>see &lt;below&gt; &amp; come.</p><script>alert(1)</script>",
      "--b",
      'Content-Type: application/pdf; name="map.pdf"',
      'Content-Disposition: attachment; filename="map.pdf"',
      "Content-Transfer-Encoding: base64",
      "",
      Buffer.from("%PDF").toString("base64"),
      // More than a draft may have.
      ...Array.from({ length: 30 }, () => "--b\r\nContent-Disposition: attachment; filename=more.txt\r\n\r\nx"),
      "--b--",
      "",
    ].join("\r\n");
    const post = await panel.accepted(list, { subject: "Tür", mail });
    await visitor.get(`/posts/${post}`);
    expect((await visitor.post(`/posts/${post}/use-again`)).location).to.equal("/compose/1");
    expect((await draft()).content).to.deep.include({
      listIds: [list.id],
      subject: "Tür",
      text: "Dear all,\nsee <below> & come.",
    });
    const attached = await panel.store.compositions.attachments(1);
    expect(attached[0]).to.deep.equal({ id: 1, name: "map.pdf", type: "application/pdf", size: 4 });
    expect(attached).to.have.length(20);
    expect(readable((await visitor.get("/compose/1")).text)).to.include("only the first 20");
  });

  it("is mailed to oneself as a test, every ten seconds at most, and is in no history", async () => {
    await write();
    await visitor.get("/compose/1/confirm");
    expect(await visitor.post("/compose/1/test")).to.deep.include({ location: "/compose/1/confirm" });
    expect(readable((await visitor.get("/compose/1/confirm")).text)).to.include("No test mail comes");
    const refused = await visitor.post("/compose/1/test?as=2");
    expect(refused.location, "the same member's copy").to.equal("/compose/1/confirm?as=2");
    expect((await visitor.get("/compose/1/confirm")).text).to.match(/role="alert"><p>Wait ten seconds/);
    panel.clock.passes("10s");
    await visitor.post("/compose/1/test");
    const sent = await panel.store.database.reader
      .selectFrom("delivery")
      .select(["rcpt_to", "post_id", "message_id"])
      .execute();
    expect(sent.map(({ rcpt_to, post_id }) => [rcpt_to, post_id])).to.deep.equal([
      ["adam@example.org", null],
      ["adam@example.org", null],
    ]);
    const octets = (await panel.store.messages.read(sent[0]?.message_id ?? 0)).toString();
    expect(octets)
      .to.match(/^Subject: \[Test\] Sports day\r$/m)
      .and.match(/^To: .*<adam@example\.org>\r$/m);
    expect(await panel.store.posts.page({ limit: 9 })).to.deep.equal([]);
    expect((await draft()).kind).to.equal("draft");
  });

  describe("with attachments", () => {
    type Field = readonly [name: string, value: string | File];
    /** As browsers send it: fields in the order of the page, the file among them. */
    const upload = async (to: string, parts: readonly Field[], headers: Record<string, string> = {}) => {
      const data = new FormData();
      for (const [name, value] of [["csrf", visitor.csrf] as Field, ...parts]) data.append(name, value);
      const request = new Request("http://localhost", { method: "POST", body: data });
      const response = await visitor.open("POST", to, {
        body: Buffer.from(await request.arrayBuffer()),
        headers: { "Content-Type": request.headers.get("Content-Type") ?? "", Origin: panel.url, ...headers },
      });
      return { status: response.status, location: response.headers.get("location"), text: await response.text() };
    };
    const file = (name: string, size: number, type = "application/pdf"): File =>
      new File([Buffer.alloc(size, 65)], name, { type });
    const all = (more: Readonly<Record<string, string>> = {}): readonly Field[] => Object.entries(fields(more));
    const stored = async () => panel.store.compositions.attachments(1);

    it("keeps a file that comes with a new draft, with the fields before and behind it", async () => {
      const sent = await upload("/compose", [
        ...all().slice(0, 4),
        ["file", file("遠足の しおり.pdf", 300_000)],
        ...all().slice(4),
        ["do", "attach"],
      ]);
      expect(sent.location).to.equal("/compose/1#attachments");
      expect(await stored()).to.deep.equal([
        { id: 1, name: "遠足の しおり.pdf", type: "application/pdf", size: 300_000 },
      ]);
      expect((await draft()).content).to.deep.include({
        subject: "Sports day",
        text: "Dear {name},\nit is on Sunday.",
      });
      const { text } = await visitor.get("/compose/1");
      expect(readable(text)).to.include("遠足の しおり.pdf 300 kB");
      expect(readable((await visitor.get("/compose/1/confirm")).text))
        .to.include("1 attachment")
        .and.include("300 kB");
      const { edition } = await draft();
      const removed = await upload("/compose/1", [...all({ edition: String(edition) }), ["do", "remove-attachment-1"]]);
      expect(removed.location).to.equal("/compose/1#attachments");
      expect(await stored()).to.deep.equal([]);
    });

    it("takes none that would make the mail too large, and keeps what was typed", async () => {
      const most = panel.config.smtp.maxMessageBytes;
      const sent = await upload("/compose", [["file", file("film.mov", most)], ...all(), ["do", "attach"]]);
      expect(sent.status).to.equal(422);
      expect(readable(sent.text))
        .to.include("with it the mail is larger than 26.2 MB.")
        .and.include("At most some 19.2 MB");
      expect(sent.text).to.include('value="Sports day"');
      expect(await stored()).to.deep.equal([]);
      const { rows } = {
        rows: await panel.store.database.reader.selectFrom("attachment_chunk").select("seq").execute(),
      };
      expect(rows).to.deep.equal([]);
    });

    it("says from 2 MB on how many members' providers probably refuse it", async () => {
      const people = ["a@i.softbank.jp", "b@softbank.ne.jp", "c@docomo.ne.jp", "d@ezweb.ne.jp"];
      await panel.store.members.save(
        list.id,
        people.map((one) => ({ address: address(one), name: "", attributes: {} })),
        panel.clock.now(),
      );
      await write();
      const attach = (name: string, size: number, edition: number) =>
        upload(
          "/compose/1/attachments",
          [
            ["edition", String(edition)],
            ["file", file(name, size)],
          ],
          { Accept: "application/json" },
        );
      const small = JSON.parse((await attach("small.pdf", 500_000, 1)).text) as { html: string; edition: number };
      expect(readable(small.html)).to.include("small.pdf 500 kB").and.not.include("refuse");
      expect(small.edition).to.equal(2);
      const large = JSON.parse((await attach("large.pdf", 1_200_000, 2)).text) as { html: string };
      expect(readable(large.html)).to.include(
        "the providers of 2 people it reaches probably refuse (SoftBank (i) 1, SoftBank 1)",
      );
      expect(readable((await visitor.get("/compose/1/confirm")).text)).to.include("2 people it reaches");
      const some = { to: "conditions", "field-0": "address", "relation-0": "contains", "value-0": "@softbank" };
      await write({ edition: "3", ...some }, "/compose/1");
      expect(readable((await visitor.get("/compose/1/confirm")).text))
        .to.include("1 person, now")
        .and.include("the providers of 1 person it reaches probably refuse (SoftBank 1)");
      expect((await attach("late.pdf", 100, 1)).status).to.equal(409);
      expect(await stored()).to.have.length(2);
    });

    it("says when a file is empty or one too many, and calls types that must not be encoded plain files", async () => {
      await write();
      const attach = async (one: File): Promise<string> => {
        const { edition } = await draft();
        const { text } = await upload("/compose/1/attachments", [
          ["edition", String(edition)],
          ["file", one],
        ]);
        return readable((JSON.parse(text) as { html: string }).html);
      };
      expect(await attach(file("none.txt", 0))).to.include("this one is empty");
      await attach(file("../../mail.eml", 10, "message/rfc822"));
      expect(await stored()).to.deep.equal([{ id: 2, name: "mail.eml", type: "application/octet-stream", size: 10 }]);
      for (let n = 1; n < 20; n++) await attach(file(`f${n}.txt`, 1));
      expect(await attach(file("one-too-many.txt", 1))).to.include("at most 20 files");
      expect(await stored()).to.have.length(20);
    });
  });
});
