/** To whom a copy of a post from the panel went: the values that its placeholders were filled with. */
import type { Attributes } from "../../lists/member.ts";
import type { Conditioned } from "../../lists/recipients.ts";
import type { Database } from "../database/database.ts";

/** As they were when it was sent; empty for who has been erased since. Undefined: the post came as mail, in which braces mean nothing. */
export async function findAddressee({ reader }: Database, deliveryId: number): Promise<Conditioned | undefined> {
  const row = await reader
    .selectFrom("delivery as d")
    .innerJoin("post as p", "p.id", "d.post_id")
    .leftJoin("membership_version as v", "v.id", "d.version_id")
    .select(["v.name", "v.address", "v.attributes"])
    .where("d.id", "=", deliveryId)
    .where("p.composition_id", "is not", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const attributes = JSON.parse(row.attributes ?? "{}") as Attributes;
  return { name: row.name ?? "", address: row.address ?? "", attributes };
}
