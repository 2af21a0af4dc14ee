/** Messages of many megabytes: streamed in, whole in every copy, gone without a trace when their client breaks off. */
import { createHash, randomBytes } from "node:crypto";
import { expect } from "chai";
import { until } from "../support/until.ts";
import { World, domain, postId } from "../support/world.ts";

describe("a large message", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ smtp: { maxMessageBytes: 12_000_000 } });
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
  });
  afterEach(() => world.close());

  it("reaches everybody with its attachment as it was", async () => {
    const attachment = randomBytes(7_000_000);

    const id = postId(await world.sends("anne@north.example", "news", withAttachment(attachment)));
    await world.quiet(id);

    for (const copy of world.sink.copies) expect(digest(attachmentOf(copy.text))).to.equal(digest(attachment));
    expect(world.sink.copies).to.have.lengthOf(2);
    expect(world.sink.violations).to.deep.equal([]);
  });

  it("over the limit is refused after DATA, and nothing of it is kept", async () => {
    const reply = await world.sends("anne@north.example", "news", withAttachment(randomBytes(9_500_000)));

    expect(reply).to.match(/^552 5\.3\.4 /);
    expect(await keptPieces(world)).to.equal(0);
  });

  it("over the limit is refused at MAIL when the client says its size", async () => {
    const client = await world.connect();
    await client.say("EHLO client.example");

    expect(await client.say("MAIL FROM:<anne@north.example> SIZE=12000001")).to.match(/^552 5\.3\.4 /);
    await client.quit();
  });

  it("leaves nothing behind when the client breaks off in the middle", async () => {
    const client = await world.connect();
    for (const line of ["EHLO client.example", "MAIL FROM:<anne@north.example>", `RCPT TO:<news@${domain}>`, "DATA"])
      await client.say(line);
    client.raw(withAttachment(randomBytes(3_000_000)).slice(0, 3_000_000));
    await until(async () => (await keptPieces(world)) > 2);
    client.cut();

    await until(async () => (await keptPieces(world)) === 0);
    expect(await world.app.store.posts.page({ limit: 1 })).to.deep.equal([]);
  });
});

function withAttachment(octets: Buffer): string {
  const base64 = octets.toString("base64").replace(/.{76}/g, "$&\r\n");
  return [
    "From: anne@north.example",
    "Subject: plan",
    "Message-ID: <plan@north.example>",
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    "see the plan",
    "--b",
    "Content-Type: application/octet-stream",
    "Content-Transfer-Encoding: base64",
    "Content-Disposition: attachment; filename=plan.bin",
    "",
    base64,
    "--b--",
    "",
  ].join("\r\n");
}

function attachmentOf(copy: Buffer): Buffer {
  const text = copy.toString("latin1");
  const start = text.indexOf("\r\n\r\n", text.indexOf("filename=plan.bin")) + 4;
  return Buffer.from(text.slice(start, text.indexOf("\r\n--", start)), "base64");
}

function digest(octets: Buffer): string {
  return createHash("sha256").update(octets).digest("hex");
}

async function keptPieces(world: World): Promise<number> {
  const rows = await world.app.store.database.reader.selectFrom("message_chunk").select("seq").execute();
  return rows.length;
}
