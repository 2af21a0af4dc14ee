/** kill -9 in the minute in which many sends are due: each is sent once all the same. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../server/store/store.ts";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import { ServerProcess } from "../support/server-process.ts";
import { SmtpSink } from "../support/smtp-sink.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";
import { address, domain } from "../support/world.ts";
import { givenSchedule } from "../schedules/given-schedule.ts";

const sends = 40;

describe("a server that is killed while sends are due", () => {
  it("sends each of them once, neither none nor twice", async () => {
    const folder = await temporaryFolder();
    const sink = await SmtpSink.start();
    const [config, database] = [join(folder.path, "config.json"), join(folder.path, "kairan.db")];
    await writeFile(
      config,
      JSON.stringify({
        hostname: domain,
        database: "kairan.db",
        smtp: { listen: "127.0.0.1:0" },
        web: { listen: "127.0.0.1:0" },
        outbound: { relay: { host: "127.0.0.1", port: sink.port, tls: "none" }, connections: 2 },
      }),
    );
    await reserveAll(database);

    for (const copies of [1, 15]) {
      const server = await ServerProcess.start(config);
      await sink.until(() => sink.copies.length >= copies);
      await server.kill();
    }
    const last = await ServerProcess.start(config);
    const store = await openStore(database);
    const sent = async (): Promise<readonly string[]> =>
      (await store.posts.page({ limit: sends * 2 })).map(({ subject }) => subject).toSorted();
    await until(async () => (await store.schedules.nextAt()) === undefined);
    const expected = Array.from({ length: sends }, (_, n) => subjectOf(n)).toSorted();
    expect(await sent()).to.deep.equal(expected);
    await sink.until(() =>
      expected.every((subject) => sink.copies.some(({ text }) => text.includes(`Subject: ${subject}`))),
    );
    await store.close();
    expect(await last.stop()).to.equal(0);
    await sink.stop();
    await folder.remove();
  });
});

const subjectOf = (number: number): string => `Send ${String(number).padStart(3, "0")}.`;

/** Each in a minute, and that minute is over. */
async function reserveAll(database: string): Promise<void> {
  const store = await openStore(database);
  const now = Date.now() - 3_600_000;
  const list = await store.lists.create({ ...defaultSettings, title: "News", name: "news", domain, createdAt: now });
  if (list === undefined) throw new Error("there is such a list");
  await store.members.save(list.id, [{ address: address("bart@b.example"), name: "", attributes: {} }], now);
  await store.senders.add(list.id, { addresses: [address("anne@north.example")], name: "" }, now);
  const login = { username: "olivia", address: address("olivia@o.example"), passwordHash: undefined, isOwner: true };
  const account = await store.accounts.add({ ...login, listIds: [] }, now);
  const at = new Date(now + 9 * 3_600_000 + 60_000).toISOString().slice(0, 19);
  for (let number = 0; number < sends; number++) {
    const content = { subject: subjectOf(number) };
    await givenSchedule(store, { list, rule: { kind: "once", at }, now, accountId: account?.id ?? 0, content });
  }
  await store.close();
}
