/** Trouble with one recipient stays with that recipient: retries, giving up, bounces. */
import { expect } from "chai";
import { makeToken } from "../../server/mail/token.ts";
import { World, domain, postId } from "../support/world.ts";

const retry = ["30s", "50s"];

describe("a member whose server has trouble", () => {
  let world: World;
  afterEach(() => world.close());

  it("gets the copy later, with the same Message-ID and envelope sender", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": ["451 4.2.1 come back", { at: "dot", say: "451 4.3.0 not now" }] } },
      outbound: { retry },
    });
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });

    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);
    expect(await world.states(id)).to.deep.equal({ "bart@b.example": "deferred", "cris@c.example": "sent" });
    world.clock.passes("30s");
    await world.sink.until((sink) => sink.attempts.get("bart@b.example") === 2);
    await world.quiet(id);
    world.clock.passes("50s");
    await world.sink.until((sink) => sink.copiesFor("bart@b.example").length === 1);

    const post = await world.quiet(id);
    expect(post.tally.sent).to.equal(2);
    const [row] = (await world.app.store.deliveries.search(id, { limit: 10, search: "bart" })).deliveries;
    expect(row?.attempts).to.equal(3);
    expect(world.inbox("cris@c.example")).to.have.lengthOf(1);
  });

  it("fails after the last wait, and the server's words are kept", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": "450 4.2.2 mailbox full" } },
      outbound: { retry },
    });
    await world.list("news", { members: ["bart@b.example"] });

    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);
    for (const [n, wait] of retry.entries()) {
      world.clock.passes(wait);
      await world.sink.until((sink) => sink.attempts.get("bart@b.example") === n + 2);
      await world.quiet(id);
    }

    const [row] = await world.app.store.deliveries.page(id, { limit: 10 });
    expect(row).to.include({ state: "failed", attempts: 3 });
    expect(row?.reply).to.include("450 4.2.2 mailbox full");
  });

  it("fails at once when refused for good, while the others get theirs", async () => {
    world = await World.open({
      sink: { recipients: { "bart@b.example": "550 5.1.1 no such user" } },
      outbound: { retry },
    });
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });

    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);

    expect(await world.states(id)).to.deep.equal({ "bart@b.example": "failed", "cris@c.example": "sent" });
  });

  it("is bounced by a report to the copy's envelope sender, and only then", async () => {
    world = await World.open();
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const id = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(id);
    const to = world.inbox("bart@b.example")[0]?.mailFrom ?? "";

    expect(await world.sends("", to.toUpperCase(), report("delayed", "4.4.1"))).to.match(/^250 /);
    expect((await world.states(id))["bart@b.example"]).to.equal("sent");
    expect(await world.sends("", to.toUpperCase(), report("failed", "5.1.1"))).to.match(/^250 /);
    expect(await world.sends("", to, report("failed", "5.1.1"))).to.match(/^250 /);

    expect(await world.states(id)).to.deep.equal({ "bart@b.example": "bounced", "cris@c.example": "sent" });
    const forged = `news-bounces+${makeToken({ purpose: "bounce", id: 1, secret: Buffer.alloc(16) })}@${domain}`;
    expect(await world.sends("", forged, report("failed", "5.1.1"))).to.match(/^550 5\.1\.1 /);
  });
});

function report(action: string, status: string): string {
  return [
    "From: MAILER-DAEMON@mx.b.example",
    "Subject: Undelivered Mail",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "Sorry.",
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.b.example",
    "",
    "Final-Recipient: rfc822; bart@b.example",
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} gone`,
    "",
    "--b--",
    "",
  ].join("\r\n");
}
