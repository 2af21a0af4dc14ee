/** The lines of a file of members, laid beside the members that there are: written down batch by batch, shown page by page. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { ImportCounts, ImportRow, MemberImport, RowFate, RowFault } from "../../lists/member-import.ts";
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { MemberStatus } from "../../lists/member.ts";
import type { Database, Write } from "../database/database.ts";
import { fateOf } from "../members/member-merge.ts";
import type { Standing } from "../members/member-merge.ts";
import { rowsOf, storable } from "../database/rows.ts";
import type { Schema } from "../schema/schema.ts";

/** A line as it was read. `address` of a faulty one where at least that could be read. */
export type ReadRow =
  | {
      readonly ok: true;
      readonly line: number;
      readonly address: Address;
      readonly name: string | undefined;
      readonly attributes: Readonly<Record<string, string>>;
      readonly status: MemberStatus | undefined;
      readonly mended: string | undefined;
    }
  | {
      readonly ok: false;
      readonly line: number;
      readonly fault: RowFault;
      readonly address: Address | undefined;
      readonly typed: string;
    };

type StagedRow = {
  readonly line: number;
  fate: RowFate;
  readonly canonical: string | null;
  readonly address: string;
  readonly name: string | null;
  readonly attributes: string;
  readonly status: MemberStatus | null;
  readonly mended: string | null;
  readonly fault: string | null;
};

type Batch = {
  readonly rows: readonly ReadRow[];
  readonly counts: ImportCounts;
  readonly octets: number;
  readonly now: number;
};

const columns = {
  line: "int",
  fate: "text",
  canonical: "text",
  address: "text",
  name: "text",
  attributes: "text",
  status: "text",
  mended: "text",
  fault: "text",
} as const;

/** The counts with these rows in them; undefined when the import is being read no more. The last line of an address counts. */
export async function stageRows(
  database: Database,
  of: MemberImport,
  { rows, counts, octets, now }: Batch,
): Promise<ImportCounts | undefined> {
  const { kind } = database;
  const staged = await withFates(database, of, rows);
  return database.write(async (write) => {
    const sums = { ...counts, rows: counts.rows + rows.length };
    for (const row of staged) {
      sums[row.fate]++;
      if (row.mended !== null) sums.mended++;
    }
    for (const fate of await outdateEarlier(write, database, { of, staged })) {
      sums[fate]--;
      sums.repeated++;
    }
    const moved =
      await sql`UPDATE member_import SET counts = ${JSON.stringify(sums)}, read_octets = ${octets}, beat_at = ${now}
      WHERE id = ${of.id} AND state = 'reading' AND edition = ${of.edition}`.execute(write);
    if (moved.numAffectedRows === 0n) return undefined;
    await sql`INSERT INTO import_row (import_id, ${sql.join(Object.keys(columns).map((name) => sql.id(name)))})
      SELECT ${of.id}, ${sql.join(Object.keys(columns).map((name) => sql.id("n", name)))}
      FROM ${rowsOf(kind, { alias: "n", columns }, staged)} WHERE 1 = 1`.execute(write);
    return sums;
  });
}

/** Members of the list, by canonical address. */
export async function standingsOf(
  database: Database,
  listId: number,
  canonicals: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const asked = rowsOf(
    database.kind,
    { alias: "n", columns: { canonical: "text" } },
    canonicals.map((canonical) => ({ canonical })),
  );
  const { rows } = await sql<Standing & { canonical: string }>`
    SELECT k.canonical, m.status, m.ended_by, v.address, v.name, v.attributes
    FROM (SELECT a.canonical, (SELECT id FROM membership WHERE list_id = ${listId} AND person_id = a.person_id) AS id
      FROM ${asked} JOIN address AS a ON a.canonical = n.canonical) AS k
    JOIN membership AS m ON m.id = k.id LEFT JOIN membership_version AS v ON v.id = m.version_id`.execute(
    database.reader,
  );
  return new Map(rows.map((row) => [row.canonical, row]));
}

/** In the order of the file, from after the row with id `after`. */
export async function importRows(
  database: Database,
  importId: number,
  { which, after, limit }: { readonly which: RowFate | "mended"; readonly after: number; readonly limit: number },
): Promise<readonly ImportRow[]> {
  let query = database.reader
    .selectFrom("import_row")
    .selectAll()
    .where("import_id", "=", importId)
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit);
  query = which === "mended" ? query.where("mended", "is not", null) : query.where("fate", "=", which);
  return (await query.execute()).map(toRow);
}

