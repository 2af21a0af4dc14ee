/** Who waits to join, as administrators see it, and what joining asks, as they set it. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { Panel, address } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("the page of joining", () => {
  let panel: Panel;
  let list: MailingList;
  let adam: Visitor;
  let path: string;
  beforeEach(async () => {
    panel = await Panel.open({ config: { smtp: { trusted: ["127.0.0.1"] } } });
    list = await panel.list("news");
    path = `/lists/${list.id}/joining`;
    await panel.account("adam", { lists: [list] });
    adam = await Visitor.signedIn(panel, "adam");
  });
  afterEach(() => panel.close());

  async function asks(who: string, name = "", on = list): Promise<number> {
    const mail = { subject: "", beginning: Buffer.alloc(0), client: "127.0.0.1", at: panel.clock.now() };
    await new Joinings(panel).askByMail({
      ...mail,
      wish: { kind: "join", list: on },
      author: { address: address(who), name },
    });
    return (await panel.store.members.findByAddress(on.id, address(who)))?.id ?? expect.fail("nobody waits");
  }
  const status = async (who: string): Promise<string | undefined> =>
    (await panel.store.members.findByAddress(list.id, address(who)))?.status;
  const mailsTo = async (who: string): Promise<number> =>
    (await panel.store.database.reader.selectFrom("delivery").select("id").where("rcpt_to", "=", who).execute()).length;
  const does = async (verb: string, ...ids: readonly number[]): Promise<string> => {
    await adam.get(path);
    const form = new URLSearchParams({ csrf: adam.csrf });
    for (const id of ids) form.append("who", String(id));
    const body = form.toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: panel.url };
    const answer = await adam.send("POST", `${path}/${verb}`, { body, headers });
    return readable((await adam.follow(answer)).text);
  };

  it("shows who waits, since when, and whether the mail to them went", async () => {
    await asks("bart@b.example", "<Bart>");
    await asks("cris@c.example");
    await panel.copies(1, "sent");
    await panel.copies(1, "failed", "550 5.1.1 nobody <here>");
    const page = readable((await adam.get(path)).text);
    expect(page).to.include("<Bart> bart@b.example").and.include("Failed").and.include("550 5.1.1 nobody <here>");
    expect(page).to.include("has not confirmed yet").and.include("until ");
  });

  it("lets several in at once, and tells them", async () => {
    const ids = [await asks("bart@b.example"), await asks("cris@c.example")];
    expect(await does("add", ...ids)).to.include("2 people are members now");
    expect([await status("bart@b.example"), await status("cris@c.example")]).to.deep.equal(["active", "active"]);
    expect(await mailsTo("bart@b.example")).to.equal(2);
    expect(await does("add", ...ids)).to.include("was settled already");
  });

  it("dismisses them without a word", async () => {
    const id = await asks("bart@b.example");
    expect(await does("dismiss", id))
      .to.include("One person was dismissed")
      .and.include("Nobody waits");
    expect(await status("bart@b.example")).to.equal(undefined);
    expect(await mailsTo("bart@b.example")).to.equal(1);
  });

  it("sends the question again, but not again and again", async () => {
    const id = await asks("bart@b.example");
    expect(await does("again", id)).to.include("One confirmation mail is on the way");
    expect(await does("again", id))
      .to.include("0 confirmation mails")
      .and.include("1 went a short while ago");
    expect(await mailsTo("bart@b.example")).to.equal(2);
  });

  it("touches nobody who is not chosen, or waits on another list", async () => {
    const other = await panel.list("other");
    const stranger = await asks("eve@e.example", "", other);
    await asks("bart@b.example");
    expect(await does("dismiss")).to.include("Choose at least one");
    for (const verb of ["add", "dismiss", "again"]) await does(verb, stranger);
    expect(await status("bart@b.example")).to.equal("waiting");
    expect((await panel.store.members.find(stranger))?.status).to.equal("waiting");
    expect(await mailsTo("eve@e.example")).to.equal(1);
  });

  it("pages through many from the newest on", async () => {
    for (let n = 0; n < 53; n++) await asks(`m${n}@b.example`);
    const first = (await adam.get(path)).text;
    expect(first.match(/name="who"/g)).to.have.lengthOf(50);
    const next = /rel="next" href="([^"]+)"/.exec(first)?.[1] ?? "";
    const second = (await adam.get(next.replace("&amp;", "&"))).text;
    expect(second.match(/name="who"/g)).to.have.lengthOf(3);
    expect(second).to.include("m0@b.example");
  });

  it("keeps what joining asks, in the list's time, and what was typed when something is wrong", async () => {
    await panel.store.lists.update(list.id, { timezone: "Asia/Tokyo" });
    await adam.get(path);
    const fields = {
      mode: "approval",
      askName: "required",
      attributes: "学年*: 1年, 2年\r\nStreet",
      code: "maple",
      until: "2027-04-08T17:00",
    };
    expect((await adam.post(path, fields)).status).to.equal(303);
    const saved = (await panel.store.lists.find(list.id))?.joining;
    expect(saved).to.deep.equal({
      mode: "approval",
      name: "required",
      attributes: [
        { name: "学年", required: true, choices: ["1年", "2年"] },
        { name: "Street", required: false, choices: [] },
      ],
      code: "maple",
      until: Date.parse("2027-04-08T08:00:00Z"),
    });
    expect((await adam.get(path)).text).to.include('value="2027-04-08T17:00"');
    const wrong = await adam.post(path, { ...fields, mode: "anybody", until: "soon", attributes: "Street\nStreet" });
    expect(wrong.status).to.equal(422);
    expect(wrong.text).to.include('value="soon"').and.include("Street\nStreet");
    expect((await panel.store.lists.find(list.id))?.joining).to.deep.equal(saved);
  });

  it("leaves a mark in the members' list on who joined by a reply without a name, and whose test mail arrived", async () => {
    const joining = new Joinings(panel);
    const id = await asks("bart@b.example");
    expect(readable((await adam.get(`/lists/${list.id}/members`)).text))
      .to.include("b.example")
      .and.not.include("by reply");
    const row = await panel.store.database.reader.selectFrom("request").select("id").executeTakeFirstOrThrow();
    const request = (await panel.store.requests.find(row.id)) ?? expect.fail("no request");
    await joining.confirmByMail(request, {
      wish: { kind: "confirm", list, token: "" },
      author: { address: address("bart@b.example"), name: "bart@b.example" },
      subject: "",
      beginning: Buffer.alloc(0),
      client: "127.0.0.1",
      at: panel.clock.now(),
    });
    expect(readable((await adam.get(`/lists/${list.id}/members`)).text)).to.include("joined by reply, without a name");
    await joining.arrived(id);
    expect(readable((await adam.get(`/lists/${list.id}/members`)).text)).to.include("test mail arrived");
  });
});
