/** Answers to a copy go to the list's owner address, and from there to its administrators. */
import { expect } from "chai";
import { World, address, domain } from "../support/world.ts";

const letter = "From: Bart <bart@b.example>\r\nSubject: Re: Water\r\nMessage-ID: <re@b.example>\r\n\r\nThank you.\r\n";

describe("mail to a list's owner address", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  async function administrator(
    username: string,
    options: { readonly isOwner?: boolean; readonly listIds?: readonly number[] },
  ): Promise<void> {
    const account = {
      username,
      address: address(`${username}@office.example`),
      passwordHash: undefined,
      isOwner: false,
      listIds: [],
      ...options,
    };
    await world.app.store.accounts.add(account, world.clock.now());
  }

  it("reaches the list's administrators as it was written, and nobody else", async () => {
    const news = await world.list("news", { members: ["cris@c.example"] });
    await administrator("hana", { listIds: [news.id] });
    await administrator("boss", { isOwner: true });

    expect(await world.sends("bart@b.example", "news-owner", letter)).to.match(/^250 2\.0\.0 /);
    await world.settled();

    const [copy] = world.inbox("hana@office.example");
    expect(copy?.text.toString().endsWith(`\r\n${letter}`), copy?.text.toString()).to.equal(true);
    expect(copy?.mailFrom).to.match(/^news-bounces\+/);
    expect(world.sink.copies).to.have.lengthOf(1);
  });

  it("reaches the server's owners where the list has no administrator, and is refused where nobody is", async () => {
    await world.list("news");
    expect(await world.sends("bart@b.example", "news-owner", letter)).to.match(/^550 5\.1\.1 /);
    await administrator("boss", { isOwner: true });

    expect(await world.sends("bart@b.example", "news-owner", letter)).to.match(/^250 /);
    await world.sink.until((sink) => sink.copiesFor("boss@office.example").length === 1);
  });

  it("is refused from machines, and when it is our own that comes back", async () => {
    const news = await world.list("news");
    await administrator("hana", { listIds: [news.id] });

    expect(await world.sends("bart@b.example", "news-owner", `Auto-Submitted: auto-replied\r\n${letter}`)).to.match(
      /^550 5\.7\.1 /,
    );
    expect(await world.sends("", "news-owner", letter)).to.match(/^550 5\.7\.1 /);
    await world.sends("bart@b.example", "news-owner", letter);
    await world.sink.until((sink) => sink.copies.length > 0);
    expect(await world.sends(world.inbox("hana@office.example")[0]?.mailFrom ?? "", "news-owner", letter)).to.match(
      /^554 5\.4\.6 /,
    );
  });

  it("travels alone: a client that sends it with a post comes again", async () => {
    await world.list("news", { members: ["cris@c.example"] });
    const client = await world.connect();
    for (const line of ["EHLO client.example", "MAIL FROM:<anne@north.example>", `RCPT TO:<news@${domain}>`])
      await client.say(line);

    expect(await client.say(`RCPT TO:<news-owner@${domain}>`)).to.match(/^452 4\.5\.3 /);
    await client.quit();
  });
});
