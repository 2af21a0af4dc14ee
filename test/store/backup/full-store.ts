/** A store with something of everything, and what stands in a database, to be compared whole. */
import BetterSqlite3 from "better-sqlite3";
import type pg from "pg";
import { kindOf } from "../../../server/store/database/database.ts";
import { carriedTables, postgresTables, sqliteTables } from "../../../server/store/backup/catalogue.ts";
import { inTransaction } from "../../../server/store/backup/own-client.ts";
import { recordOutcomes } from "../../../server/store/deliveries/outcomes.ts";
import type { Store } from "../../../server/store/store.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, later, outcome } from "../given.ts";

export const odd = "名簿 “odd” \\ ' \" \t \u{1f600} é\u0301 \u202e";

/** Copies in every state, a body of several pieces, a bounce with its report, odd characters, a login. */
export async function givenEverything(store: Store): Promise<void> {
  const list = await givenList(store, "news", { title: odd, prefix: "[%n]" });
  await givenMembers(store, list, ["anne", "bart", "cris", "dora", "emil", "fred", "gina"]);
  await store.members.save(
    list.id,
    [{ address: address("odd..one.@docomo.example"), name: odd, attributes: { [odd]: odd } }],
    later - 1,
  );
  await store.senders.add(list.id, { addresses: [address("sender"), address("other")], name: odd }, later);
  const account = {
    username: "hana",
    address: address("hana"),
    passwordHash: "hash",
    isOwner: true,
    listIds: [list.id],
  };
  const added = await store.accounts.add(account, later);
  await store.accounts.makeLink(added?.id ?? 0, later + 1000);
  await store.sessions.put("a session's id", { accountId: added?.id, content: "{}", expiresAt: later + 1000 });
  const bytes = Buffer.alloc(700_000, Buffer.from(Array.from({ length: 256 }, (_, n) => n)));
  const large = { fingerprint: "large", body: { bytes }, size: bytes.length, subject: odd };
  await expand(store, await givenPost(store, list, large));
  const [anne, bart, cris, dora, ...others] = await claim(store, 6);
  if (anne === undefined || bart === undefined || cris === undefined || dora === undefined) throw new Error("four");
  await recordOutcomes(store.database, [
    outcome(anne, "sent", { reply: `250 ${odd}` }),
    outcome(bart, "sent"),
    outcome(cris, "deferred", { reply: "451 later" }),
    outcome(dora, "failed", { reply: "550 5.1.1 nobody", nobodyThere: true }),
  ]);
  if (others.length !== 2) throw new Error("two are on their way");
  await store.bounces.record({
    deliveryId: bart.id,
    permanence: "permanent",
    status: "5.1.1",
    diagnostic: odd,
    report: Buffer.from([0, 255, 10, 13]),
    receivedAt: later,
  });
  await givenPost(store, list, { fingerprint: "not begun" });
  await givenPost(store, list, { fingerprint: "far ahead", post: { startsAt: 4e12 } });
  const said = { client: "192.0.2.1", mailFrom: "", author: odd, subject: odd, reason: "not-a-sender", reply: "550" };
  await store.refusals.record({ ...said, listId: list.id, at: later });
}

/** Table -> rows, in an order that is the same in both databases; `server_state` aside, in which a backup leaves its mark. */
export async function contentOf(location: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const content =
    kindOf(location) === "sqlite"
      ? sqliteContent(location)
      : await inTransaction(location, "BEGIN READ ONLY", postgresContent);
  content.delete("server_state");
  return content;
}

function sqliteContent(file: string): Map<string, readonly string[]> {
  const db = new BetterSqlite3(file, { readonly: true });
  const content = new Map<string, readonly string[]>();
  for (const { name, columns } of carriedTables(sqliteTables(db)))
    content.set(name, lines(db.prepare(`SELECT ${columns.map((one) => `"${one.name}"`).join()} FROM "${name}"`).all()));
  db.close();
  return content;
}

async function postgresContent(client: pg.Client): Promise<Map<string, readonly string[]>> {
  const content = new Map<string, readonly string[]>();
  for (const { name, columns } of carriedTables(await postgresTables(client))) {
    const { rows } = await client.query(`SELECT ${columns.map((one) => `"${one.name}"`).join()} FROM "${name}"`);
    content.set(name, lines(rows));
  }
  return content;
}

/** Of octets their hexadecimal digits. */
function lines(rows: readonly unknown[]): readonly string[] {
  return rows
    .map((row) =>
      JSON.stringify(row, (_, value: unknown) =>
        typeof value === "object" && value !== null && "type" in value && value.type === "Buffer" && "data" in value
          ? Buffer.from(value.data as number[]).toString("hex")
          : value,
      ),
    )
    .toSorted();
}
