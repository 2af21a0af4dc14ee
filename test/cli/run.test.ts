/** The command line as a whole: finding the command, its configuration, and how it fails. */
import { rm } from "node:fs/promises";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { commands } from "../../server/cli/command-table.ts";
import { trialConfig } from "../../server/config.ts";
import { openStore } from "../../server/store/store.ts";
import { Operator } from "./operator.ts";

describe("the command line", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
  });
  afterEach(() => operator.close());

  describe("help", () => {
    it("shows every command when nothing is asked, and needs no configuration", async () => {
      await rm(operator.path("config.json"));
      const printed = await operator.runs([]);
      expect(printed.status).to.equal(0);
      for (const command of commands) expect(printed.out).to.contain(`kairan ${command.words}`);
      for (const way of [["help"], ["--help"], ["-h"]]) expect((await operator.runs(way)).out).to.equal(printed.out);
    });

    it("shows one command with its options, however it is asked for", async () => {
      const help = await operator.does("list create --help");
      expect(help)
        .to.match(/^usage: kairan list create NAME \[--title T\]/)
        .and.contain("--sender A")
        .and.contain("--config FILE");
      expect(await operator.does("help list create")).to.equal(help);
      expect(await operator.does("list create news --title x --help")).to.equal(help);
    });

    it("shows a family of commands", async () => {
      const help = await operator.does("member --help");
      expect(help).to.contain("member import LIST FILE.csv").and.not.contain("sender add");
      expect(await operator.does("help member")).to.equal(help);
    });

    it("shows an option that a command needs without brackets", async () => {
      expect(await operator.does("admin add --help")).to.contain("USERNAME --address A [--owner]");
    });

    it("stays within 100 columns", async () => {
      const lines = (await operator.does("help")).split("\n");
      expect(lines.filter((line) => line.length > 100)).to.deep.equal([]);
    });
  });

  describe("wrong use", () => {
    const lines: readonly (readonly [typed: string, said: RegExp])[] = [
      ["lst", /no command "lst" \(did you mean "list"\?\)/],
      ["frobnicate", /no command "frobnicate"; see kairan help/],
      ["help lits", /did you mean "list"/],
      ["list crate news", /no command "list crate" \(did you mean "create"\?\)/],
      ["list", /"list" needs one of create, ls, show, set, delete/],
      ["list create", /list create needs NAME/],
      ["member add news", /member add needs ADDRESS/],
      ["list ls more", /"more" is too much for list ls/],
      ["list create news --titel x", /no option --titel \(did you mean "--title"\?\)/],
      ["list create news --title", /--title needs a value/],
      ["list create news --title --json", /--title needs a value/],
      ["list ls --json=yes", /--json takes no value/],
      ["admin add anne", /admin add needs --address A/],
      ["--json", /--json needs a command/],
      ["member add news -x", /no option --?x/],
    ];
    for (const [typed, said] of lines) {
      it(`is status 2 and one line for: ${typed}`, async () => {
        expect(await operator.fails(typed, 2)).to.match(said);
      });
    }
  });

  it("takes options before the command and anywhere after it", async () => {
    await operator.does("--config config.json list create news");
    expect(await operator.rows("list --config config.json ls")).to.have.lengthOf(1);
  });

  it("takes an address that begins with a hyphen for an address", async () => {
    await operator.does("list create news");
    await operator.does("member add news -hanako@ezweb.example --name Hanako");
    expect((await operator.rows("member ls news"))[0]).to.include({ address: "-hanako@ezweb.example", name: "Hanako" });
  });

  it("leaves no trace of control characters that were typed", async () => {
    expect(await operator.fails(["list", "show", "a\u001b[31mb\nc"], 1)).to.equal(
      'there is no list "a[31mb c"; see kairan list ls',
    );
  });

  it("prints its version", async () => {
    expect(await operator.does("version")).to.match(/^kairan \d+\.\d+\.\d+ \(node \d+/);
    expect((await operator.rows("version"))[0]).to.have.keys("version", "node");
  });

  describe("configuration", () => {
    it("is an error with status 2 when it is named and missing", async () => {
      expect(await operator.fails("list ls --config other.json", 2)).to.contain("other.json: there is no such file");
    });

    it("has all its faults said in one line", async () => {
      await operator.writes("config.json", JSON.stringify({ hostname: "UPPER", languages: "ja" }));
      expect(await operator.fails("list ls", 2))
        .to.contain("hostname must")
        .and.contain("languages is no setting")
        .and.contain("outbound.relay is missing");
    });

    it("may name a folder for the database that is not there yet", async () => {
      await operator.writes(
        "config.json",
        JSON.stringify({ hostname: "a.example", database: "deep/er/k.db", outbound: { via: "outbox" } }),
      );
      expect(await operator.does("list ls")).to.equal("no lists yet\n");
    });

    it("is the trial's where there is none, once the trial has begun", async () => {
      await rm(operator.path("config.json"));
      expect(await operator.fails("list ls", 1)).to.contain("run npm start first");
      await mkdir(join(operator.folder, "data/trial"), { recursive: true });
      await (await openStore(trialConfig(operator.folder).database)).close();
      expect(await operator.does("list create news")).to.equal("news@localhost\n");
    });

    it("that names a database of nobody fails with one line", async () => {
      await operator.writes(
        "config.json",
        JSON.stringify({ hostname: "a.example", database: "postgres://127.0.0.1:1/none", outbound: { via: "outbox" } }),
      );
      expect(await operator.fails("list ls", 1)).to.contain("ECONNREFUSED");
    });
  });
});
