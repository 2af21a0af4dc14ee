/** Where a key is configured for a list's domain, whoever gets a copy can see that it is the list's (DKIM). */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { verifyDkim } from "../mail/verify-dkim.ts";
import type { SunkCopy } from "../support/sink-script.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { domain, postId, World, type WorldOptions } from "../support/world.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed25519 = generateKeyPairSync("ed25519");
const publicKeys = { "rsa-1": rsa.publicKey, "ed-1": ed25519.publicKey };
const bothPass = ["rsa-1 pass", "ed-1 pass"];

const verdicts = (copy: SunkCopy | undefined): readonly string[] =>
  copy === undefined ? [] : verifyDkim(copy.text, publicKeys).map(({ selector, verdict }) => `${selector} ${verdict}`);

describe("a list whose domain has keys", () => {
  let folder: TemporaryFolder;
  let world: World;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await world.close();
    await folder.remove();
  });

  async function keyOf(selector: string, privateKey: KeyObject, keyDomain = domain): Promise<object> {
    const keyFile = join(folder.path, `${selector}.pem`);
    await writeFile(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
    return { domain: keyDomain, selector, keyFile };
  }

  async function openWorld(options: WorldOptions = {}): Promise<void> {
    const dkim = [await keyOf("rsa-1", rsa.privateKey), await keyOf("ed-1", ed25519.privateKey)];
    world = await World.open({ ...options, dkim });
  }

  it("signs every member's copy with each of them, as the member's server sees it", async () => {
    await openWorld();
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });

    const text = ".\r\n..two\r\n\t tabs \t and blanks  \r\n\r\n水道  \r\n\r\n\r\n";
    await world.quiet(postId(await world.posts("anne@north.example", "news", { text, subject: "Water  at  nine" })));

    expect(world.sink.copies).to.have.lengthOf(2);
    for (const copy of world.sink.copies) expect(verdicts(copy), copy.rcptTo).to.deep.equal(bothPass);
    const [ofBart, ofCris] = world.sink.copies.map((copy) => verifyDkim(copy.text, publicKeys)[0]?.tags.get("b"));
    expect(ofBart).not.to.equal(ofCris);
  });

  it("signs what a server without 8-bit mail is given", async () => {
    await openWorld({ sink: { offers: ["PIPELINING"] } });
    await world.list("news", { members: ["bart@b.example"] });

    const headers = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"];
    await world.quiet(postId(await world.posts("anne@north.example", "news", { text: "断水\r\n", headers })));

    const [copy] = world.inbox("bart@b.example");
    expect(copy?.text.toString("latin1")).to.match(/^[\0-\x7f]*$/);
    expect(verdicts(copy)).to.deep.equal(bothPass);
  });

  it("signs a later attempt with its own time", async () => {
    await openWorld({
      sink: { recipients: { "bart@b.example": ["451 4.2.1 come back"] } },
      outbound: { retry: ["45s"] },
    });
    await world.list("news", { members: ["bart@b.example"] });
    await world.quiet(postId(await world.posts("anne@north.example", "news")));

    const before = Math.floor(world.clock.now() / 1000);
    world.clock.passes("45s");
    await world.sink.until((sink) => sink.copiesFor("bart@b.example").length === 1);

    const [copy] = world.inbox("bart@b.example");
    expect(verdicts(copy)).to.deep.equal(bothPass);
    const [signature] = verifyDkim(copy?.text ?? Buffer.alloc(0), publicKeys);
    expect(Number(signature?.tags.get("t"))).to.be.at.least(before + 45);
  });

  it("signs the server's own notices for it", async () => {
    await openWorld();
    await world.list("news", { members: ["bart@b.example"] });
    await world.list("club", { senders: ["dora@d.example"] });

    await world.posts("anne@north.example", ["news", "club"]);
    await world.sink.until((sink) => sink.copiesFor("anne@north.example").length === 1);

    expect(verdicts(world.inbox("anne@north.example")[0])).to.deep.equal(bothPass);
  });

  it("is not signed for with another domain's key", async () => {
    world = await World.open({ dkim: [await keyOf("rsa-1", rsa.privateKey, "example.org")] });
    await world.list("news", { members: ["bart@b.example"] });

    await world.quiet(postId(await world.posts("anne@north.example", "news")));

    expect(world.inbox("bart@b.example")[0]?.text.toString()).to.match(/^From:/);
  });
});