/** Rows of people who left by themselves, and whom an administrator brings back: their file says now that they are active. */
export async function bringBack(database: Database, of: MemberImport, ids: readonly number[]): Promise<number> {
  const asked = rowsOf(
    database.kind,
    { alias: "n", columns: { id: "int" } },
    ids.map((id) => ({ id })),
  );
  return database.write(async (write) => {
    const result = await sql`UPDATE import_row SET status = 'active', fate = 'added'
      WHERE id IN (SELECT n.id FROM ${asked}) AND import_id = ${of.id} AND fate = 'stays'
      AND EXISTS (SELECT 1 FROM member_import WHERE id = ${of.id} AND state = 'ready')`.execute(write);
    const back = Number(result.numAffectedRows ?? 0n);
    const row = await write
      .selectFrom("member_import")
      .select("counts")
      .where("id", "=", of.id)
      .executeTakeFirstOrThrow();
    const counts = JSON.parse(row.counts) as ImportCounts;
    const after: ImportCounts = { ...counts, added: counts.added + back, stays: counts.stays - back };
    await write
      .updateTable("member_import")
      .set({ counts: JSON.stringify(after) })
      .where("id", "=", of.id)
      .execute();
    return back;
  });
}

async function withFates(database: Database, of: MemberImport, rows: readonly ReadRow[]): Promise<StagedRow[]> {
  const staged = rows.map(toStaged);
  const last = new Map(staged.filter((row) => row.fault === null).map((row) => [row.canonical, row.line]));
  const counting = staged.filter((row) => row.fault === null && last.get(row.canonical) === row.line);
  const standings = await standingsOf(
    database,
    of.listId,
    counting.map((row) => row.canonical ?? ""),
  );
  for (const row of counting) {
    const said = { ...row, name: row.name ?? undefined, status: row.status ?? undefined, partial: true };
    row.fate = fateOf(said, standings.get(row.canonical ?? ""));
  }
  return staged;
}

function toStaged(row: ReadRow): StagedRow {
  const canonical = row.address === undefined ? null : storable(canonicalAddress(row.address));
  const none = { name: null, attributes: "{}", status: null, mended: null, fault: null };
  if (!row.ok)
    return {
      ...none,
      line: row.line,
      fate: "fault",
      canonical,
      address: row.typed,
      fault: JSON.stringify(row.fault),
    };
  return {
    ...none,
    line: row.line,
    // Of an address that comes again further down; the others' fate is found next.
    fate: "repeated",
    canonical,
    address: displayAddress(row.address),
    name: row.name === undefined ? null : storable(row.name),
    attributes: JSON.stringify(row.attributes),
    status: row.status ?? null,
    mended: row.mended ?? null,
  };
}

/** Earlier lines of the same addresses count no more; what they were. At most one of an address counted; the inner SELECT as in saving. */
async function outdateEarlier(
  write: Write,
  { kind }: Database,
  { of, staged }: { readonly of: MemberImport; readonly staged: readonly StagedRow[] },
): Promise<readonly RowFate[]> {
  const named = rowsOf(
    kind,
    { alias: "n", columns: { canonical: "text" } },
    staged.filter((row) => row.fate !== "fault" && row.fate !== "repeated"),
  );
  // The sum keeps PostgreSQL from the index that begins with the import, as long as it has no statistics of its rows.
  const { rows } = await sql<{ id: number; fate: RowFate }>`
    SELECT k.id, (SELECT r.fate FROM import_row AS r WHERE r.id = k.id) AS fate
    FROM (SELECT (SELECT id FROM import_row WHERE canonical = n.canonical AND import_id + 0 = ${of.id}
      AND fate NOT IN ('fault', 'repeated')) AS id FROM ${named}) AS k WHERE k.id IS NOT NULL`.execute(write);
  if (rows.length === 0) return [];
  const ids = rowsOf(kind, { alias: "n", columns: { id: "int" } }, rows);
  await sql`UPDATE import_row SET fate = 'repeated' WHERE id IN (SELECT n.id FROM ${ids})`.execute(write);
  return rows.map(({ fate }) => fate);
}

function toRow(row: Selectable<Schema["import_row"]>): ImportRow {
  return {
    id: row.id,
    line: row.line,
    fate: row.fate,
    address: row.address,
    name: row.name ?? undefined,
    attributes: JSON.parse(row.attributes) as Record<string, string>,
    status: row.status ?? undefined,
    mended: row.mended ?? undefined,
    fault: row.fault === null ? undefined : (JSON.parse(row.fault) as RowFault),
  };
}
