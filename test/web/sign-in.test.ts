/** Signing in and out, and what must be over afterwards. */
import { expect } from "chai";
import { Panel, password } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("signing in", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner("olivia");
  });
  afterEach(() => panel.close());

  it("shows the first page to whoever knows the password", async () => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    const home = await visitor.get("/");
    expect(home.status).to.equal(200);
    expect(readable(home.text)).to.include("olivia").and.include("Three steps to the first mail");
  });

  it("leads back to the page that was asked for, and to no other server", async () => {
    await panel.list("news");
    const visitor = new Visitor(panel);
    const turnedAway = await visitor.get("/lists/1?q=x");
    expect(turnedAway.location).to.equal("/sign-in?to=%2Flists%2F1%3Fq%3Dx");
    await visitor.get("/sign-in");
    expect((await visitor.post("/sign-in", { username: "olivia", password, to: "/lists/1?q=x" })).location).to.equal(
      "/lists/1?q=x",
    );
    for (const elsewhere of [
      "//evil.example/",
      "/\\evil.example",
      "https://evil.example/",
      "javascript:alert(1)",
      "/\t/evil.example",
      "/.//evil.example",
      "/lists/..//evil.example",
      "/%2e//evil.example",
    ]) {
      const other = new Visitor(panel);
      await other.get("/sign-in");
      expect(
        (await other.post("/sign-in", { username: "olivia", password, to: elsewhere })).location,
        elsewhere,
      ).to.equal("/");
    }
  });

  it("says the same about an unknown name and a wrong password", async () => {
    const said = async (username: string): Promise<string> => {
      const visitor = new Visitor(panel);
      await visitor.get("/sign-in");
      const answer = await visitor.post("/sign-in", { username, password: "something else" });
      expect(answer.status).to.equal(401);
      return readable(answer.text);
    };
    expect(await said("olivia")).to.equal(await said("nobody"));
  });

  it("makes guessers wait, without a word about the password", async () => {
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++)
      statuses.push((await visitor.post("/sign-in", { username: "olivia", password: `guess ${n}` })).status);
    expect(statuses).to.deep.equal([401, 401, 401, 401, 429, 429]);
    expect((await visitor.post("/sign-in", { username: "olivia", password })).status, "even the right one").to.equal(
      429,
    );
    panel.clock.passes("31s");
    expect((await visitor.post("/sign-in", { username: "olivia", password })).status).to.equal(303);
  });

  it("gives a new key, so that one planted before is worth nothing", async () => {
    const visitor = new Visitor(panel);
    visitor.cookies.set("kairan.session", "planted");
    await visitor.get("/sign-in");
    await visitor.post("/sign-in", { username: "olivia", password });
    expect(visitor.cookies.get("kairan.session")).to.match(/^[\w-]{43}$/);
    const first = visitor.cookies.get("kairan.session");
    await visitor.get("/");
    await visitor.post("/sign-in", { username: "olivia", password });
    expect(visitor.cookies.get("kairan.session")).not.to.equal(first);
    const thief = new Visitor(panel);
    thief.cookies.set("kairan.session", first ?? "");
    expect((await thief.get("/")).status).to.equal(303);
  });

  it("sets cookies that scripts and other sites cannot use", async () => {
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { username: "olivia", password });
    for (const cookie of answer.headers.getSetCookie())
      expect(cookie)
        .to.match(/httponly/i)
        .and.match(/samesite=lax/i)
        .and.not.match(/secure/i);
  });

  it("marks cookies secure where web.url is https", async () => {
    const secure = await Panel.open({ config: { web: { listen: "127.0.0.1:0", url: "https://lists.example.org" } } });
    try {
      await secure.owner("olivia");
      const visitor = new Visitor(secure);
      await visitor.get("/sign-in");
      const answer = await visitor.post(
        "/sign-in",
        { username: "olivia", password },
        { Origin: "https://lists.example.org" },
      );
      expect(answer.status).to.equal(303);
      for (const cookie of answer.headers.getSetCookie()) expect(cookie).to.match(/; secure/i);
    } finally {
      await secure.close();
    }
  });

  it("ends after three days without a visit, and thirty days in any case", async () => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    for (let day = 0; day < 29; day += 2) {
      expect((await visitor.get("/")).status, `day ${day}`).to.equal(200);
      panel.clock.passes("2d");
    }
    panel.clock.passes("1d");
    expect((await visitor.get("/")).status, "after 31 days").to.equal(303);
    const idle = await Visitor.signedIn(panel, "olivia");
    panel.clock.passes("73h");
    expect((await idle.get("/")).status, "after three idle days").to.equal(303);
  });
});

