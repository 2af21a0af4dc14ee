/**
 * Names of attributes that are places in a text from the panel. Of what was written for several lists, those of any of them count on
 * each: who has no such attribute reads the default or nothing, and never the braces.
 */
import type { CompositionContent } from "../../lists/composition.ts";
import { attributeNames } from "../members/attribute-names.ts";
import type { Database } from "../database/database.ts";

/** Of more lists the attributes are not gathered: nobody chooses among so many. */
const mostListsLooked = 50;

export async function placeholderNames(database: Database, listIds: readonly number[]): Promise<ReadonlySet<string>> {
  const looked = listIds.slice(0, mostListsLooked);
  return new Set((await Promise.all(looked.map((id) => attributeNames(database, id)))).flat());
}

/** Of a post's own list, and of those for which it was written. */
export async function placeholderNamesOf(database: Database, postId: number): Promise<ReadonlySet<string>> {
  const row = await database.reader
    .selectFrom("post")
    .leftJoin("composition", "composition.id", "post.composition_id")
    .select(["post.list_id", "composition.content"])
    .where("post.id", "=", postId)
    .executeTakeFirst();
  if (row === undefined) return new Set();
  const { listIds = [] } = JSON.parse(row.content ?? "{}") as Partial<Pick<CompositionContent, "listIds">>;
  return placeholderNames(database, [...new Set([row.list_id, ...listIds])]);
}
