/** What the server itself keeps: secrets made at the first start, and when it last came up. */
import { randomBytes } from "node:crypto";
import type { Database } from "./database.ts";

/** The secret of this name in hexadecimal (256 bits); made when it is first asked for. */
export async function serverSecret(database: Database, name: string): Promise<string> {
  return database.write(async (write) => {
    const fresh = { name: `secret.${name}`, value: randomBytes(32).toString("hex") };
    await write
      .insertInto("setting")
      .values(fresh)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = await write
      .selectFrom("setting")
      .select("value")
      .where("name", "=", fresh.name)
      .executeTakeFirstOrThrow();
    return kept.value;
  });
}
