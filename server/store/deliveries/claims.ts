/**
 * The queue takes deliveries in batches. First tries come in the order of `rank`: a post's n-th copy has the rank at which
 * the queue stood when the post began, plus n, so several posts advance side by side and a small one never waits
 * behind a large one (start-time fair queueing). Retries that are due take up to half of a batch.
 * Whether the member still receives and the post still runs is read here, at each claim.
 */
import { sql } from "kysely";
import type { CancelReason, DeliveryState } from "../../lists/delivery.ts";
import type { Language } from "../../lists/mailing-list.ts";
import type { MemberStatus } from "../../lists/member.ts";
import type { Database, Write } from "../database/database.ts";
import { copyOf } from "../people/former-persons.ts";
import { handOver } from "./hand-over.ts";
import { loseFamilies } from "../answers/lost-families.ts";
import { rowsOf } from "../database/rows.ts";
import { addMoves } from "../posts/tallies.ts";

/** A delivery that is now `sending`, with all that its copy needs. */
export type Claim = {
  readonly id: number;
  readonly postId: number | null;
  readonly messageId: number;
  readonly listId: number;
  readonly attempts: number;
  readonly secret: Buffer;
  /** The member's address as it was when the post was accepted; of a notice, its recipient. */
  readonly address: string;
  readonly name: string;
  readonly language: Language | undefined;
  readonly membershipId: number | null;
  readonly membershipSecret: Buffer | null;
  /** Of the member as the version shows them, as JSON: only copies with placeholders read it. */
  readonly attributes: string;
  /** The delivery whose reader confirms and answers: this one; of a reminder, the one that it reminds of. */
  readonly asked: { readonly id: number; readonly secret: Buffer };
};

type Candidate = {
  id: number;
  post_id: number | null;
  message_id: number;
  list_id: number;
  attempts: number;
  secret: Buffer;
  state: DeliveryState;
  rcpt_to: string | null;
  stopped_at: number | null;
  list_deleted_at: number | null;
  membership_id: number | null;
  status: MemberStatus | null;
  membership_secret: Buffer | null;
  address: string | null;
  name: string | null;
  attributes: string | null;
  language: Language | null;
  asked_id: number | null;
  asked_secret: Buffer | null;
};

/** Takes up to `limit` deliveries that are due; those that must not leave any more become cancelled. Empty: nothing is due. */
export async function claimDeliveries(
  database: Database,
  batch: { readonly limit: number; readonly now: number },
): Promise<readonly Claim[]> {
  for (;;) {
    const { looked, claims } = await claimBatch(database, batch);
    if (looked === 0 || claims.length > 0) return claims;
  }
}

async function claimBatch(
  database: Database,
  { limit, now }: { readonly limit: number; readonly now: number },
): Promise<{ readonly looked: number; readonly claims: readonly Claim[] }> {
  return database.write(async (write) => {
    const retries = await candidates(write, database, {
      limit: Math.ceil(limit / 2),
      due: sql`d.state = 'deferred' AND d.due_at <= ${now} ORDER BY d.due_at`,
    });
    const firsts = await candidates(write, database, {
      limit: limit - retries.length,
      due: sql`d.state = 'pending' ORDER BY d.rank`,
    });
    const looked = [...retries, ...firsts].map((row) => ({ ...row, reason: cancelReason(row) }));
    const ended = looked.filter((row) => row.reason !== undefined).map((row) => row.id);
    const handed = await handOver(write, database, ended);
    const found = looked.filter((row) => !handed.has(row.id));
    await loseFamilies(
      write,
      database.kind,
      ended.filter((id) => !handed.has(id)),
    );
    await move(write, database, found);
    return { looked: looked.length, claims: found.filter((row) => row.reason === undefined).map(toClaim) };
  });
}

