/** One batch of people becomes members of a list, or stays so with a new name, attributes or status: a few statements for all of it. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { EndedBy, MemberStatus } from "../../lists/member.ts";
import { addVersions } from "./add-versions.ts";
import type { Kind, Write } from "../database/database.ts";
import { isShownAnew, merged, nextStatus } from "./member-merge.ts";
import type { Said, Standing } from "./member-merge.ts";
import { addMemberMoves } from "./member-tally.ts";
import type { MemberMove } from "./member-tally.ts";
import { findOrAddPersons } from "../people/people.ts";
import { randomSecret, rowsOf, storable } from "../database/rows.ts";

/** Attributes as JSON; a status only where one was said. */
export type MemberRow = {
  readonly address: Address;
  /** Undefined: as it was. */
  readonly name: string | undefined;
  readonly attributes: string;
  /** Whether attributes that the row does not name stay; without it they go. */
  readonly partial?: boolean;
  readonly status: MemberStatus | undefined;
};

/** What became of the people of a batch: new on the list or back again, changed, or as they were. */
export type SaveCounts = { readonly added: number; readonly changed: number; readonly unchanged: number };

export type MemberBatch = {
  readonly kind: Kind;
  readonly listId: number;
  readonly rows: readonly MemberRow[];
  readonly now: number;
};

/** A member of a batch before and after it. */
export type SavedMember = {
  readonly membership: number;
  readonly fate: "added" | "changed" | "unchanged";
  /** Undefined: was no member. */
  readonly before: Before | undefined;
  readonly after: { readonly status: MemberStatus; readonly version: number };
};

export type Before = {
  readonly status: MemberStatus;
  readonly version: number | null;
  readonly leftAt: number | null;
  readonly endedBy: EndedBy | null;
};

type Wanted = Said & { readonly person: number };
type Current = Standing & {
  readonly id: number;
  readonly person_id: number;
  readonly version_id: number | null;
  readonly left_at: number | null;
};

/** The rows are of different addresses. */
export async function saveBatch(write: Write, batch: MemberBatch): Promise<SaveCounts> {
  const saved = await saveRows(write, batch);
  const count = (fate: SavedMember["fate"]): number => saved.filter((one) => one.fate === fate).length;
  const [added, changed] = [count("added"), count("changed")];
  // Of two addresses of one person, one row makes no difference.
  return { added, changed, unchanged: batch.rows.length - added - changed };
}

/** The rows are of different addresses; of a person with two of them, the last counts. */
export async function saveRows(write: Write, batch: MemberBatch): Promise<readonly SavedMember[]> {
  const wanted = await wantedRows(write, batch);
  const known = await currentMembers(write, batch, wanted);
  const ids = await insertMemberships(
    write,
    batch,
    wanted.filter((one) => !known.has(one.person)),
  );
  const pairs = wanted.map((want) => {
    const before = known.get(want.person);
    const shown = merged(want, before);
    const membership = before?.id ?? ids.get(want.person) ?? 0;
    const status = nextStatus(want.status, before);
    const isMoved = before !== undefined && before.status !== status;
    return { ...shown, before, membership, status, isMoved, isAnew: isShownAnew(shown, before) };
  });
  const versions = await addVersions(write, { ...batch, rows: pairs.filter(({ isAnew }) => isAnew) });
  await setStatuses(write, { ...batch, rows: pairs.filter(({ isMoved }) => isMoved) });
  return pairs.map(({ membership, before, status, isAnew, isMoved }) => ({
    membership,
    fate:
      before === undefined || (before.status === "left" && status !== "left")
        ? "added"
        : isAnew || isMoved
          ? "changed"
          : "unchanged",
    before: before && {
      status: before.status,
      version: before.version_id,
      leftAt: before.left_at,
      endedBy: before.ended_by,
    },
    after: { status, version: versions.get(membership) ?? before?.version_id ?? 0 },
  }));
}

/** A person who appears with two addresses gets the last, like an address that appears twice. */
async function wantedRows(write: Write, { kind, rows, now }: MemberBatch): Promise<readonly Wanted[]> {
  const persons = await findOrAddPersons(write, kind, {
    people: rows.map((row) => ({ ...row, name: row.name ?? "" })),
    now,
  });
  const wanted = rows.map(({ address, name, attributes, partial = false, status }) => ({
    person: persons.get(canonicalAddress(address)) ?? 0,
    address: displayAddress(address),
    name: name === undefined ? undefined : storable(name),
    attributes,
    partial,
    status,
  }));
  return [...new Map(wanted.map((want) => [want.person, want])).values()];
}

