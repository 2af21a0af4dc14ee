/** Tells the server that another process (the command line) has changed the database. */
import { sql } from "kysely";
import pg from "pg";
import type { Database } from "./database.ts";

export interface ChangeFeed {
  close(): Promise<void>;
}

const pollMs = 300;
const channel = "kairan_changed";

export async function watchChanges(database: Database, changed: () => void): Promise<ChangeFeed> {
  return database.kind === "postgres" ? listen(database.location, changed) : poll(database, changed);
}

/** Called by short-lived processes after their changes; SQLite needs no word, its data_version moves by itself. */
export async function announceChange(database: Database): Promise<void> {
  if (database.kind === "postgres") await sql`SELECT pg_notify(${channel}, '')`.execute(database.reader);
}

/** `data_version` of our writing connection moves with every commit but its own, and costs microseconds to ask. */
function poll(database: Database, changed: () => void): ChangeFeed {
  let known: number | undefined;
  const ask = async (): Promise<void> => {
    const { rows } = await sql<{ data_version: number }>`PRAGMA data_version`.execute(database.outsideTransactions);
    const version = rows[0]?.data_version;
    if (known !== undefined && version !== known) changed();
    known = version;
  };
  let asking = ask();
  const timer = setInterval(() => void (asking = asking.then(ask).catch(() => undefined)), pollMs);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      await asking;
    },
  };
}

async function listen(url: string, changed: () => void): Promise<ChangeFeed> {
  let closed = false;
  let client: pg.Client | undefined;
  const connect = async (): Promise<void> => {
    client = new pg.Client({ connectionString: url, keepAlive: true });
    client.on("notification", changed);
    client.on("error", () => undefined);
    client.on("end", () =>
      setTimeout(() => (closed ? undefined : void connect().catch(() => undefined)), pollMs).unref(),
    );
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    changed();
  };
  await connect();
  return {
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
