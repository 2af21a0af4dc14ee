/** Accounts from the command line. */
import { expect } from "chai";
import { verifyPassword } from "../../server/password.ts";
import { linkIn, noticesTo } from "../web/notices.ts";
import { Operator } from "./operator.ts";

describe("kairan admin", () => {
  let operator: Operator;
  beforeEach(async () => {
    operator = await Operator.open({ web: { url: "https://kairan.example.org/" } });
    await operator.does("list create news");
  });
  afterEach(() => operator.close());

  const add = ["admin", "add", "anne", "--address", "anne@example.org"];

  it("add prints a link that signs in once within a day", async () => {
    const { out } = await operator.runs([...add, "--owner"]);
    const secret = /^https:\/\/kairan\.example\.org\/sign-in\/link\/(\S+)\n$/.exec(out)?.[1] ?? "";
    const store = await operator.store();
    expect(await store.accounts.linkIsGood(secret, operator.clock.now() + 86_000_000)).to.equal(true);
    expect(await store.accounts.linkIsGood(secret, operator.clock.now() + 86_500_000)).to.equal(false);
    expect(await store.accounts.useLink(secret, operator.clock.now())).to.include({ username: "anne", isOwner: true });
    await store.close();
  });

  it("add takes a password from standard input, without the line end", async () => {
    const { out } = await operator.runs([...add, "--list", "news"], { stdin: "correct horse パス\r\n" });
    expect(out).to.equal("anne can sign in at https://kairan.example.org\n");
    const store = await operator.store();
    const account = await store.accounts.findByUsername("anne");
    expect(await verifyPassword(account?.passwordHash, "correct horse パス")).to.equal(true);
    await store.close();
    expect(await operator.rows("admin ls")).to.deep.equal([
      { username: "anne", owner: false, lists: ["news"], addresses: ["anne@example.org"], password: true },
    ]);
  });

  it("add mails an invitation that is good for seven days, and shows its link where no mail leaves", async () => {
    const [row] = await operator.rows("admin add anne --address anne@example.org --list news --invite");
    const link = String(row?.["link"]);
    const store = await operator.store();
    const [mail] = await noticesTo(store, "anne@example.org");
    expect(link).to.contain(linkIn(mail ?? expect.fail("no mail")));
    expect(mail?.text).to.contain("“news”");
    const secret = link.split("/").at(-1) ?? "";
    expect(await store.accounts.linkIsGood(secret, operator.clock.now() + 6 * 86_400_000)).to.equal(true);
    await store.close();
  });

  it("add does not read a terminal", async () => {
    const printed = await operator.runs(add, { stdin: "typed by accident\n", terminal: true });
    expect(printed.out).to.contain("/sign-in/link/");
  });

  it("add refuses passwords that will not do, and makes no account", async () => {
    for (const [stdin, said] of [
      ["short", "needs 10 characters"],
      ["two lines\nof password", "several lines"],
      ["x".repeat(1001), "too long"],
      ["y".repeat(20_000), "too long"],
    ] as const) {
      const printed = await operator.runs(add, { stdin });
      expect(printed.status).to.equal(2);
      expect(printed.err).to.contain(said);
    }
    expect(await operator.rows("admin ls")).to.deep.equal([]);
  });

  it("add refuses wrong names, addresses, lists, and owners of one list", async () => {
    expect(await operator.fails("admin add -- -anne --address a@example.org", 2)).to.contain("admin add");
    expect(await operator.fails(["admin", "add", "an ne", "--address", "a@example.org"], 2)).to.contain(
      "cannot be a user name",
    );
    expect(await operator.fails("admin add anne --address anne", 2)).to.contain("no mail address");
    expect(await operator.fails("admin add anne --address a@example.org --list olds", 1)).to.contain('no list "olds"');
    expect(await operator.fails("admin add anne --address a@example.org --list news --owner", 2)).to.contain(
      "not both",
    );
  });

  it("add refuses a name that is taken", async () => {
    await operator.runs(add);
    expect(await operator.fails(add, 1)).to.contain('account "anne" already');
  });

  it("link makes a further link, and suggests the nearest name", async () => {
    await operator.runs(add);
    expect((await operator.rows("admin link anne"))[0]).to.have.keys("username", "link", "expires");
    expect(await operator.fails("admin link ane", 1)).to.contain('did you mean "anne"');
  });

  it("remove deletes the account", async () => {
    await operator.runs(add);
    expect(await operator.does("admin remove anne")).to.equal("anne can sign in no more\n");
    expect(await operator.does("admin ls")).to.contain("no accounts yet");
    expect(await operator.fails("admin remove anne", 1)).to.contain('no account "anne"');
  });
});