/** By person. The inner SELECT is a look-up a row in any planner's eyes; as a join it might read the whole list for each batch. */
async function currentMembers(
  write: Write,
  { kind, listId }: MemberBatch,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<number, Current>> {
  const from = rowsOf(kind, { alias: "n", columns: { person: "int" } }, wanted);
  const { rows } = await sql<Current>`
    SELECT m.id, m.person_id, m.version_id, m.status, m.ended_by, m.left_at, v.address, v.name, v.attributes
    FROM (SELECT (SELECT id FROM membership WHERE list_id = ${listId} AND person_id = n.person) AS id FROM ${from}) AS k
    JOIN membership AS m ON m.id = k.id LEFT JOIN membership_version AS v ON v.id = m.version_id`.execute(write);
  return new Map(rows.map((row) => [row.person_id, row]));
}

/** The new memberships' ids, by person. */
async function insertMemberships(
  write: Write,
  { kind, listId, now }: MemberBatch,
  fresh: readonly Wanted[],
): Promise<ReadonlyMap<number, number>> {
  if (fresh.length === 0) return new Map();
  const source = fresh.map((want) => ({ person: want.person, status: nextStatus(want.status, undefined) }));
  const time = timestamp(kind, now);
  const { rows } = await sql<{ id: number; person_id: number }>`
    INSERT INTO membership (list_id, person_id, status, secret, active_since, inactive_since, created_at, left_at, ended_by)
    SELECT ${listId}, n.person, n.status, ${randomSecret(kind)},
      CASE WHEN n.status = 'active' THEN ${time} END, CASE WHEN n.status = 'active' THEN NULL ELSE ${time} END, ${now},
      CASE WHEN n.status = 'left' THEN ${time} END, CASE WHEN n.status = 'left' THEN 'administrator' END
    FROM ${rowsOf(kind, { alias: "n", columns: { person: "int", status: "text" } }, source)}
    WHERE 1 = 1 RETURNING id, person_id`.execute(write);
  await addMemberMoves(
    write,
    kind,
    source.map(({ status }) => ({ listId, from: undefined, to: status })),
  );
  return new Map(rows.map((row) => [row.person_id, row.id]));
}

/**
 * `inactive_since` tells when receiving ended, so a change from one kind of not receiving to another leaves it. `left_at` tells when
 * the member left, and stays while somebody who left waits to be back, since that may come to nothing. Who receives again has no
 * bounces to their name.
 */
export async function setStatuses(
  write: Write,
  {
    kind,
    now,
    rows,
    by = "administrator",
  }: {
    readonly kind: Kind;
    readonly now: number;
    readonly rows: readonly { readonly membership: number; readonly status: MemberStatus }[];
    readonly by?: EndedBy;
  },
): Promise<void> {
  if (rows.length === 0) return;
  const time = timestamp(kind, now);
  const before = await movedMembers(write, kind, rows);
  await sql`UPDATE membership SET status = n.status,
      active_since = CASE WHEN n.status = 'active' THEN ${time} ELSE active_since END,
      inactive_since = CASE WHEN n.status = 'active' THEN NULL WHEN membership.status = 'active' THEN ${time} ELSE coalesce(inactive_since, ${time}) END,
      left_at = CASE n.status WHEN 'left' THEN CASE WHEN membership.status = 'waiting' THEN coalesce(left_at, ${time}) ELSE ${time} END
        WHEN 'waiting' THEN left_at END,
      ended_by = CASE n.status WHEN 'left' THEN CASE WHEN membership.status = 'waiting' THEN coalesce(ended_by, ${sql.lit(by)}) ELSE ${sql.lit(by)} END
        WHEN 'waiting' THEN ended_by END,
      bounce_days = CASE WHEN n.status = 'active' THEN 0 ELSE bounce_days END,
      bounced_on = CASE WHEN n.status = 'active' THEN NULL ELSE bounced_on END
    FROM ${rowsOf(kind, { alias: "n", columns: { membership: "int", status: "text" } }, rows)}
    WHERE membership.id = n.membership AND membership.status <> n.status`.execute(write);
  await addMemberMoves(write, kind, before);
}

/** What the rows say beside what stands there, locked so that no other process moves them in between. */
async function movedMembers(
  write: Write,
  kind: Kind,
  rows: readonly { readonly membership: number; readonly status: MemberStatus }[],
): Promise<readonly MemberMove[]> {
  const from = rowsOf(kind, { alias: "n", columns: { membership: "int", status: "text" } }, rows);
  const found = await sql<{ list_id: number; before: MemberStatus; after: MemberStatus }>`
    SELECT m.list_id, m.status AS before, n.status AS after FROM ${from} JOIN membership AS m ON m.id = n.membership
    ${kind === "postgres" ? sql`FOR UPDATE OF m` : sql``}`.execute(write);
  return found.rows.map((row) => ({ listId: row.list_id, from: row.before, to: row.after }));
}

/** PostgreSQL takes a parameter inside CASE for text. */
function timestamp(kind: Kind, now: number): RawBuilder<number> {
  return kind === "postgres" ? sql`${now}::bigint` : sql`${now}`;
}
