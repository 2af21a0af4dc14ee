/** What a welcome mail needs of members, and what came of its question whether it arrived. */
import type { Language } from "../../lists/mailing-list.ts";
import type { MemberStatus } from "../../lists/member.ts";
import { canonicalAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Database } from "../database/database.ts";

export type NewcomerRow = {
  readonly membershipId: number;
  readonly secret: Buffer;
  readonly address: string;
  readonly language: Language | undefined;
};

export class Newcomers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those of these memberships that are in this state on the list. Up to some hundreds. */
  async find(listId: number, membershipIds: readonly number[], status: MemberStatus): Promise<readonly NewcomerRow[]> {
    if (membershipIds.length === 0) return [];
    const rows = await this.#database.reader
      .selectFrom("membership as m")
      .innerJoin("membership_version as v", "v.id", "m.version_id")
      .innerJoin("person", "person.id", "m.person_id")
      .select(["m.id", "m.secret", "v.address", "person.language"])
      .where("m.id", "in", membershipIds)
      .where("m.list_id", "=", listId)
      .where("m.status", "=", status)
      .execute();
    return rows.map(toRow);
  }

  /** Active memberships on the list by their addresses, for whoever knows members by these alone. Up to some hundreds. */
  async idsOf(listId: number, addresses: readonly Address[]): Promise<readonly number[]> {
    if (addresses.length === 0) return [];
    const rows = await this.#database.reader
      .selectFrom("address as a")
      .innerJoin("membership as m", "m.person_id", "a.person_id")
      .select("m.id")
      .distinct()
      .where("a.canonical", "in", addresses.map(canonicalAddress))
      .where("m.list_id", "=", listId)
      .where("m.status", "=", "active")
      .execute();
    return rows.map(({ id }) => id);
  }
}

function toRow(row: { id: number; secret: Buffer; address: string; language: Language | null }): NewcomerRow {
  return {
    membershipId: row.id,
    secret: row.secret,
    address: row.address,
    language: row.language ?? undefined,
  };
}