describe("a one-time link", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(() => panel.close());

  it("signs in by its button only, once", async () => {
    const { id } = await panel.owner();
    const secret = await panel.store.accounts.makeLink(id, panel.clock.now() + 60_000);
    const visitor = new Visitor(panel);
    for (let n = 0; n < 3; n++) expect((await visitor.get(`/sign-in/link/${secret}`)).status).to.equal(200);
    expect((await visitor.send("HEAD", `/sign-in/link/${secret}`)).status).to.equal(200);
    const pressed = await visitor.post(`/sign-in/link/${secret}`);
    expect(pressed.status).to.equal(303);
    expect((await visitor.follow(pressed)).status).to.equal(200);
    const other = new Visitor(panel);
    expect((await other.get(`/sign-in/link/${secret}`)).status).to.equal(404);
    await other.get("/sign-in");
    expect((await other.post(`/sign-in/link/${secret}`)).status).to.equal(404);
  });

  it("is nothing when forged or too old, and says what to do", async () => {
    const { id } = await panel.owner();
    const secret = await panel.store.accounts.makeLink(id, panel.clock.now() + 60_000);
    panel.clock.passes("2m");
    const visitor = new Visitor(panel);
    for (const path of [`/sign-in/link/${secret}`, "/sign-in/link/forged"]) {
      const answer = await visitor.get(path);
      expect(answer.status).to.equal(404);
      expect(readable(answer.text)).to.include("Ask for a new link");
    }
  });
});

describe("signing out", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner("olivia");
  });
  afterEach(() => panel.close());

  it("ends the session on the server, whoever kept its key", async () => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    const kept = new Map(visitor.cookies);
    expect((await visitor.post("/sign-out")).location).to.equal("/sign-in");
    expect((await visitor.get("/")).status).to.equal(303);
    for (const [name, value] of kept) visitor.cookies.set(name, value);
    expect((await visitor.get("/")).status).to.equal(303);
  });

  it("is not done by a link", async () => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    expect((await visitor.get("/sign-out")).status).to.be.oneOf([404, 405]);
    expect((await visitor.get("/")).status).to.equal(200);
  });

  it("has left nothing in caches", async () => {
    await panel.list("news");
    const visitor = await Visitor.signedIn(panel, "olivia");
    for (const path of ["/", "/lists/1", "/lists/1/members", "/account"])
      expect((await visitor.get(path)).headers.get("cache-control"), path).to.equal("no-store");
  });
});

describe("changing the password", () => {
  it("ends every other session of the account, and needs the present one", async () => {
    const panel = await Panel.open();
    try {
      await panel.owner("olivia");
      const here = await Visitor.signedIn(panel, "olivia");
      const there = await Visitor.signedIn(panel, "olivia");
      const next = "a new and long sentence";
      expect(
        (await here.post("/account/password", { current: "wrong wrong wrong", next, repeat: next })).status,
      ).to.equal(422);
      expect(
        (await here.post("/account/password", { current: password, next: "short", repeat: "short" })).text,
      ).to.include("at least 10 characters");
      expect((await here.post("/account/password", { current: password, next, repeat: `${next}!` })).text).to.include(
        "these two differ",
      );
      expect((await there.get("/")).status).to.equal(200);
      expect((await here.post("/account/password", { current: password, next, repeat: next })).status).to.equal(303);
      expect((await here.get("/")).status).to.equal(200);
      expect((await there.get("/")).status).to.equal(303);
    } finally {
      await panel.close();
    }
  });
});

describe("the language", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ config: { language: "ja" } });
    await panel.owner("olivia");
  });
  afterEach(() => panel.close());

  const languageOf = (html: string): string | undefined => /<html lang="(..)">/.exec(html)?.[1];

  it("is the browser's, else the server's", async () => {
    const visitor = new Visitor(panel);
    for (const [header, language] of [
      ["en-GB,en;q=0.9", "en"],
      ["ja", "ja"],
      ["fr, en;q=0.5, ja;q=0.4", "en"],
      ["fr", "ja"],
      ["*", "ja"],
      ["", "ja"],
    ] as const) {
      visitor.headers = { Accept: "text/html", "Accept-Language": header };
      expect(languageOf((await visitor.get("/sign-in")).text), header).to.equal(language);
    }
  });

  it("stays as chosen, before and after signing in", async () => {
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const chosen = await visitor.post("/language", { language: "ja", to: "/sign-in?to=%2Faccount" });
    expect(chosen.location).to.equal("/sign-in?to=%2Faccount");
    expect(languageOf((await visitor.follow(chosen)).text)).to.equal("ja");
    await visitor.post("/sign-in", { username: "olivia", password });
    await visitor.get("/");
    await visitor.post("/language", { language: "en", to: "/" });
    const elsewhere = await Visitor.signedIn(panel, "olivia");
    elsewhere.headers = { ...elsewhere.headers, "Accept-Language": "ja" };
    expect(languageOf((await elsewhere.get("/")).text), "kept with the account").to.equal("en");
  });
});
