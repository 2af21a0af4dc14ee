/** Memberships as those who count recipients look at them. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Conditioned } from "../../lists/recipients.ts";
import type { Attributes } from "../../lists/member.ts";

/** `id`: of the membership. */
export type Reached = {
  readonly id: number;
  readonly personId: number;
  readonly name: string;
  readonly address: string;
};

export type ReachRow = Reached & { readonly attributes: string };

/** `source` must name memberships `m`. */
export function reachRows(
  where: RawBuilder<unknown>,
  source: RawBuilder<unknown> = sql`membership AS m`,
): RawBuilder<ReachRow> {
  return sql<ReachRow>`SELECT m.id, m.person_id AS "personId", v.name, v.address, v.attributes
    FROM ${source} JOIN membership_version AS v ON v.id = m.version_id WHERE ${where}`;
}

export function conditionedOf({ name, address, attributes }: ReachRow): Conditioned {
  return { name, address, attributes: JSON.parse(attributes) as Attributes };
}

export function reachedOf({ id, personId, name, address }: ReachRow): Reached {
  return { id, personId, name, address };
}
