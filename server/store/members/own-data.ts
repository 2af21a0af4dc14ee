/** What members see and change of themselves: their language, name, asked attributes and addresses. */
import type { Language } from "../../lists/mailing-list.ts";
import type { Attributes, MemberStatus } from "../../lists/member.ts";
import { canonicalAddress, parseAddress } from "../../mail/address.ts";
import { byId } from "../database/by-id.ts";
import type { Database } from "../database/database.ts";
import { storable } from "../database/rows.ts";
import { addVersions } from "./add-versions.ts";
import { setStatuses } from "./save-members.ts";

export type OwnAddress = { readonly id: number; readonly address: string; readonly canonical: string };

/** One of a person's memberships. */
export type OwnMembership = {
  readonly id: number;
  readonly listId: number;
  readonly title: string;
  readonly status: MemberStatus;
  readonly address: string;
};

export type OwnChange = { readonly name: string; readonly attributes: Attributes; readonly versionId: number };

export class OwnData {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** What the person chose; undefined: the list's. */
  async language(personId: number): Promise<Language | undefined> {
    const row = await this.#database.reader
      .selectFrom("person")
      .select("language")
      .where("id", "=", personId)
      .executeTakeFirst();
    return row?.language ?? undefined;
  }

  async setLanguage(personId: number, language: Language): Promise<void> {
    await this.#database.write((write) =>
      write.updateTable("person").set({ language }).where("id", "=", personId).execute(),
    );
  }

  /** The oldest first. */
  async addresses(personId: number): Promise<readonly OwnAddress[]> {
    const rows = await this.#database.reader
      .selectFrom("address")
      .select(["id", "address", "canonical"])
      .where("person_id", "=", personId)
      .execute();
    return byId(rows);
  }

  /** On lists that are there, in the order of joining. */
  async memberships(personId: number): Promise<readonly OwnMembership[]> {
    const rows = await this.#database.reader
      .selectFrom("membership as m")
      .innerJoin("membership_version as v", "v.id", "m.version_id")
      .innerJoin("list as l", "l.id", "m.list_id")
      .select(["m.id", "m.list_id as listId", "l.title", "m.status", "v.address"])
      .where("m.person_id", "=", personId)
      .where("l.deleted_at", "is", null)
      .execute();
    return byId(rows);
  }

  /** Name and attributes; `conflict`: somebody changed the member since `versionId` was read. */
  async edit(membershipId: number, change: OwnChange, now: number): Promise<"done" | "conflict" | "missing"> {
    return this.#database.write(async (write) => {
      const current = await write
        .selectFrom("membership as m")
        .innerJoin("membership_version as v", "v.id", "m.version_id")
        .select(["m.version_id", "v.address"])
        .where("m.id", "=", membershipId)
        .executeTakeFirst();
      if (current === undefined) return "missing";
      if (current.version_id !== change.versionId) return "conflict";
      const row = {
        membership: membershipId,
        address: current.address,
        name: storable(change.name),
        attributes: JSON.stringify(change.attributes),
      };
      await addVersions(write, { kind: this.#database.kind, now, rows: [row] });
      return "done";
    });
  }

  /** False when the member is in none of these states. */
  async move(
    membershipId: number,
    { from, to }: { readonly from: readonly MemberStatus[]; readonly to: MemberStatus },
    now: number,
  ): Promise<boolean> {
    const { kind } = this.#database;
    return this.#database.write(async (write) => {
      const query = write.selectFrom("membership").select("status").where("id", "=", membershipId);
      const row = await (kind === "postgres" ? query.forUpdate() : query).executeTakeFirst();
      if (row === undefined || !from.includes(row.status)) return false;
      await setStatuses(write, { kind, now, rows: [{ membership: membershipId, status: to }] });
      return true;
    });
  }

  /** A further address goes. False when it is none of the person's, or mail of a list goes there. */
  async removeAddress(personId: number, addressId: number): Promise<boolean> {
    const used = new Set((await this.memberships(personId)).map(({ address }) => canonicalOf(address)));
    const own = await this.addresses(personId);
    const unused = own.find(({ id, canonical }) => id === addressId && !used.has(canonical));
    if (unused === undefined || own.length < 2) return false;
    await this.#database.write((write) =>
      write.deleteFrom("address").where("id", "=", addressId).where("person_id", "=", personId).execute(),
    );
    return true;
  }
}

/** Of an address as the database shows it. */
export function canonicalOf(shown: string): string {
  const address = parseAddress(shown);
  return address === undefined ? shown.toLowerCase() : canonicalAddress(address);
}
