/** Importing and exporting members from the command line. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { Operator } from "./operator.ts";

describe("kairan member import", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
    await operator.does("list create news");
  });
  afterEach(() => operator.close());

  const members = async (): Promise<readonly string[]> =>
    (await operator.rows("member ls news")).map((row) => `${String(row["address"])} ${String(row["status"])}`);

  it("makes active members and says how many", async () => {
    await operator.writes("m.csv", "address,name\na@example.org,A\nb@example.org,B\n");
    expect(await operator.does("member import news m.csv")).to.equal("2 added, 0 changed, 0 unchanged, 0 left\n");
    expect(await members()).to.deep.equal(["a@example.org active", "b@example.org active"]);
    expect(await operator.does("member import news m.csv")).to.equal("0 added, 0 changed, 2 unchanged, 0 left\n");
  });

  it("changes nothing when one line is bad, and names every bad line", async () => {
    await operator.writes("m.csv", "address,name\na@example.org,A\nnobody,B\nc@example.org\n");
    const printed = await operator.runs(["member", "import", "news", "m.csv"]);
    expect(printed.status).to.equal(1);
    expect(printed.err.split("\n")).to.deep.equal([
      'line 3 "nobody" is no mail address',
      "line 4 has 1 cell where the first line has 2",
      "kairan: 2 lines of m.csv cannot be taken, so nothing was changed (--skip-bad leaves them out)",
      "",
    ]);
    expect(await members()).to.deep.equal([]);
  });

  it("leaves bad lines out with --skip-bad, and still names them", async () => {
    await operator.writes("m.csv", "address,name\na@example.org,A\nnobody,B\n");
    const printed = await operator.runs(["member", "import", "news", "m.csv", "--skip-bad"]);
    expect(printed).to.deep.equal({
      status: 0,
      out: "1 added, 0 changed, 0 unchanged, 0 left; 1 line left out\n",
      err: 'line 3 "nobody" is no mail address\n',
    });
  });

  it("prints no more bad lines than a screen shows, but counts all", async () => {
    await operator.writes("m.csv", `address\n${"nobody\n".repeat(500)}`);
    const { err } = await operator.runs(["member", "import", "news", "m.csv"]);
    expect(err.split("\n")).to.have.lengthOf(22);
    expect(err).to.contain("500 lines of m.csv");
  });

  it("says what would change with --dry-run, changes nothing, and is right", async () => {
    await operator.writes(
      "m.csv",
      "address,name\na@example.org,A\nb@example.org,B\nc@example.org,C\nd@example.org,D\ne@example.org,E\n",
    );
    await operator.does("member import news m.csv");
    await operator.does("member pause news b@example.org");
    await operator.does("member remove news d@example.org");
    await operator.does("member remove news e@example.org");
    const before = await members();
    await operator.writes(
      "m.csv",
      "address,name\na@example.org,Anne\nb@example.org,B\nd@example.org,D\nnew@example.org,N\n",
    );
    const dry = await operator.does("member import news m.csv --replace --dry-run");
    expect(dry).to.equal("nothing was changed; it would be: 2 added, 1 changed, 1 unchanged, 1 left\n");
    expect(await members()).to.deep.equal(before);
    expect(`nothing was changed; it would be: ${await operator.does("member import news m.csv --replace")}`).to.equal(
      dry,
    );
    expect(await members()).to.deep.equal([
      "a@example.org active",
      "b@example.org paused",
      "c@example.org left",
      "d@example.org active",
      "e@example.org left",
      "new@example.org active",
    ]);
  });

  it("lets nobody leave with --replace because of a slip elsewhere in their line", async () => {
    await operator.does("member add news a@example.org");
    await operator.does("member add news b@example.org");
    await operator.writes("m.csv", "address,status\na@example.org,actve\nc@example.org,active\n");
    await operator.does("member import news m.csv --replace --skip-bad");
    expect(await members()).to.deep.equal(["a@example.org active", "b@example.org left", "c@example.org active"]);
  });

  it("lets nobody leave because of a file without members", async () => {
    await operator.does("member add news a@example.org");
    await operator.writes("m.csv", "address\n");
    expect(await operator.fails("member import news m.csv --replace", 1)).to.equal(
      "m.csv has no members, so nothing was changed",
    );
    expect(await members()).to.deep.equal(["a@example.org active"]);
  });

  it("takes the last of several lines with one address, and says so", async () => {
    await operator.writes("m.csv", "address,name\na@example.org,First\nb@example.org,B\nA@Example.org,Last\n");
    expect(await operator.does("member import news m.csv")).to.equal(
      "2 added, 0 changed, 0 unchanged, 0 left; 1 repeated (the last line counts)\n",
    );
    expect((await operator.rows("member ls news --search last"))[0]).to.include({ name: "Last" });
  });

  it("takes two addresses of one person as one member", async () => {
    await operator.does("sender add news a@example.org b@example.org");
    await operator.writes("m.csv", "address,name\na@example.org,A\nb@example.org,B\n");
    await operator.does("member import news m.csv --replace");
    expect(await members()).to.deep.equal(["b@example.org active"]);
  });

  it("tells of mended addresses", async () => {
    await operator.writes("m.csv", "address\nａ＠example.org\n");
    const printed = await operator.runs(["member", "import", "news", "m.csv"]);
    expect(printed.err).to.equal("line 2: ａ＠example.org is taken as a@example.org\n");
    expect(printed.out).to.contain("1 addresses mended");
  });

  it("fails with one line for a file or list that is not there", async () => {
    expect(await operator.fails("member import news none.csv", 1)).to.match(/^there is no file .*none\.csv$/);
    expect(await operator.fails("member import news .", 1)).to.contain("cannot be read");
    expect(await operator.fails("member import olds none.csv", 1)).to.contain('no list "olds"');
  });

  it("gives its counts as JSON", async () => {
    await operator.writes("m.csv", "address\na@example.org\n");
    expect(await operator.rows("member import news m.csv")).to.deep.equal([
      {
        dry_run: false,
        rows: 1,
        added: 1,
        changed: 0,
        unchanged: 0,
        left: 0,
        mended: 0,
        repeated: 0,
        stays: 0,
        skipped: 0,
      },
    ]);
  });

  it("writes to new members with --welcome, and to nobody without", async () => {
    await operator.writes("m.csv", "address\na@example.org\n");
    await operator.does("member import news m.csv");
    await operator.writes("m.csv", "address\na@example.org\nb@example.org\n");
    await operator.does("member import news m.csv --welcome");
    const store = await operator.store();
    const mails = await store.database.reader.selectFrom("delivery").select("rcpt_to").execute();
    await store.close();
    expect(mails.map((mail) => mail.rcpt_to)).to.deep.equal(["b@example.org"]);
  });

  it("does not bring back who left by themselves, unless the file says that they are active", async () => {
    await operator.does("member add news a@example.org");
    const store = await operator.store();
    await store.members.leave(1, operator.clock.now());
    await store.close();
    await operator.writes("m.csv", "address\na@example.org\n");
    expect(await operator.does("member import news m.csv")).to.contain("1 left by themselves and stay away");
    expect(await members()).to.deep.equal(["a@example.org left"]);
    await operator.writes("m.csv", "address,status\na@example.org,active\n");
    expect(await operator.does("member import news m.csv")).to.contain("1 added");
    expect(await members()).to.deep.equal(["a@example.org active"]);
  });

  it("is refused while another import changes the list", async () => {
    const store = await operator.store();
    const made = { listId: 1, fileName: "", byCommand: false, replaces: false, welcomes: false };
    const { id } = await store.imports.begin(made, operator.clock.now());
    await store.database.write((write) =>
      write.updateTable("member_import").set({ state: "undoing" }).where("id", "=", id).execute(),
    );
    await store.close();
    await operator.writes("m.csv", "address\na@example.org\n");
    expect(await operator.fails("member import news m.csv", 1)).to.contain("another import is changing");
    expect(await members()).to.deep.equal([]);
  });

  it("takes more members than a batch has", async () => {
    await operator.writes(
      "m.csv",
      `address,name\n${Array.from({ length: 2500 }, (_, n) => `r${n}@example.org,R${n}`).join("\n")}`,
    );
    expect(await operator.does("member import news m.csv")).to.contain("2500 added");
    await operator.writes("m.csv", "address,name\nr7@example.org,R7\n");
    expect(await operator.does("member import news m.csv --replace")).to.equal(
      "0 added, 0 changed, 1 unchanged, 2499 left\n",
    );
  });
});

describe("kairan member export", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
    await operator.does("list create news");
  });
  afterEach(() => operator.close());

  it("prints CSV with a byte order mark, one column an attribute, and no formulas", async () => {
    await operator.runs(["member", "add", "news", "-hanako@ezweb.example", "--name", "=1+1", "--set", "class=3A"]);
    await operator.runs(["member", "add", "news", "bart@example.org", "--name", 'Bart, "B"', "--set", "bus=+7"]);
    await operator.does("member pause news bart@example.org");
    expect(await operator.does("member export news")).to.equal(
      '\ufeffaddress,name,status,bus,class\r\n\'-hanako@ezweb.example,\'=1+1,active,,3A\r\nbart@example.org,"Bart, ""B""",paused,\'+7,\r\n',
    );
  });

  it("comes back unchanged", async () => {
    await operator.runs(["member", "add", "news", "-hanako@ezweb.example", "--name", "=1+1", "--set", "class=@3A"]);
    await operator.runs(["member", "add", "news", "a..b.@docomo.example", "--name", "山田 太郎", "--set", "bus=7"]);
    await operator.runs(["member", "add", "news", '"a b"@example.org', "--name", "'Neil"]);
    await operator.does("member remove news a..b.@docomo.example");
    await operator.writes("m.csv", await operator.does("member export news"));
    const before = await operator.rows("member ls news");
    expect(await operator.does("member import news m.csv --replace")).to.equal(
      "0 added, 0 changed, 3 unchanged, 0 left\n",
    );
    expect(await operator.rows("member ls news")).to.deep.equal(before);
    expect((await readFile(operator.path("m.csv"), "utf8")).charCodeAt(0)).to.equal(0xfeff);
  });

  it("is CSV only", async () => {
    expect(await operator.fails("member export news --json", 2)).to.contain("member ls --json");
  });
});
