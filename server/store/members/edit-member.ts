/** An administrator changes address, name or attributes of a member. */
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Attributes } from "../../lists/member.ts";
import type { Database, Write } from "../database/database.ts";
import { handMembership } from "../people/former-persons.ts";
import { findOrAddPersons } from "../people/people.ts";
import { addVersions } from "./add-versions.ts";

export type MemberEdit = {
  readonly address: Address;
  readonly name: string;
  readonly attributes: Attributes;
  readonly versionId: number;
};

/**
 * `conflict`: somebody changed the member since `versionId` was read; `taken`: the new address is another person's who is on the
 * list.
 */
export type MemberEdited = "done" | "conflict" | "taken" | "missing";

export async function editMember(
  database: Database,
  membershipId: number,
  { now, ...change }: MemberEdit & { readonly now: number },
): Promise<MemberEdited> {
  const { kind } = database;
  return database.write(async (write) => {
    const current = await write
      .selectFrom("membership")
      .select(["list_id", "version_id", "person_id"])
      .where("id", "=", membershipId)
      .executeTakeFirst();
    if (current === undefined) return "missing";
    if (current.version_id !== change.versionId) return "conflict";
    const persons = await findOrAddPersons(write, kind, { people: [change], now });
    const person = persons.get(canonicalAddress(change.address)) ?? current.person_id;
    if (person !== current.person_id && (await isOnList(write, current.list_id, person))) return "taken";
    if (person !== current.person_id) await handMembership(write, { id: membershipId }, person);
    const row = {
      membership: membershipId,
      address: displayAddress(change.address),
      name: change.name,
      attributes: JSON.stringify(change.attributes),
    };
    await addVersions(write, { kind, now, rows: [row] });
    return "done";
  });
}

async function isOnList(write: Write, listId: number, personId: number): Promise<boolean> {
  const found = write
    .selectFrom("membership")
    .select("id")
    .where("list_id", "=", listId)
    .where("person_id", "=", personId);
  return (await found.executeTakeFirst()) !== undefined;
}
