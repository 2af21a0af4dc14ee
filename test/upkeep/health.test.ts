import { expect } from "chai";
import { sql } from "kysely";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { checkConfig } from "../../server/config.ts";
import type { Log } from "../../server/log.ts";
import { silentLog } from "../../server/log.ts";
import { lastBackupKey } from "../../server/store/database/server-state.ts";
import { openStore } from "../../server/store/store.ts";
import type { Store } from "../../server/store/store.ts";
import { Health } from "../../server/upkeep/health.ts";
import { OutcomeWatch } from "../../server/upkeep/outcome-watch.ts";
import { laidOut } from "../support/laid-out.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { TestClock } from "../support/test-clock.ts";
import { testCertificate } from "../support/test-certificate.ts";

const ended = Date.parse("2126-10-30T06:26:36Z");

describe("the server's health", () => {
  let folder: TemporaryFolder;
  let store: Store;
  let clock: TestClock;
  let told: string[];
  let outcomes: OutcomeWatch;

  beforeEach(async () => {
    folder = await temporaryFolder();
    store = await openStore(await laidOut(join(folder.path, "kairan.db")));
    clock = new TestClock();
    told = [];
    outcomes = new OutcomeWatch(clock.now());
  });
  afterEach(async () => {
    await store.close();
    await folder.remove();
  });

  const health = (changes: object = {}): Health => {
    const config = checkConfig(
      { hostname: "lists.example.org", outbound: { via: "outbox" }, database: store.database.location, ...changes },
      { file: "test", folder: folder.path, trial: false },
    );
    const log: Log = { ...silentLog, warn: (event) => void told.push(event) };
    return new Health({ store, config, clock, log, outcomes });
  };
  const kinds = async (of: Health) => (await of.check()).filter(({ kind }) => kind !== "disk").map(({ kind }) => kind);
  const deferred = (id: number) =>
    ({ id, postId: 1, state: "deferred", reply: "535 no", host: "", at: clock.now(), dueAt: 0 }) as const;

  it("is good on a new server", async () => {
    expect(await kinds(health())).to.deep.equal([]);
  });

  it("tells of a certificate that is about to end, and that it is over", async () => {
    const file = join(folder.path, "cert.pem");
    await writeFile(file, testCertificate);
    const of = health({ smtp: { tls: { cert: file, key: file } }, web: { tls: { cert: file, key: file } } });
    expect(await kinds(of)).to.deep.equal([]);
    while (ended - clock.now() > 86_400_000) clock.passes("1d");
    const about = (await of.check()).filter(({ kind }) => kind === "certificate");
    expect(about).to.deep.equal(
      (["smtp", "web"] as const).map((listener) => ({ kind: "certificate", listener, endsAt: ended, isOver: false })),
    );
    clock.passes("2d");
    expect((await of.check()).find(({ kind }) => kind === "certificate")).to.include({ isOver: true });
  });

  it("keeps quiet about a certificate that cannot be read at the moment", async () => {
    expect(await kinds(health({ smtp: { tls: { cert: "missing.pem", key: "missing.pem" } } }))).to.deep.equal([]);
  });

  it("tells of a missing backup once somebody has been there for a week", async () => {
    const of = health();
    clock.passes("30d");
    expect(await kinds(of)).to.deep.equal([]);
    const somebody = { address: { local: "anne", domain: "example.org" }, username: "anne", passwordHash: undefined };
    await store.accounts.add({ ...somebody, isOwner: true, listIds: [] }, clock.now());
    clock.passes("8d");
    expect(await of.check()).to.deep.include({ kind: "backup", lastAt: undefined });
    await store.database.write((write) =>
      write
        .insertInto("server_state")
        .values({ key: lastBackupKey, value: String(clock.now()) })
        .execute(),
    );
    clock.passes("1d");
    expect(await kinds(of)).to.deep.equal([]);
  });

  it("is looked at four times a minute at most", async () => {
    const of = health();
    await of.check();
    outcomes.note([deferred(1), deferred(2)]);
    expect(await kinds(of)).to.deep.equal([]);
    clock.passes("15s");
    expect(await kinds(of)).to.deep.equal(["queue-refused"]);
  });

  it("is told to the log once, and again when trouble comes back", async () => {
    const of = health();
    const look = async (): Promise<void> => {
      clock.passes("1m");
      await of.check();
    };
    outcomes.note([deferred(1), deferred(2)]);
    await look();
    await look();
    const refused = (): number => told.filter((event) => event.includes("queue-refused")).length;
    expect(refused()).to.equal(1);
    outcomes.note([{ ...deferred(1), state: "sent", reply: "250 ok" }]);
    await look();
    outcomes.note([deferred(3), deferred(4)]);
    await look();
    expect(refused()).to.equal(2);
  });

  it("is asked again after trouble with the asking itself", async () => {
    const of = health();
    const rename = (from: string, to: string) =>
      sql`ALTER TABLE ${sql.table(from)} RENAME TO ${sql.table(to)}`.execute(store.database.outsideTransactions);
    await rename("server_state", "elsewhere");
    expect(await of.check().catch(() => "trouble")).to.equal("trouble");
    await rename("elsewhere", "server_state");
    expect(await kinds(of)).to.deep.equal([]);
  });
});
