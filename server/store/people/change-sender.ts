/**
 * Changing who a sender is: the name, the addresses, and that two persons are one. A person is known to all lists, so that whoever
 * gives somebody an address lets that address post elsewhere: a change is made only where all of the person's lists are in reach.
 */
import { createHash } from "node:crypto";
import { canonicalAddress, parseAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Sender } from "../../lists/member.ts";
import type { Database, Write } from "../database/database.ts";
import { mergePersons } from "./merge-persons.ts";
import { addAddresses } from "./people.ts";

/** The lists that whoever changes something runs; undefined: all of them. */
export type Reach = readonly number[] | undefined;

export type SenderChange = {
  readonly listId: number;
  readonly personId: number;
  readonly name: string;
  readonly addresses: readonly Address[];
  /** Of the sender as the form showed them. */
  readonly stamp: string;
  readonly reach: Reach;
  /** That persons who have one of the addresses now are this one. */
  readonly merges: boolean;
  readonly now: number;
};

/** Who has an address already. The name is told only to those whom their lists are in reach of. */
export type Taken = {
  readonly address: string;
  readonly name: string;
  /** `members`: both are members of one list, so that one person would have two memberships there. */
  readonly merging: "possible" | "out-of-reach" | "members";
};

export type SenderChanged =
  | { readonly result: "done" | "missing" | "conflict" | "out-of-reach" }
  | { readonly result: "taken"; readonly taken: readonly Taken[] }
  /** A list sends to these addresses of a member: they are changed there first. */
  | { readonly result: "in-use"; readonly addresses: readonly string[] };

/** What the form of a sender shows, as one word: it differs once somebody has changed any of it. */
export function senderStamp({ name, addresses }: Pick<Sender, "name" | "addresses">): string {
  return createHash("sha256")
    .update(JSON.stringify([name, addresses]))
    .digest("base64url")
    .slice(0, 16);
}

export async function changeSender(database: Database, change: SenderChange): Promise<SenderChanged> {
  return database.write(async (write) => {
    const { personId, now } = change;
    const current = await senderOf(write, change.listId, personId);
    if (current === undefined) return { result: "missing" };
    if (senderStamp(current) !== change.stamp) return { result: "conflict" };
    if (!(await isInReach(write, personId, change.reach))) return { result: "out-of-reach" };
    const wanted = new Set(change.addresses.map(canonicalAddress));
    const gone = current.addresses.filter((address) => !wanted.has(canonicalOf(address)));
    const used = await receivingAmong(write, personId, gone);
    if (used.length > 0) return { result: "in-use", addresses: used };
    const others = await ownersOf(write, change);
    const isFree = others.every((one) => change.merges && one.merging === "possible");
    if (!isFree)
      return { result: "taken", taken: others.map(({ address, name, merging }) => ({ address, name, merging })) };
    for (const other of new Set(others.map((one) => one.personId))) await mergePersons(write, other, personId);
    await removeAddresses(write, personId, gone);
    await addAddresses(write, { personId, addresses: change.addresses, now });
    await write.updateTable("person").set({ name: change.name }).where("id", "=", personId).execute();
    return { result: "done" };
  });
}

/** Whether all lists on which the person is a sender, member or administrator are in reach. */
export async function personInReach(database: Database, personId: number, reach: Reach): Promise<boolean> {
  return isInReach(database.reader, personId, reach);
}

async function isInReach(reader: Database["reader"], personId: number, reach: Reach): Promise<boolean> {
  if (reach === undefined) return true;
  const owner = reader.selectFrom("account").select("id").where("person_id", "=", personId).where("is_owner", "=", 1);
  // Who runs the whole server is renamed, and given addresses, by those who do so too.
  if ((await owner.executeTakeFirst()) !== undefined) return false;
  const lists = await listsOf(reader, personId);
  return lists.every((id) => reach.includes(id));
}

async function listsOf(reader: Database["reader"], personId: number): Promise<readonly number[]> {
  const posts = await reader.selectFrom("poster").select("list_id").where("person_id", "=", personId).execute();
  const receives = await reader.selectFrom("membership").select("list_id").where("person_id", "=", personId).execute();
  const runs = await reader
    .selectFrom("administrator")
    .innerJoin("account", "account.id", "administrator.account_id")
    .select("administrator.list_id")
    .where("account.person_id", "=", personId)
    .execute();
  return [...posts, ...receives, ...runs].map((row) => row.list_id);
}

async function senderOf(write: Write, listId: number, personId: number): Promise<Sender | undefined> {
  const rows = await write
    .selectFrom("poster")
    .innerJoin("person", "person.id", "poster.person_id")
    .leftJoin("address", "address.person_id", "person.id")
    .select(["person.name", "address.address"])
    .where("poster.list_id", "=", listId)
    .where("poster.person_id", "=", personId)
    .orderBy("address.id")
    .execute();
  const [first] = rows;
  return first && { personId, name: first.name, addresses: rows.flatMap((row) => row.address ?? []) };
}

/** Those of the addresses at which a membership of the person gets its mail. */
async function receivingAmong(
  write: Write,
  personId: number,
  addresses: readonly string[],
): Promise<readonly string[]> {
  if (addresses.length === 0) return [];
  const rows = await write
    .selectFrom("membership")
    .innerJoin("membership_version as v", "v.id", "membership.version_id")
    .select("v.address")
    .where("membership.person_id", "=", personId)
    .where("membership.status", "!=", "left")
    .execute();
  const receiving = new Set(rows.map((row) => canonicalOf(row.address)));
  return addresses.filter((address) => receiving.has(canonicalOf(address)));
}

async function ownersOf(
  write: Write,
  { personId, addresses, reach }: SenderChange,
): Promise<readonly (Taken & { readonly personId: number })[]> {
  if (addresses.length === 0) return [];
  const rows = await write
    .selectFrom("address")
    .innerJoin("person", "person.id", "address.person_id")
    .select(["address.address", "person.id", "person.name"])
    .where("address.canonical", "in", addresses.map(canonicalAddress))
    .where("person.id", "!=", personId)
    .execute();
  const own = await memberListsOf(write, personId);
  return Promise.all(
    rows.map(async (row) => {
      const isNear = await isInReach(write, row.id, reach);
      const lists = await memberListsOf(write, row.id);
      const merging = !isNear ? "out-of-reach" : lists.some((id) => own.includes(id)) ? "members" : "possible";
      return { address: row.address, name: isNear ? row.name : "", merging, personId: row.id } as const;
    }),
  );
}

/** Where the person is a member or was one. */
async function memberListsOf(write: Write, personId: number): Promise<readonly number[]> {
  const rows = await write.selectFrom("membership").select("list_id").where("person_id", "=", personId).execute();
  return rows.map((row) => row.list_id);
}

async function removeAddresses(write: Write, personId: number, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return;
  await write
    .deleteFrom("address")
    .where("person_id", "=", personId)
    .where("canonical", "in", addresses.map(canonicalOf))
    .execute();
}

function canonicalOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed === undefined ? address.toLowerCase() : canonicalAddress(parsed);
}
