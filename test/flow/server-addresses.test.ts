/** postmaster@ and abuse@ reach the people who run the server (RFC 5321 4.5.1, RFC 2142). */
import { expect } from "chai";
import { World, address, domain, postId } from "../support/world.ts";

const letter =
  "From: Bart <bart@b.example>\r\nSubject: Spam from you\r\nMessage-ID: <s@b.example>\r\n\r\nPlease look.\r\n";

describe("mail to the server's own addresses", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ sink: { recipients: { "gone@office.example": "550 5.1.1 nobody" } } });
    const news = await world.list("news", { members: ["cris@c.example"] });
    for (const [username, isOwner, listIds] of [
      ["hana", false, [news.id]],
      ["boss", true, []],
      ["vice", true, []],
    ] as const)
      await world.app.store.accounts.add(
        { username, address: address(`${username}@office.example`), passwordHash: undefined, isOwner, listIds },
        world.clock.now(),
      );
  });
  afterEach(() => world.close());

  for (const to of [
    `postmaster@${domain}`,
    `PostMaster@${domain.toUpperCase()}`,
    `abuse@${domain}`,
    `Abuse@${domain}`,
  ]) {
    it(`at ${to} reaches all owners as it was written, and no list's administrator`, async () => {
      expect(await world.sends("bart@b.example", to, letter)).to.match(/^250 2\.0\.0 /);
      await world.sink.until((sink) => sink.copies.length >= 2);
      await world.quiet(postId(await world.posts("anne@north.example", "news")));

      expect(world.sink.copies.map(({ rcptTo }) => rcptTo).sort()).to.deep.equal([
        "boss@office.example",
        "cris@c.example",
        "vice@office.example",
      ]);
      const [copy] = world.inbox("boss@office.example");
      expect(copy?.text.toString().endsWith(`\r\n${letter}`), copy?.text.toString()).to.equal(true);
      expect(copy?.mailFrom).to.equal("");
    });
  }

  it("is there without a domain too", async () => {
    const client = await world.connect();
    for (const line of ["EHLO client.example", "MAIL FROM:<bart@b.example>"]) await client.say(line);
    expect(await client.say("RCPT TO:<Postmaster>")).to.match(/^250 /);
    expect(await client.say("RCPT TO:<abuse>")).to.match(/^5\d\d /);
    await client.quit();
  });

  it("is refused from machines and from the null sender, so that nothing goes round", async () => {
    for (const field of ["Auto-Submitted: auto-replied", "Precedence: bulk", "List-Id: <x.example>"])
      expect(await world.sends("bart@b.example", "postmaster", `${field}\r\n${letter}`)).to.match(/^550 5\.7\.1 /);
    expect(await world.sends("", "abuse", letter)).to.match(/^550 5\.7\.1 /);
    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    expect(world.sink.copies).to.have.lengthOf(1);
  });

  it("at another domain is not ours", async () => {
    expect(await world.sends("bart@b.example", "postmaster@elsewhere.example", letter)).to.match(/^550 5\.7\.1 /);
  });

  it("is refused where nobody owns the server", async () => {
    for (const name of ["boss", "vice"]) {
      const account = await world.app.store.accounts.findByUsername(name);
      await world.app.store.accounts.remove(account?.id ?? 0);
    }
    for (const to of ["postmaster", "abuse"])
      expect(await world.sends("bart@b.example", to, letter)).to.match(/^550 5\.1\.1 /);
  });

  it("that cannot be sent on is given up, and tells nobody: it has no sender to tell", async () => {
    const gone = { username: "gone", address: address("gone@office.example"), passwordHash: undefined };
    await world.app.store.accounts.add({ ...gone, isOwner: true, listIds: [] }, world.clock.now());
    await world.sends("bart@b.example", "postmaster", letter);
    await world.sink.until((sink) => sink.attempts.get("gone@office.example") === 1 && sink.copies.length === 2);
    await world.quiet(postId(await world.posts("anne@north.example", "news")));
    expect(world.sink.copies.map(({ rcptTo }) => rcptTo).sort()).to.deep.equal([
      "boss@office.example",
      "cris@c.example",
      "vice@office.example",
    ]);
  });
});
