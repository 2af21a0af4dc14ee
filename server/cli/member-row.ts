/** A member as `--json` shows one. */
import type { Attributes, Member, MemberStatus } from "../lists/member.ts";
import type { Address } from "../mail/address.ts";
import type { Store } from "../store/store.ts";
import { isoTime } from "../words/zone-time.ts";

export type MemberRow = {
  readonly address: string;
  readonly name: string;
  readonly status: MemberStatus;
  readonly attributes: Attributes;
  readonly created: string | null;
};

export function memberRow({ address, name, status, attributes, createdAt }: Member): MemberRow {
  return { address, name, status, attributes, created: isoTime(createdAt) };
}

/** One row, or none where nobody of the list has the address. */
export async function memberRowsOf(store: Store, listId: number, address: Address): Promise<readonly MemberRow[]> {
  const member = await store.members.findByAddress(listId, address);
  return member === undefined ? [] : [memberRow(member)];
}
