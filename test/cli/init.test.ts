/** From nothing to a server that can be started. */
import { readFile, rm, stat } from "node:fs/promises";
import { expect } from "chai";
import { readConfig } from "../../server/config.ts";
import { openStore } from "../../server/store/store.ts";
import { Operator } from "./operator.ts";

describe("kairan init", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.atFirst();
    await rm(operator.path("config.json"));
  });
  afterEach(() => operator.close());

  const written = async (): Promise<unknown> => JSON.parse(await readFile(operator.path("config.json"), "utf8"));
  const answering = (...answers: readonly string[]) => operator.runs(["init"], { answers });
  const relayed = [
    "lists.example.org",
    "",
    "",
    "ja",
    "Asia/Tokyo",
    "smtp.example.org",
    "kairan",
    "se cret",
    "",
    "hanako",
    "hanako@example.org",
    "news",
    "yes",
  ];

  it("asks, shows what it will write, and leaves a server with an owner and a list", async () => {
    const { status, out, err } = await answering(...relayed);
    expect(status, err).to.equal(0);
    expect(await written()).to.deep.equal({
      hostname: "lists.example.org",
      outbound: {
        relay: { host: "smtp.example.org", port: 587, user: "kairan", password: "se cret", tls: "required" },
      },
      web: { url: "https://lists.example.org" },
      language: "ja",
      timezone: "Asia/Tokyo",
    });
    expect((await stat(operator.path("config.json"))).mode & 0o777).to.equal(0o600);
    expect(err).to.contain('"password": "…"').and.not.contain("se cret");
    expect(out).to.contain("lists.example.org. MX 10 lists.example.org.").and.contain("List: news@lists.example.org");
    const secret = /https:\/\/lists\.example\.org\/sign-in\/link\/(\S+)/.exec(out)?.[1] ?? "";
    const store = await openStore(readConfig(operator.path("config.json")).database);
    expect(await store.accounts.useLink(secret, operator.clock.now())).to.include({
      username: "hanako",
      address: "hanako@example.org",
      isOwner: true,
    });
    const [list] = await store.lists.findByName("news");
    expect(await store.senders.all(list?.id ?? 0)).to.have.length(1);
    await store.close();
  });

  it("asks again where an answer breaks the configuration's rules", async () => {
    const { status, err } = await answering(
      "Lists Example",
      "lists.example.org",
      "",
      "lists.example.org",
      "",
      "fr",
      "en",
      "Mars/Phobos",
      "UTC",
      "smtp.example.org:99999",
      "",
      "an owner",
      "",
      "no address",
      "hanako@example.org",
      "news-owner",
      "",
      "perhaps",
      "y",
    );
    expect(status, err).to.equal(0);
    for (const said of [
      "hostname must be a domain name",
      "web.url must be an http:// or https:// URL",
      'language must be one of "ja", "en"',
      "timezone must be a time zone",
      "outbound.relay.port must be at most 65535",
      "cannot be a user name",
      "write an address",
      "cannot be a list's name",
      "answer yes or no",
    ])
      expect(err).to.contain(said);
    expect(await written()).to.deep.include({ outbound: { via: "outbox" }, timezone: "UTC" });
  });

  it("writes nothing when that is not agreed to, or the answers end before", async () => {
    for (const lines of [[...relayed.slice(0, -1), "no"], relayed.slice(0, 4)]) {
      const printed = await answering(...lines);
      expect(printed.status).to.equal(1);
      expect(printed.err).to.contain("nothing was written");
      expect(await written().catch(() => "none")).to.equal("none");
    }
  });

  it("takes proposals and options with --yes, and asks nothing", async () => {
    const [row] = await operator.rows(
      "init --yes --hostname lists.example.org --relay mx.example.org:25 --owner hanako --address h@example.org",
    );
    expect(row).to.include({ owner: "hanako", list: null }).and.property("link").to.contain("/sign-in/link/");
    expect(await written()).to.deep.include({
      outbound: { relay: { host: "mx.example.org", port: 25, tls: "opportunistic" } },
    });
    expect(await operator.does("admin ls")).to.contain("everything (owner)");
  });

  it("needs nothing but --yes", async () => {
    expect(await operator.does("init --yes")).to.match(/^ {2}npm start$/m);
    expect(readConfig(operator.path("config.json")).outbound.via).to.equal("outbox");
    expect(await operator.does("admin ls")).to.contain("admin");
    // Elsewhere than where it is looked for, each next command has to name it.
    const file = operator.path("club.json");
    const elsewhere = await operator.does(`init --yes --config ${file}`);
    expect(elsewhere).to.contain(`npm start -- --config ${file}`).and.contain(`admin link admin --config ${file}`);
  });

  it("tells wrong options by the configuration's rules, and asks for a terminal", async () => {
    expect(await operator.fails("init --yes --timezone Mars/Phobos", 2)).to.contain("--timezone: timezone must be");
    expect(await operator.fails("init --yes --hostname a.example --relay x:99999", 2)).to.contain("at most 65535");
    expect(await operator.fails("init", 2)).to.contain("on a terminal");
  });

  it("leaves what is there, and names the way back in", async () => {
    await operator.does("init --yes --hostname a.example --owner hanako --address h@example.org");
    const again = await operator.does("init --yes --hostname b.example");
    expect(again).to.contain("There already").and.contain("npx kairan admin link hanako").and.not.contain("/sign-in/");
    expect(await written()).to.include({ hostname: "a.example" });
    await operator.does("init --yes --force --hostname b.example");
    expect(await written()).to.include({ hostname: "b.example" });
    expect(await operator.rows("admin ls")).to.have.length(1);
  });

  it("makes the owner that an interrupted call left undone", async () => {
    await operator.writes("config.json", JSON.stringify({ hostname: "a.example", outbound: { via: "outbox" } }));
    expect(await operator.does("init --yes --owner hanako --address h@example.org")).to.contain("/sign-in/link/");
    expect(await operator.rows("admin ls")).to.have.length(1);
  });
});
