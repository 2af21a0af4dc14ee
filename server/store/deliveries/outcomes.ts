/** What became of attempts, recorded in groups: one statement and one commit for up to some hundred copies. */
import { sql } from "kysely";
import type { CancelReason, DeliveryState } from "../../lists/delivery.ts";
import type { Database, Write } from "../database/database.ts";
import { countBounces } from "../members/bounce-days.ts";
import { handOver } from "./hand-over.ts";
import { loseFamilies } from "../answers/lost-families.ts";
import { rowsOf } from "../database/rows.ts";
import { addMoves } from "../posts/tallies.ts";

export type RecordedOutcome = {
  readonly id: number;
  readonly postId: number | null;
  /** Where the delivery goes from `sending`; `pending` gives it back untried. */
  readonly state: "sent" | "deferred" | "failed" | "pending";
  readonly reply: string;
  readonly host: string;
  readonly at: number;
  /** When it is tried again, if deferred. */
  readonly dueAt: number;
  /** Whether it failed since the address has nobody: what counts against the member. */
  readonly nobodyThere?: boolean;
};

const columns = { id: "int", state: "text", reply: "text", host: "text", at: "int", due: "int" } as const;

/** Durable when it resolves. A delivery that is no longer `sending` keeps its state. */
export async function recordOutcomes(database: Database, outcomes: readonly RecordedOutcome[]): Promise<void> {
  const tried = outcomes.filter((outcome) => outcome.state !== "pending");
  const given = outcomes.filter((outcome) => outcome.state === "pending");
  await database.write(async (write) => {
    if (tried.length > 0) await recordTried(write, database, tried);
    if (given.length > 0) await giveBack(write, database, given);
  });
}

async function recordTried(write: Write, database: Database, tried: readonly RecordedOutcome[]): Promise<void> {
  const source = tried.map(({ id, state, reply, host, at, dueAt }) => ({ id, state, reply, host, at, due: dueAt }));
  const { rows } = await sql<{ id: number; post_id: number | null; state: DeliveryState }>`
    UPDATE delivery SET state = n.state, reply = n.reply, host = n.host, attempts = attempts + 1, due_at = n.due,
      first_attempt_at = coalesce(first_attempt_at, n.at), last_attempt_at = n.at,
      sent_at = CASE WHEN n.state = 'sent' THEN n.at ELSE sent_at END
    FROM ${rowsOf(database.kind, { alias: "n", columns }, source)}
    WHERE delivery.id = n.id AND delivery.state = 'sending' RETURNING delivery.id, delivery.post_id, delivery.state`.execute(
    write,
  );
  await addMoves(
    write,
    database.kind,
    rows.map((row) => ({ postId: row.post_id, from: "sending", to: row.state })),
  );
  const dead = tried.filter((outcome) => outcome.nobodyThere === true);
  if (dead.length === 0) return;
  const recorded = new Set(rows.map((row) => row.id));
  await countBounces(
    write,
    database.kind,
    dead.filter(({ id }) => recorded.has(id)).map(({ id, at }) => ({ delivery: id, at })),
  );
}

async function giveBack(write: Write, database: Database, given: readonly RecordedOutcome[]): Promise<void> {
  const from = rowsOf(
    database.kind,
    { alias: "n", columns: { id: "int" } },
    given.map(({ id }) => ({ id })),
  );
  const { rows } = await sql<{ post_id: number | null; state: DeliveryState }>`
    UPDATE delivery SET state = CASE WHEN attempts > 0 THEN 'deferred' ELSE 'pending' END
    FROM ${from} WHERE delivery.id = n.id AND delivery.state = 'sending' RETURNING delivery.post_id, delivery.state`.execute(
    write,
  );
  await addMoves(
    write,
    database.kind,
    rows.map((row) => ({ postId: row.post_id, from: "sending", to: row.state })),
  );
}

/** Ends up to `limit` of a post's waiting copies, or hands them to another post of the message; how many there were. */
export async function cancelWaiting(
  database: Database,
  { postId, reason, limit }: { readonly postId: number; readonly reason: CancelReason; readonly limit: number },
): Promise<number> {
  return database.write(async (write) => {
    const waiting = write
      .selectFrom("delivery")
      .select("id")
      .where("post_id", "=", postId)
      .where("state", "in", ["pending", "deferred"])
      .limit(limit);
    const rows = await (database.kind === "postgres" ? waiting.forUpdate().skipLocked() : waiting).execute();
    const handed = await handOver(
      write,
      database,
      rows.map((row) => row.id),
    );
    const ended = rows.filter((row) => !handed.has(row.id));
    await loseFamilies(
      write,
      database.kind,
      ended.map((row) => row.id),
    );
    await cancel(write, database, { ids: ended, postId, reason });
    return rows.length;
  });
}

async function cancel(
  write: Write,
  database: Database,
  {
    ids,
    postId,
    reason,
  }: { readonly ids: readonly { readonly id: number }[]; readonly postId: number; readonly reason: CancelReason },
): Promise<void> {
  for (const state of ["pending", "deferred"] as const) {
    const from = rowsOf(database.kind, { alias: "n", columns: { id: "int" } }, ids);
    const result = await sql`UPDATE delivery SET state = 'cancelled', reason = ${reason}
      FROM ${from} WHERE delivery.id = n.id AND delivery.state = ${state}`.execute(write);
    const count = Number(result.numAffectedRows ?? 0n);
    await addMoves(write, database.kind, [{ postId, from: state, to: "cancelled", count }]);
  }
}
