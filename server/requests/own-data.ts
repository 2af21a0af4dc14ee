/** A member sees and changes their own data, behind the short-lived link that was mailed to them. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { Attributes, Member } from "../lists/member.ts";
import type { Address } from "../mail/address.ts";
import { canonicalOf } from "../store/members/own-data.ts";
import type { OwnAddress } from "../store/members/own-data.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { askNewAddress, askSecondAddress, sharingMemberships } from "./new-address.ts";
import type { Asked } from "./new-address.ts";
import { findOwnRequest, isOpen } from "./own-links.ts";

export type OwnDataPage =
  | { readonly found: "unknown" }
  | { readonly found: "over"; readonly list: MailingList; readonly language: Language }
  | {
      readonly found: "open";
      readonly list: MailingList;
      readonly language: Language;
      readonly member: Member;
      /** The person's, but for the one that this list's mail goes to. */
      readonly further: readonly OwnAddress[];
      /** Other lists whose mail goes to the same address. */
      readonly sharing: readonly { readonly id: number; readonly title: string }[];
    };

export type OwnDataChange =
  | { readonly do: "save"; readonly name: string; readonly attributes: Attributes; readonly versionId: number }
  | { readonly do: "address"; readonly to: Address; readonly alsoIds: readonly number[] }
  | { readonly do: "second"; readonly to: Address }
  | { readonly do: "remove"; readonly addressId: number };

export type OwnDataResult = Asked | "done" | "conflict" | "missing" | "stays" | "over";

/** Changes nothing. */
export async function lookUpOwnData(needs: Needs, token: string): Promise<OwnDataPage> {
  const own = await findOwnRequest(needs, "edit", token);
  if (own === undefined) return { found: "unknown" };
  const { membership, list, language, request } = own;
  const status = membership?.member.status ?? "left";
  if (!isOpen(request, needs.clock.now()) || membership === undefined || status === "left" || status === "waiting")
    return { found: "over", list, language };
  const { member } = membership;
  const here = canonicalOf(member.address);
  const addresses = await needs.store.ownData.addresses(member.personId);
  return {
    found: "open",
    list,
    language,
    member,
    further: addresses.filter(({ canonical }) => canonical !== here),
    sharing: await sharingMemberships(needs, membership),
  };
}

/** `over`: the link is no good any more, and nothing was changed. */
export async function changeOwnData(needs: Needs, token: string, change: OwnDataChange): Promise<OwnDataResult> {
  const page = await lookUpOwnData(needs, token);
  const membership = (await findOwnRequest(needs, "edit", token))?.membership;
  return page.found !== "open" || membership === undefined ? "over" : act(needs, membership, change);
}

async function act(needs: Needs, membership: Membership, change: OwnDataChange): Promise<OwnDataResult> {
  const { store, clock } = needs;
  const { member } = membership;
  switch (change.do) {
    case "save":
      return store.ownData.edit(member.id, change, clock.now());
    case "address":
      return askNewAddress(needs, membership, { ...change, by: "page" });
    case "second":
      return askSecondAddress(needs, membership, change.to);
    case "remove":
      return (await store.ownData.removeAddress(member.personId, change.addressId)) ? "done" : "stays";
  }
}
