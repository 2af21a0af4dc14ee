/** Single members from the command line. */
import { expect } from "chai";
import { Operator } from "./operator.ts";

describe("kairan member", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open();
    await operator.does("list create news");
  });
  afterEach(() => operator.close());

  it("add makes an active member with name and attributes", async () => {
    const printed = await operator.runs([
      "member",
      "add",
      "news",
      "anne@example.org",
      "--name",
      "Anne Novak",
      "--set",
      "class=3A",
      "--set",
      "note=a=b",
    ]);
    expect(printed.out).to.equal("anne@example.org is now a member of news@lists.example.org\n");
    const [row] = await operator.rows("member ls news");
    expect(row).to.deep.include({
      address: "anne@example.org",
      name: "Anne Novak",
      status: "active",
      attributes: { class: "3A", note: "a=b" },
    });
    expect(row?.["created"]).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it("add again keeps what is not said anew", async () => {
    await operator.does("member add news anne@example.org --name Anne --set class=3A --set bus=7");
    expect(await operator.does("member add news anne@example.org")).to.contain("was a member already");
    expect(await operator.does("member add news ANNE@example.org --set class=3B --set bus=")).to.contain(
      "is changed as said",
    );
    expect((await operator.rows("member ls news"))[0]).to.deep.include({ name: "Anne", attributes: { class: "3B" } });
  });

  it("add brings back who paused or left", async () => {
    await operator.does("member add news anne@example.org");
    for (const verb of ["pause", "remove"]) {
      await operator.does(`member ${verb} news anne@example.org`);
      await operator.does("member add news anne@example.org");
      expect((await operator.rows("member ls news"))[0]).to.include({ status: "active" });
    }
  });

  it("add takes carriers' addresses, quoted or bare, as one", async () => {
    await operator.does('member add news "taro..y."@docomo.example');
    expect(await operator.does("member add news taro..y.@docomo.example")).to.contain("already");
    expect(await operator.rows("member ls news")).to.have.lengthOf(1);
  });

  it("add refuses what is no address or no attribute", async () => {
    expect(await operator.fails("member add news anne", 2)).to.equal('"anne" is no mail address');
    const said = await operator.fails(
      ["member", "add", "news", "a@example.org", "--set", "class", "--set", "氏名=x"],
      2,
    );
    expect(said).to.contain('"class" is not KEY=VALUE').and.contain('"氏名" cannot be an attribute');
  });

  it("pause, resume and remove change the status, and say so when it is so already", async () => {
    await operator.does("member add news anne@example.org");
    const status = async () => (await operator.rows("member ls news"))[0]?.["status"];
    await operator.does("member pause news anne@example.org");
    expect(await status()).to.equal("paused");
    expect(await operator.does("member pause news anne@example.org")).to.contain("was paused already");
    await operator.does("member resume news anne@example.org");
    expect(await status()).to.equal("active");
    await operator.does("member remove news anne@example.org");
    expect(await status()).to.equal("left");
  });

  it("resume does not bring back who left", async () => {
    await operator.does("member add news anne@example.org");
    await operator.does("member remove news anne@example.org");
    expect(await operator.fails("member resume news anne@example.org", 1)).to.contain(
      "cannot be resumed: the status is left",
    );
  });

  it("remove, pause and resume fail for who is no member", async () => {
    for (const verb of ["remove", "pause", "resume"])
      expect(await operator.fails(`member ${verb} news bart@example.org`, 1)).to.equal(
        "bart@example.org is no member of news@lists.example.org",
      );
  });

  it("ls narrows by status and text", async () => {
    await operator.does("member add news anne@example.org --set class=3A");
    await operator.does("member add news bart@example.org");
    await operator.does("member pause news bart@example.org");
    expect((await operator.rows("member ls news --status paused")).map((row) => row["address"])).to.deep.equal([
      "bart@example.org",
    ]);
    expect((await operator.rows("member ls news --search 3a")).map((row) => row["address"])).to.deep.equal([
      "anne@example.org",
    ]);
    expect(await operator.does("member ls news --status left")).to.equal("no members\n");
    expect(await operator.fails("member ls news --status gone", 2)).to.contain("use one of waiting, active");
  });

  it("ls does not let a name steer the terminal", async () => {
    await operator.runs(["member", "add", "news", "anne@example.org", "--name", "A\u001b[2Jnne"]);
    expect(await operator.does("member ls news"))
      .to.contain("A[2Jnne")
      .and.not.contain("\u001b");
  });
});
