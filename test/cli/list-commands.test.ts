/** Lists from the command line. */
import { expect } from "chai";
import { Operator } from "./operator.ts";

describe("kairan list", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open({ domains: ["lists.example.org", "school.example.org"] });
  });
  afterEach(() => operator.close());

  it("show and ls name times in the list's own zone", async () => {
    await operator.does("list create news");
    await operator.does("list set news timezone=America/New_York");
    const created = new Date((await operator.rows("list show news"))[0]?.["created"] as string);
    const there = new Intl.DateTimeFormat("sv-SE", {
      timeZone: "America/New_York",
      dateStyle: "short",
      timeStyle: "medium",
    }).format(created);
    expect(await operator.does("list show news")).to.contain(there);
    await operator.writes("hello.eml", "From: anne@north.example\r\nSubject: Hello\r\n\r\nHello\r\n");
    await operator.does("post news hello.eml");
    expect(await operator.does("list ls")).to.contain(there.slice(0, 16));
  });

  it("create prints the list's address and registers senders and administrators", async () => {
    await operator.does("admin add bob --address bob@example.org");
    expect(
      await operator.does(
        "list create news --title News --sender anne@example.org --sender bart@example.org --admin bob",
      ),
    ).to.equal("news@lists.example.org\n");
    const [row] = await operator.rows("list show news");
    expect(row).to.deep.include({
      name: "news",
      title: "News",
      senders: ["anne@example.org", "bart@example.org"],
      administrators: ["bob"],
    });
  });

  it("create refuses what can be no list's name, with the reason", async () => {
    expect(await operator.fails("list create News", 2)).to.contain("1 to 30 of a-z");
    expect(await operator.fails("list create news-owner", 2)).to.contain("server itself");
    expect(await operator.fails("list create postmaster", 2)).to.contain("server itself");
  });

  it("create makes nothing when a sender, an account or the domain is wrong", async () => {
    expect(await operator.fails("list create news --sender nobody", 2)).to.contain('"nobody" is no mail address');
    expect(await operator.fails("list create news --admin bob --admin cid", 1)).to.contain('no account "bob", "cid"');
    expect(await operator.fails("list create news --domain example.com", 2)).to.contain(
      "lists.example.org, school.example.org",
    );
    expect(await operator.rows("list ls")).to.deep.equal([]);
  });

  it("create refuses a name that is taken at the domain, and takes it at another", async () => {
    await operator.does("list create news");
    expect(await operator.fails("list create news", 1)).to.equal("news@lists.example.org is there already");
    expect(await operator.does("list create news --domain school.example.org")).to.equal("news@school.example.org\n");
  });

  it("show asks which list is meant where two domains have one of the name", async () => {
    await operator.does("list create news");
    await operator.does("list create news --domain school.example.org");
    expect(await operator.fails("list show news", 1)).to.contain("news@lists.example.org, news@school.example.org");
    expect((await operator.rows("list show NEWS@school.example.org"))[0]).to.include({
      address: "news@school.example.org",
    });
  });

  it("show suggests the nearest name", async () => {
    await operator.does("list create news");
    expect(await operator.fails("list show nwes", 1)).to.equal(
      'there is no list "nwes" (did you mean "news"?); see kairan list ls',
    );
  });

  it("show names each setting as set takes it", async () => {
    await operator.does("list create news");
    expect(await operator.does("list show news"))
      .to.match(/^reply-to +owner$/m)
      .and.match(/^own-copy +yes$/m)
      .and.match(/^members +waiting 0, active 0/m);
  });

  it("ls finds by name and title, and aligns Japanese titles", async () => {
    await operator.runs(["list", "create", "parents", "--title", "保護者"]);
    await operator.runs(["list", "create", "staff", "--title", "Staff room"]);
    const lines = (await operator.does("list ls")).split("\n");
    expect(lines[1]).to.equal("parents@lists.example.org  保護者            0      0");
    expect(lines[2]).to.equal("staff@lists.example.org    Staff room        0      0");
    expect(await operator.rows("list ls --search 保護")).to.have.lengthOf(1);
  });

  it("set changes every setting it is given", async () => {
    await operator.does("list create news");
    const values = [
      "language=ja",
      "timezone=Europe/Berlin",
      "posting=members-held",
      "proof=from-only",
      "reply-to=author",
      "prefix=[news:%n] ",
      "own-copy=no",
      "cooloff=90s",
      "title=学年だより = 1",
    ];
    expect((await operator.runs(["list", "set", "news", ...values])).status).to.equal(0);
    const [row] = await operator.rows("list show news");
    for (const value of values)
      expect(row).to.have.property(value.slice(0, value.indexOf("=")), value.slice(value.indexOf("=") + 1));
    await operator.does("list set news language= timezone=");
    expect((await operator.rows("list show news"))[0]).to.include({ language: "", timezone: "" });
  });

  it("set names every mistake at once and changes nothing", async () => {
    await operator.does("list create news");
    const said = await operator.fails(
      [
        "list",
        "set",
        "news",
        "own-copy=no",
        "posting=everybody",
        "timezone=Mars",
        "titel=x",
        "title= ",
        "cooloff=5",
        "prefix",
        "colour=red",
        "own-copy=yes",
        "prefix=a\nb",
      ],
      2,
    );
    for (const part of [
      "posting must be one of senders, members, members-held",
      "timezone must be",
      '(did you mean "title"?)',
      "title must not be empty",
      "cooloff must be",
      "prefix needs a value",
      '"colour" is no setting',
      "own-copy is given twice",
    ])
      expect(said).to.contain(part);
    expect((await operator.rows("list show news"))[0]).to.include({ "own-copy": "yes" });
  });

  it("set says which proofs come later", async () => {
    await operator.does("list create news");
    for (const proof of ["authenticated", "always-ask"])
      expect(await operator.fails(`list set news proof=${proof}`, 2)).to.contain("comes with verified posting");
  });

  it("set knows no setting of the language's own objects", async () => {
    await operator.does("list create news");
    expect(await operator.fails("list set news constructor=x", 2)).to.contain('"constructor" is no setting');
  });

  it("delete takes the list away with its members", async () => {
    await operator.does("list create news");
    await operator.does("member add news anne@example.org");
    expect(await operator.does("list delete news")).to.equal("news@lists.example.org is deleted\n");
    expect(await operator.fails("member ls news", 1)).to.contain('no list "news"');
  });

  it("delete takes away one that was deleted in the panel, whose name is free then", async () => {
    await operator.does("list create news");
    const store = await operator.store();
    const [list] = await store.lists.findByName("news");
    await store.deletedLists.add(list?.id ?? 0, operator.clock.now());
    expect(await operator.rows("list ls")).to.deep.equal([]);
    expect(await operator.fails("list show news", 1)).to.contain('no list "news"');
    await store.close();
    expect(await operator.fails("list create news", 1)).to.contain("was deleted in the panel");
    await operator.does("list delete news");
    expect(await operator.does("list create news")).to.equal("news@lists.example.org\n");
  });

  it("create makes a list like another one", async () => {
    await operator.does("list create news");
    await operator.runs(["list", "set", "news", "prefix=[news:%n]", "cooloff=90s", "reply-to=author", "title=News"]);
    await operator.does("list create staff --like news --title Staff");
    expect((await operator.rows("list show staff"))[0]).to.include({
      title: "Staff",
      prefix: "[staff:%n]",
      cooloff: "90s",
      "reply-to": "author",
    });
    expect(await operator.fails("list create more --like nwes", 1)).to.contain('no list "nwes"');
    expect(await operator.rows("list ls")).to.have.lengthOf(2);
  });
});
