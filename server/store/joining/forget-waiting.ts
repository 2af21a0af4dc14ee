/**
 * Whoever asked to join and never confirmed, or was dismissed, is forgotten: a new person wholly, but for what knows their token
 * again; one who had left before is as they were. What is left of joinings that came to their end is forgotten, too.
 */
import { sql } from "kysely";
import type { Database, Kind, Write } from "../database/database.ts";
import { addMemberMoves } from "../members/member-tally.ts";
import { mergeMemberSearch } from "../search/merge-search.ts";
import { rowsOf } from "../database/rows.ts";
import { setStatuses } from "../members/save-members.ts";

/** Rows a transaction. */
const pieceRows = 100;
/** How long a settled request can be looked up. */
const settledMs = 90 * 86_400_000;
/** How long a forgotten request's token is still known again. */
const outlivedMs = 90 * 86_400_000;

type Waiting = {
  readonly id: number;
  readonly list_id: number;
  readonly person_id: number;
  readonly left_at: number | null;
};
type Forgetting = { readonly kind: Kind; readonly membershipIds: readonly number[]; readonly now: number };

/** Requests past their time, in pieces, with those who still wait for one of them. How many were forgotten. */
export async function expireJoinings(database: Database, now: number): Promise<number> {
  const { kind } = database;
  let forgotten = 0;
  for (;;) {
    const { found, ended } = await database.write(async (write) => {
      const { rows } = await sql<{ id: number; membership_id: number }>`SELECT id, membership_id FROM request
        WHERE done_at IS NULL AND expires_at <= ${now} AND kind = 'join' ORDER BY expires_at LIMIT ${pieceRows}`.execute(
        write,
      );
      await outlive(write, { kind, ids: rows.map(({ id }) => id), now });
      const membershipIds = rows.map(({ membership_id: id }) => id);
      return { found: rows.length, ended: await forgetWaiting(write, { kind, membershipIds, now }) };
    });
    forgotten += ended.length;
    if (found < pieceRows) break;
  }
  await sweepOutlived(database, now - outlivedMs);
  return forgotten;
}

/**
 * Requests that were settled long ago, with the addresses and answers in them; a membership keeps by itself how it came about. Who
 * still waits for an administrator keeps theirs.
 */
export async function forgetSettled(database: Database, now: number): Promise<void> {
  const { kind } = database;
  for (let found = pieceRows; found === pieceRows;)
    found = await database.write(async (write) => {
      const { rows } = await sql<{ id: number }>`SELECT id FROM request
        WHERE kind = 'join' AND done_at IS NOT NULL AND done_at <= ${now - settledMs} AND NOT EXISTS (
          SELECT 1 FROM membership WHERE membership.id = request.membership_id AND membership.status = 'waiting')
        ORDER BY done_at LIMIT ${pieceRows}`.execute(write);
      await outlive(write, { kind, ids: rows.map(({ id }) => id), now });
      return rows.length;
    });
}

/** The memberships of these that waited: set-wise, up to some hundreds. */
export async function forgetWaiting(
  write: Write,
  { kind, membershipIds, now }: Forgetting,
): Promise<readonly number[]> {
  if (membershipIds.length === 0) return [];
  const wanted = numbers(kind, membershipIds);
  const { rows } = await sql<Waiting>`
    SELECT m.id, m.list_id, m.person_id, m.left_at FROM ${wanted} JOIN membership AS m ON m.id = n.id
    WHERE m.status = 'waiting' ${kind === "postgres" ? sql`FOR UPDATE OF m` : sql``}`.execute(write);
  const open = await sql<{ id: number }>`SELECT request.id FROM ${numbers(
    kind,
    rows.map(({ id }) => id),
  )}
    JOIN request ON request.membership_id = n.id WHERE request.kind = 'join'`.execute(write);
  await outlive(write, { kind, ids: open.rows.map(({ id }) => id), now });
  const former = rows.filter((row) => row.left_at !== null);
  await setStatuses(write, { kind, now, rows: former.map(({ id }) => ({ membership: id, status: "left" })) });
  await removeNew(
    write,
    kind,
    rows.filter((row) => row.left_at === null),
  );
  return rows.map(({ id }) => id);
}

/** With their versions, and the persons of whom nothing else is known. */
async function removeNew(write: Write, kind: Kind, fresh: readonly Waiting[]): Promise<void> {
  if (fresh.length === 0) return;
  await sql`DELETE FROM membership WHERE id IN (SELECT id FROM ${numbers(
    kind,
    fresh.map(({ id }) => id),
  )})`.execute(write);
  await mergeMemberSearch(write, kind, fresh.length);
  await addMemberMoves(
    write,
    kind,
    fresh.map((row) => ({ listId: row.list_id, from: "waiting", to: undefined })),
  );
  await sql`DELETE FROM person WHERE id IN (SELECT id FROM ${numbers(
    kind,
    fresh.map((row) => row.person_id),
  )})
    AND NOT EXISTS (SELECT 1 FROM membership WHERE membership.person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM poster WHERE poster.person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM account WHERE account.person_id = person.id)
    AND NOT EXISTS (SELECT 1 FROM post WHERE post.poster_id = person.id)`.execute(write);
}

/** Of each request stays what knows its token again. */
async function outlive(
  write: Write,
  { kind, ids, now }: { readonly kind: Kind; readonly ids: readonly number[]; readonly now: number },
): Promise<void> {
  if (ids.length === 0) return;
  await sql`INSERT INTO outlived_request (id, list_id, kind, secret, ended_at)
    SELECT request.id, list_id, kind, secret, ${kind === "postgres" ? sql`${now}::bigint` : sql`${now}`}
    FROM ${numbers(kind, ids)} JOIN request ON request.id = n.id WHERE 1 = 1 ON CONFLICT (id) DO NOTHING`.execute(
    write,
  );
  await sql`DELETE FROM request WHERE id IN (SELECT id FROM ${numbers(kind, ids)})`.execute(write);
}

async function sweepOutlived(database: Database, before: number): Promise<void> {
  for (let swept = 1n; swept > 0n;) {
    const result = await database.write((write) =>
      sql`DELETE FROM outlived_request WHERE id IN (SELECT id FROM outlived_request WHERE ended_at < ${before} ORDER BY ended_at LIMIT 1000)`.execute(
        write,
      ),
    );
    swept = result.numAffectedRows ?? 0n;
  }
}

function numbers(kind: Kind, ids: readonly number[]) {
  return rowsOf(
    kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
}
