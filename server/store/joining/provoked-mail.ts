/** How much mail strangers made us send to whom: what keeps the server from being a weapon against somebody's mailbox. */
import { sql } from "kysely";
import { canonicalAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Database, Write } from "../database/database.ts";

/** Not while one of the kind went less than `gapMs` ago, nor when `perDay` went in the last 24 hours. */
export type Cap = { readonly kind: string; readonly gapMs: number; readonly perDay: number };

const dayMs = 86_400_000;
/** What lies further ahead was noted by a clock that was put right since; mails that come together are noted in any order. */
const slackMs = 60_000;

/** Whether one more mail may go to the address, and notes it when it may: within the transaction that queues the mail. */
export async function provoke(write: Write, address: Address, cap: Cap & { readonly now: number }): Promise<boolean> {
  if (!(await isWithinCap(write, address, cap))) return false;
  await write
    .insertInto("provoked_mail")
    .values({ canonical: canonicalAddress(address), kind: cap.kind, at: cap.now })
    .execute();
  return true;
}

/** Only looks: so that a flood costs no transactions. */
export async function couldProvoke(
  database: Database,
  address: Address,
  cap: Cap & { readonly now: number },
): Promise<boolean> {
  return isWithinCap(database.reader, address, cap);
}

async function isWithinCap(
  reader: Database["reader"] | Write,
  address: Address,
  { kind, gapMs, perDay, now }: Cap & { readonly now: number },
): Promise<boolean> {
  const recent = await reader
    .selectFrom("provoked_mail")
    .select("at")
    .where("canonical", "=", canonicalAddress(address))
    .where("kind", "=", kind)
    .where("at", ">", now - dayMs)
    .where("at", "<=", now + slackMs)
    .orderBy("at", "desc")
    .limit(perDay)
    .execute();
  return recent.length < perDay && (recent[0] === undefined || recent[0].at <= now - gapMs);
}

/** Forgets what no cap counts any more, a piece at a time. */
export async function sweepProvoked(database: Database, now: number): Promise<void> {
  for (let swept = 1n; swept > 0n;) {
    const result = await database.write((write) =>
      sql`DELETE FROM provoked_mail WHERE id IN (SELECT id FROM provoked_mail WHERE at <= ${now - dayMs} ORDER BY at LIMIT 1000)`.execute(
        write,
      ),
    );
    swept = result.numAffectedRows ?? 0n;
  }
}
