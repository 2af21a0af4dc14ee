/**
 * Mail of some memberships goes to another address of the same human being, which has been proven. The person keeps language, rights
 * to send and history; the old address, where nothing uses it any more, is forgotten: carriers give them to others.
 */
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { MemberStatus } from "../../lists/member.ts";
import type { Kind, Write } from "../database/database.ts";
import { handMembership } from "../people/former-persons.ts";
import { canonicalOf } from "./own-data.ts";
import { setStatuses } from "./save-members.ts";
import { addVersions } from "./add-versions.ts";

export type AddressChange = {
  readonly membershipIds: readonly number[];
  readonly to: Address;
  readonly now: number;
};

/** What mail of the membership went to before. */
export type MovedMembership = { readonly membershipId: number; readonly from: string };

type Current = {
  readonly id: number;
  readonly list_id: number;
  readonly person_id: number;
  readonly status: MemberStatus;
  readonly address: string;
  readonly name: string;
  readonly attributes: string;
};

/** Those that could be moved: not where the address is another member's, nor where it is in use already. */
export async function changeAddress(
  write: Write,
  kind: Kind,
  change: AddressChange,
): Promise<readonly MovedMembership[]> {
  const moved: MovedMembership[] = [];
  const people = new Set<number>();
  for (const id of change.membershipIds) {
    const current = await findCurrent(write, kind, id);
    if (current === undefined || canonicalOf(current.address) === canonicalAddress(change.to)) continue;
    if (!(await moveOne(write, kind, { current, change }))) continue;
    moved.push({ membershipId: id, from: current.address });
    people.add(current.person_id);
  }
  const old = new Set(moved.map(({ from }) => canonicalOf(from)));
  for (const personId of people) await forgetUnused(write, personId, old);
  return moved;
}

/** Links about these memberships that are still open go nowhere any more: somebody else may have asked for them. */
export async function supersedeLinks(write: Write, membershipIds: readonly number[], now: number): Promise<void> {
  await write
    .updateTable("request")
    .set({ done_at: now, done_by: "superseded" })
    .where("membership_id", "in", membershipIds)
    .where("kind", "<>", "join")
    .where("done_at", "is", null)
    .execute();
}

async function findCurrent(write: Write, kind: Kind, id: number): Promise<Current | undefined> {
  const query = write
    .selectFrom("membership as m")
    .innerJoin("membership_version as v", "v.id", "m.version_id")
    .select(["m.id", "m.list_id", "m.person_id", "m.status", "v.address", "v.name", "v.attributes"])
    .where("m.id", "=", id);
  return (kind === "postgres" ? query.forUpdate("m") : query).executeTakeFirst();
}

async function moveOne(
  write: Write,
  kind: Kind,
  { current, change }: { readonly current: Current; readonly change: AddressChange },
): Promise<boolean> {
  const { to, now } = change;
  const personId = await ownerOf(write, { to, personId: current.person_id, now });
  if (personId !== current.person_id) {
    const other = await write
      .selectFrom("membership")
      .select("id")
      .where("list_id", "=", current.list_id)
      .where("person_id", "=", personId)
      .executeTakeFirst();
    if (other !== undefined) return false;
    await handMembership(write, { id: current.id }, personId);
  }
  const { name, attributes } = current;
  const row = { membership: current.id, address: displayAddress(to), name, attributes };
  await addVersions(write, { kind, now, rows: [row] });
  // What came back, came back from the old address.
  if (current.status === "bounced")
    await setStatuses(write, { kind, now, rows: [{ membership: current.id, status: "active" }] });
  return true;
}

/** Whose the address is; nobody's becomes this person's. */
async function ownerOf(
  write: Write,
  { to, personId, now }: { readonly to: Address; readonly personId: number; readonly now: number },
): Promise<number> {
  const canonical = canonicalAddress(to);
  await write
    .insertInto("address")
    .values({ person_id: personId, address: displayAddress(to), canonical, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await write
    .selectFrom("address")
    .select("person_id")
    .where("canonical", "=", canonical)
    .executeTakeFirstOrThrow();
  return row.person_id;
}

/** Not of senders and administrators: which addresses may post, or sign in, is the administrators' to say. */
async function forgetUnused(write: Write, personId: number, old: ReadonlySet<string>): Promise<void> {
  const right =
    (await write.selectFrom("poster").select("person_id").where("person_id", "=", personId).executeTakeFirst()) ??
    (await write.selectFrom("account").select("person_id").where("person_id", "=", personId).executeTakeFirst());
  if (right !== undefined) return;
  const used = await write
    .selectFrom("membership as m")
    .innerJoin("membership_version as v", "v.id", "m.version_id")
    .select("v.address")
    .where("m.person_id", "=", personId)
    .execute();
  const usedNow = new Set(used.map(({ address }) => canonicalOf(address)));
  const own = await write.selectFrom("address").select(["id", "canonical"]).where("person_id", "=", personId).execute();
  const unused = own.filter(({ canonical }) => old.has(canonical) && !usedNow.has(canonical));
  if (unused.length === 0 || unused.length === own.length) return;
  await write
    .deleteFrom("address")
    .where(
      "id",
      "in",
      unused.map(({ id }) => id),
    )
    .execute();
}
