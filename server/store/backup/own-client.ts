/** A connection of its own to PostgreSQL for one long transaction, planned as PostgreSQL does by itself: it reads whole tables. */
import pg from "pg";
import { numberTypes } from "../database/postgres-dialect.ts";

/** `begin` opens the transaction; it is committed when `work` is done, and rolled back when that fails. */
export async function inTransaction<T>(
  url: string,
  begin: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, types: numberTypes, keepAlive: true });
  // A connection that breaks is told of by the next statement.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } finally {
    // Without a COMMIT that was answered, the end of the connection takes everything back.
    await client.end();
  }
}
