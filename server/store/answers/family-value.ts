/**
 * The value by which a post that counts families counts a member: that of one of the attributes that the member had when it was sent.
 * One rule for marking copies, for recording presses and for asking who is silent.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Kind } from "../database/database.ts";

/** Characters; an index takes no more than a few hundred. */
export const longestFamily = 200;

/**
 * '' where `by` names nothing or the member has no such attribute. `attributes`: the JSON of a version, or NULL. SQLite's `->>` would
 * read a name such as `$.a` as a path, and fail for one with a quotation mark in it: keys are compared instead.
 */
export function familyValue(
  kind: Kind,
  { attributes, by }: { readonly attributes: RawBuilder<unknown>; readonly by: RawBuilder<unknown> },
): RawBuilder<string> {
  const value =
    kind === "postgres"
      ? sql`${attributes}::json ->> ${by}`
      : sql`(SELECT json_each.value FROM json_each(${attributes}) WHERE json_each.key = ${by})`;
  return sql<string>`CASE WHEN ${by} = '' THEN '' ELSE COALESCE(substr(${value}, 1, ${sql.lit(longestFamily)}), '') END`;
}
