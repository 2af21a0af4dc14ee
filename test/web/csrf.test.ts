/** Only our own pages change something. */
import { expect } from "chai";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("a form", () => {
  let panel: Panel;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.list("news", { members: ["bart@b.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const pause = "/lists/1/members/1/pause";
  const isPaused = async (): Promise<boolean> => (await panel.store.members.find(1))?.status === "paused";

  it("from our page is taken", async () => {
    expect((await visitor.post(pause)).status).to.equal(303);
    expect(await isPaused()).to.equal(true);
  });

  it("from our page on a plain-http network, where browsers say no Sec-Fetch-Site, is taken", async () => {
    expect((await visitor.post(pause, {}, { Host: new URL(panel.url).host })).status).to.equal(303);
  });

  it("of a client that names no origin is taken for its token", async () => {
    const answer = await visitor.send("POST", pause, {
      body: new URLSearchParams({ csrf: visitor.csrf }).toString(),
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(answer.status).to.equal(303);
  });

  const foreign: readonly (readonly [string, Record<string, string>, Record<string, string>])[] = [
    ["another site's origin", {}, { Origin: "https://evil.example" }],
    ["our host's name as a part of another", {}, { Origin: "http://127.0.0.1.evil.example" }],
    ["another port of our host", {}, { Origin: "http://127.0.0.1:1" }],
    ["a hidden origin", {}, { Origin: "null" }],
    ["a cross-site fetch", {}, { "Sec-Fetch-Site": "cross-site" }],
    ["a same-site fetch", {}, { "Sec-Fetch-Site": "same-site" }],
    ["no token", { csrf: "" }, {}],
    ["a token of its own", { csrf: "A".repeat(32) }, {}],
  ];
  for (const [what, fields, headers] of foreign) {
    it(`with ${what} is refused and changes nothing`, async () => {
      const answer = await visitor.post(pause, fields, headers);
      expect(answer.status).to.equal(403);
      expect(readable(answer.text)).to.include("Go back, reload the page and try again");
      expect(await isPaused()).to.equal(false);
    });
  }

  it("with another session's token is refused", async () => {
    await panel.account("adam", { isOwner: true });
    const adam = await Visitor.signedIn(panel, "adam");
    expect((await visitor.post(pause, { csrf: adam.csrf })).status).to.equal(403);
  });

  it("that is not urlencoded, or too large, or sent with another method, is refused", async () => {
    expect((await visitor.post(pause, {}, { "Content-Type": "text/plain" })).status).to.equal(400);
    expect((await visitor.post(pause, { filler: "x".repeat(1_100_000) })).status).to.equal(413);
    for (const method of ["PUT", "DELETE", "PATCH"])
      expect((await visitor.send(method, pause)).status, method).to.equal(405);
    expect(await isPaused()).to.equal(false);
  });

  it("of an expired session leads to signing in and back to its page", async () => {
    panel.clock.passes("4d");
    const answer = await visitor.post(pause, {}, { Referer: `${panel.url}/lists/1/members?q=bart` });
    expect(answer.location).to.equal("/sign-in?to=%2Flists%2F1%2Fmembers%3Fq%3Dbart");
    expect(await isPaused()).to.equal(false);
    const elsewhere = await visitor.post(pause, {}, { Referer: "https://evil.example/lists/1" });
    expect(elsewhere.location).to.equal("/sign-in");
  });

  it("for signing in, sent by another site, does not sign anybody in", async () => {
    const stranger = new Visitor(panel);
    await stranger.get("/sign-in");
    const answer = await stranger.post(
      "/sign-in",
      { username: "olivia", password: "correct horse battery" },
      { Origin: "https://evil.example" },
    );
    expect(answer.status).to.equal(403);
    const blind = new Visitor(panel);
    expect(
      (await blind.post("/sign-in", { username: "olivia", password: "correct horse battery", csrf: "guess" })).status,
    ).to.equal(403);
  });
});
