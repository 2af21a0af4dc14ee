/** kill -9 while mail comes in and copies go out: nothing accepted is lost, and only what was in flight may come twice. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import { openStore } from "../../server/store/store.ts";
import { ServerProcess } from "../support/server-process.ts";
import { SmtpClient } from "../support/smtp-client.ts";
import { SmtpSink } from "../support/smtp-sink.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { address, domain } from "../support/world.ts";

const members = Array.from({ length: 20 }, (_, n) => `m${n}@many.example`);
const connections = 4;

type Offer = { readonly number: number; accepted: boolean };

/** How many copies of each offer each member has; every copy is read once, since there are thousands. */
class Arrivals {
  readonly #sink: SmtpSink;
  readonly #counts = new Map<string, number>();
  #read = 0;

  constructor(sink: SmtpSink) {
    this.#sink = sink;
  }

  of(offer: Offer, member: string): number {
    for (; this.#read < this.#sink.copies.length; this.#read++) {
      const copy = this.#sink.copies[this.#read];
      const key = `${/^post (\d+) end/m.exec(copy?.text.toString() ?? "")?.[1]} ${copy?.rcptTo}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    return this.#counts.get(`${offer.number} ${member}`) ?? 0;
  }
}

describe("a server that is killed", () => {
  it("loses nothing that it accepted and doubles no more than was in flight", async function () {
    this.timeout(300_000);
    const folder = await temporaryFolder();
    const sink = await SmtpSink.start();
    const config = join(folder.path, "config.json");
    await writeConfig(config, sink.port);
    await makeList(join(folder.path, "kairan.db"));
    const offers: Offer[] = [];
    const arrivals = new Arrivals(sink);

    let kills = 0;
    for (const copiesBeforeKill of [1, 60, 150, 260]) {
      const server = await ServerProcess.start(config);
      const posting = keepPosting(server, offers);
      await sink.until(() => sink.copies.length >= copiesBeforeKill);
      await server.kill();
      kills++;
      await posting;
    }
    const last = await ServerProcess.start(config);
    for (const offer of offers.filter((one) => !one.accepted)) await post(last, offer);
    await sink.until(() => offers.every((offer) => members.every((member) => arrivals.of(offer, member) > 0)));
    const status = await last.stop();

    const doubled = offers
      .flatMap((offer) => members.map((member) => arrivals.of(offer, member) - 1))
      .reduce((sum, more) => sum + more, 0);
    expect(doubled).to.be.at.most(kills * (connections + 100));
    expect(status).to.equal(0);
    const ids = Map.groupBy(sink.copies, (copy) => copy.mailFrom);
    for (const copies of ids.values()) expect(new Set(copies.map((copy) => messageId(copy.text))).size).to.equal(1);
    await sink.stop();
    await folder.remove();
  });
});

/** Offers new posts one after the other until the server is gone. */
async function keepPosting(server: ServerProcess, offers: Offer[]): Promise<void> {
  for (let alive = true; alive;) {
    const offer: Offer = { number: offers.length, accepted: false };
    offers.push(offer);
    alive = await post(server, offer);
  }
}

async function post(server: ServerProcess, offer: Offer): Promise<boolean> {
  const client = await SmtpClient.open(server.smtp);
  await client.say("EHLO client.example");
  const message = `From: anne@north.example\r\nMessage-ID: <${offer.number}@north.example>\r\nSubject: post ${offer.number}\r\n\r\npost ${offer.number} end\r\n`;
  const reply = await client.send({ from: "anne@north.example", to: [`news@${domain}`], message });
  client.cut();
  offer.accepted ||= reply.startsWith("250 ");
  return reply !== "";
}

function messageId(text: Buffer): string | undefined {
  return /^Message-ID: *(.*)$/im.exec(text.toString("latin1"))?.[1];
}

async function writeConfig(file: string, sinkPort: number): Promise<void> {
  const config = {
    hostname: domain,
    database: "kairan.db",
    smtp: { listen: "127.0.0.1:0" },
    web: { listen: "127.0.0.1:0" },
    outbound: { relay: { host: "127.0.0.1", port: sinkPort, tls: "none" }, connections, retry: ["1s", "1s", "1s"] },
  };
  await writeFile(file, JSON.stringify(config));
}

async function makeList(database: string): Promise<void> {
  const store = await openStore(database);
  const list = await store.lists.create({
    ...defaultSettings,
    title: "News",
    name: "news",
    domain,
    createdAt: Date.now(),
  });
  await store.members.save(
    list?.id ?? 0,
    members.map((member) => ({ address: address(member), name: "", attributes: {} })),
    Date.now(),
  );
  await store.senders.add(list?.id ?? 0, { addresses: [address("anne@north.example")], name: "" }, Date.now());
  await store.close();
}
