/** Signed out over a form: what was typed is there again after signing in, for the same browser, once. */
import { expect } from "chai";
import { Panel, password } from "./panel.ts";
import { readable, Visitor } from "./visitor.ts";

describe("a form that comes when the sign-in is over", () => {
  let panel: Panel;
  let visitor: Visitor;
  let page: string;
  beforeEach(async () => {
    panel = await Panel.open();
    const list = await panel.list("news");
    await panel.owner("olivia");
    visitor = await Visitor.signedIn(panel, "olivia");
    page = `/lists/${list.id}/members/new`;
    await visitor.get(page);
  });
  afterEach(() => panel.close());

  const typed = { address: "new@b.example", name: 'Bart "B" <b>', attributeName0: "Bus", attributeValue0: "no. 2" };
  const from = (path: string): Record<string, string> => ({ Referer: `${panel.url}${path}` });
  const signedOut = async (): Promise<void> => {
    await panel.store.sessions.end(visitor.cookies.get("kairan.session") ?? "");
  };
  const signIn = async (to: string | null): Promise<string | null> => {
    await visitor.get(to ?? "/sign-in");
    const place = new URL(to ?? "/", panel.url).searchParams.get("to") ?? "/";
    return (await visitor.post("/sign-in", { username: "olivia", password, to: place })).location;
  };

  it("returns as it was typed, saved by nobody, and is saved by pressing the button again", async () => {
    await signedOut();
    const sent = await visitor.post("/lists/1/members", typed, from(page));
    expect(sent.location).to.equal(`/sign-in?to=${encodeURIComponent(page)}`);
    expect(readable((await visitor.follow(sent)).text)).to.include("what you typed is there again");
    expect(await signIn(sent.location)).to.equal(page);
    const { text } = await visitor.get(page);
    expect(text)
      .to.include('value="new@b.example"')
      .and.include("Bart &quot;B&quot; &lt;b")
      .and.include('value="no. 2"');
    expect(readable(text)).to.include("nothing was saved yet");
    expect((await panel.store.members.counts(1)).active).to.equal(0);
    expect((await visitor.post("/lists/1/members", typed)).status).to.equal(303);
    expect((await panel.store.members.counts(1)).active).to.equal(1);
  });

  it("is shown once, and on its own page only", async () => {
    await signedOut();
    const sent = await visitor.post("/lists/1/members", typed, from(page));
    await signIn(sent.location);
    expect((await visitor.get("/lists/1/senders")).text).not.to.include("nothing was saved yet");
    expect((await visitor.get(page)).text).to.include("new@b.example");
    expect((await visitor.get(page)).text).not.to.include("new@b.example");
  });

  it("returns after signing in by a link, too", async () => {
    await signedOut();
    await visitor.post("/lists/1/members", typed, from(page));
    const account = await panel.store.accounts.findByUsername("olivia");
    const secret = await panel.store.accounts.makeLink(account?.id ?? 0, panel.clock.now() + 60_000);
    await visitor.get(`/sign-in/link/${secret}`);
    expect((await visitor.post(`/sign-in/link/${secret}`)).location).to.equal(page);
    expect((await visitor.get(page)).text).to.include("new@b.example");
  });

  it("is nobody else's, and is gone after half an hour", async () => {
    await signedOut();
    await visitor.post("/lists/1/members", typed, from(page));
    const other = await Visitor.signedIn(panel, "olivia");
    expect((await other.get(page)).text).not.to.include("new@b.example");
    panel.clock.passes("31m");
    await signIn(`/sign-in?to=${encodeURIComponent(page)}`);
    expect((await visitor.get(page)).text).not.to.include("new@b.example");
  });

  it("keeps boxes that were ticked and boxes that were not, and choices", async () => {
    await signedOut();
    const settings = { title: "Renamed", required: "on", posting: "members", replyTo: "list", proof: "from-only" };
    await visitor.post("/lists/1/settings", settings, from("/lists/1/settings"));
    await signIn("/sign-in?to=%2Flists%2F1%2Fsettings");
    const { text } = await visitor.get("/lists/1/settings");
    expect(text)
      .to.match(/name="required"[^>]* checked/)
      .and.not.match(/name="ownCopy"[^>]* checked/);
    expect(text)
      .to.match(/value="members"[^>]* selected/)
      .and.include('value="Renamed"');
  });

  it("returns to the form also from the page that had shown a fault in it", async () => {
    const fault = await visitor.post("/lists/1/members", { ...typed, address: "wrong" }, from(page));
    expect(fault.status).to.equal(422);
    await signedOut();
    const sent = await visitor.post("/lists/1/members", typed, from("/lists/1/members"));
    expect(await signIn(sent.location)).to.equal(page);
    expect((await visitor.get(page)).text).to.include("new@b.example");
  });

  it("says of a button alone that nothing was changed", async () => {
    await signedOut();
    await visitor.post("/lists/1/members/1/pause", {}, from("/lists/1/members"));
    await signIn("/sign-in?to=%2Flists%2F1%2Fmembers");
    expect(readable((await visitor.get("/lists/1/members")).text)).to.include("nothing was changed yet");
  });

  it("is not kept when another site sent it, with passwords, or when it is too long", async () => {
    const rows = () => panel.store.database.reader.selectFrom("kept_form").select("fields").execute();
    await signedOut();
    await visitor.post("/lists/1/members", typed, { Origin: "https://evil.example" });
    await visitor.post("/lists/1/members", typed, { "Sec-Fetch-Site": "cross-site" });
    await visitor.send("POST", "/lists/1/members", {
      body: new URLSearchParams(typed).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    await visitor.post("/lists/1/members", { ...typed, attributeValue0: "x".repeat(30_001) });
    expect(await rows()).to.deep.equal([]);
    await visitor.post("/account/password", { current: password, next: "a new sentence", repeat: "a new sentence" });
    expect(await rows()).to.deep.equal([{ fields: "[]" }]);
  });

  it("is forgotten by signing out", async () => {
    await signedOut();
    const sent = await visitor.post("/lists/1/members", typed, from(page));
    await signIn(sent.location);
    await visitor.get("/lists/1");
    await visitor.post("/sign-out");
    await signIn(sent.location);
    expect((await visitor.get(page)).text).not.to.include("new@b.example");
  });
});