async function move(
  write: Write,
  database: Database,
  found: readonly (Candidate & { readonly reason: CancelReason | undefined })[],
): Promise<void> {
  if (found.length === 0) return;
  const moved = found.map((row) => ({
    id: row.id,
    state: row.reason === undefined ? "sending" : "cancelled",
    reason: row.reason,
  }));
  const from = rowsOf(database.kind, { alias: "n", columns: { id: "int", state: "text", reason: "text" } }, moved);
  await sql`UPDATE delivery SET state = n.state, reason = n.reason FROM ${from} WHERE delivery.id = n.id`.execute(
    write,
  );
  await addMoves(
    write,
    database.kind,
    found.map((row) => ({
      postId: row.post_id,
      from: row.state,
      to: row.reason === undefined ? "sending" : "cancelled",
    })),
  );
}

/** Whether anything is due, and when the next retry is: what the queue sleeps by. */
export async function nextRetryAt(database: Database): Promise<number | undefined> {
  const row = await database.reader
    .selectFrom("delivery")
    .select((each) => each.fn.min("due_at").as("at"))
    .where("state", "=", "deferred")
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** After a crash: what was on its way may or may not have left, and is tried again. Called at start, before any claim. */
export async function releaseClaims(database: Database): Promise<number> {
  return database.write(async (write) => {
    const { rows } = await sql<{ post_id: number | null }>`
      UPDATE delivery SET state = 'pending' WHERE state = 'sending' RETURNING post_id`.execute(write);
    await addMoves(
      write,
      database.kind,
      rows.map((row) => ({ postId: row.post_id, from: "sending", to: "pending" })),
    );
    return rows.length;
  });
}

async function candidates(
  write: Write,
  database: Database,
  { limit, due }: { readonly limit: number; readonly due: ReturnType<typeof sql> },
): Promise<readonly Candidate[]> {
  if (limit <= 0) return [];
  const firstCopy = copyOf({ message: sql`first.message_id`, membership: sql`m.id`, person: sql`d.person_id` });
  const { rows } = await sql<Candidate>`
    SELECT d.id, d.post_id, d.message_id, d.list_id, d.attempts, d.secret, d.state, d.rcpt_to, p.stopped_at, list.deleted_at AS list_deleted_at,
      m.id AS membership_id, m.status, m.secret AS membership_secret, v.address, v.name, v.attributes, person.language,
      asked.id AS asked_id, asked.secret AS asked_secret
    FROM delivery AS d
    LEFT JOIN membership_version AS v ON v.id = d.version_id
    LEFT JOIN membership AS m ON m.id = v.membership_id
    LEFT JOIN person ON person.id = d.person_id
    LEFT JOIN post AS p ON p.id = d.post_id
    LEFT JOIN post AS first ON first.id = p.reminds
    LEFT JOIN delivery AS asked ON asked.id = CASE WHEN first.id IS NULL THEN NULL ELSE ${firstCopy} END
    LEFT JOIN list ON list.id = d.list_id
    WHERE ${due} LIMIT ${limit} ${database.kind === "postgres" ? sql`FOR UPDATE OF d SKIP LOCKED` : sql``}`.execute(
    write,
  );
  return rows;
}

function cancelReason(row: Candidate): CancelReason | undefined {
  if (row.post_id === null) return undefined;
  if (row.stopped_at !== null || row.list_deleted_at !== null) return "stopped";
  if (row.status === null) return "removed";
  if (row.status === "active") return undefined;
  return row.status === "waiting" ? "left" : row.status;
}

/** A row as either query gives it. */
export function toClaim(row: Omit<Candidate, "state" | "stopped_at" | "list_deleted_at" | "status">): Claim {
  return {
    id: row.id,
    postId: row.post_id,
    messageId: row.message_id,
    listId: row.list_id,
    attempts: row.attempts,
    secret: row.secret,
    address: row.rcpt_to ?? row.address ?? "",
    name: row.name ?? "",
    language: row.language ?? undefined,
    membershipId: row.membership_id,
    membershipSecret: row.membership_secret,
    attributes: row.attributes ?? "{}",
    asked: { id: row.asked_id ?? row.id, secret: row.asked_secret ?? row.secret },
  };
}
