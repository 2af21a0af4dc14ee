/**
 * Members who may fit conditions, by the sorted values of members: all who do are among them. Which of them do, their own values tell
 * (lists/recipients.ts): a key of sorting has lost what makes no difference there, such as zeros before a number.
 */
import { sql } from "kysely";
import { attributeField, sortKey } from "../../lists/search-text.ts";
import { numberIn } from "../../lists/recipients.ts";
import type { Condition } from "../../lists/recipients.ts";
import type { Database } from "../database/database.ts";

/** Values of a field that are looked at one by one: ages, years and districts are fewer. */
const mostValues = 300;

/** Ids of memberships, in their order, by the condition that fewest meet; undefined when no condition leads to at most `most`. */
export async function candidatesFor(
  database: Database,
  listId: number,
  { conditions, most }: { readonly conditions: readonly Condition[]; readonly most: number },
): Promise<readonly number[] | undefined> {
  let few: readonly number[] | undefined;
  for (const condition of conditions) {
    const field = fieldOf(condition);
    const keys = await keysFor(database, { listId, field, condition });
    const ids = keys && (await withKeys(database, { listId, field, keys, limit: most + 1 }));
    if (ids !== undefined && ids.length <= most && (few === undefined || ids.length < few.length)) few = ids;
  }
  return few?.toSorted((one, other) => one - other);
}

function fieldOf({ field }: Condition): string {
  return field === "name" || field === "address" ? field : attributeField(field);
}

async function keysFor(
  database: Database,
  { listId, field, condition }: { readonly listId: number; readonly field: string; readonly condition: Condition },
): Promise<readonly string[] | undefined> {
  if ("is" in condition) {
    const keys = condition.is.map(sortKey);
    // Who has no value has no row.
    return keys.includes("") || keys.length > mostValues ? undefined : keys;
  }
  if ("isNot" in condition || "contains" in condition || "isEmpty" in condition) return undefined;
  const { from = -Infinity, to = Infinity } = condition;
  const keys = await valuesOf(database, listId, field);
  return keys?.filter((key) => mayLieIn(key, from, to));
}

/** What begins with a plain whole number says so by its key; of other numbers only the value itself can tell. */
function mayLieIn(key: string, from: number, to: number): boolean {
  const [, sign, length = ""] = /^(-)?(\d\d)/.exec(key) ?? [];
  if (length === "") return false;
  const rest = key.slice(2 + Number(length));
  if (sign !== undefined || Number(length) > 15 || /^[.,]/.test(rest)) return true;
  const number = numberIn(key.slice(2, 2 + Number(length)));
  return number === undefined || (number >= from && number <= to);
}

/** The different values of a field, from value to value along the index; undefined when there are too many. */
async function valuesOf(database: Database, listId: number, field: string): Promise<readonly string[] | undefined> {
  const after = (value: ReturnType<typeof sql>): ReturnType<typeof sql> =>
    sql`(SELECT s.value FROM member_value AS s WHERE s.list_id = ${listId} AND s.field = ${field} AND s.value > ${value}
      ORDER BY s.value LIMIT 1)`;
  const { rows } = await sql<{ value: string }>`
    WITH RECURSIVE names (value) AS (
      SELECT ${after(sql`''`)} UNION ALL SELECT ${after(sql`names.value`)} FROM names WHERE names.value IS NOT NULL)
    SELECT value FROM names WHERE value IS NOT NULL LIMIT ${mostValues + 1}`.execute(database.reader);
  return rows.length > mostValues ? undefined : rows.map(({ value }) => value);
}

async function withKeys(
  database: Database,
  {
    listId,
    field,
    keys,
    limit,
  }: { readonly listId: number; readonly field: string; readonly keys: readonly string[]; readonly limit: number },
): Promise<readonly number[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    SELECT s.membership_id AS id FROM member_value AS s
    WHERE s.list_id = ${listId} AND s.field = ${field} AND s.value IN (${sql.join(keys)}) LIMIT ${limit}`.execute(
    database.reader,
  );
  return rows.map(({ id }) => id);
}
