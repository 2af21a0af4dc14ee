/** A member names a new or a further address: it is asked by mail, and nothing changes before it has answered. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { canonicalAddress, displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { maskAddress } from "../mail/mask-address.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { canonicalOf } from "../store/members/own-data.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { joinCap } from "./ask-to-join.ts";
import type { AskedBy } from "./depart.ts";
import { mailLink } from "./mail-link.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";

/**
 * `same`: it is theirs already; `taken`: another member's of the list; `ours`: an address of the lists themselves; `lately`: that
 * address has been asked enough, by whomever.
 */
export type Asked = "mailed" | "same" | "taken" | "ours" | "lately";

export type NewAddress = {
  readonly to: Address;
  /** Other memberships of the person to which mail goes at the same address, and which change with this one. */
  readonly alsoIds: readonly number[];
  readonly by: AskedBy;
};

const lifeMs = 3 * 86_400_000;

export async function askNewAddress(
  needs: Needs,
  membership: Membership,
  { to, alsoIds, by }: NewAddress,
): Promise<Asked> {
  const { member, list } = membership;
  if (canonicalAddress(to) === canonicalOf(member.address)) return "same";
  const other = await needs.store.members.findByAddress(list.id, to);
  if (other !== undefined && other.id !== member.id) return "taken";
  const own = (await sharingMemberships(needs, membership)).map(({ id }) => id);
  const ids = [member.id, ...own.filter((id) => alsoIds.includes(id))];
  return ask(needs, membership, { kind: "address", to, by, content: { ids } });
}

export async function askSecondAddress(needs: Needs, membership: Membership, to: Address): Promise<Asked> {
  const own = await needs.store.ownData.addresses(membership.member.personId);
  if (own.some(({ canonical }) => canonical === canonicalAddress(to))) return "same";
  return ask(needs, membership, { kind: "second", to, by: "page", content: {} });
}

/** The person's other memberships whose mail goes where this one's goes, so that both may change together. */
export async function sharingMemberships(
  { store }: Needs,
  { member }: Membership,
): Promise<readonly { readonly id: number; readonly title: string }[]> {
  const all = await store.ownData.memberships(member.personId);
  const here = canonicalOf(member.address);
  return all.filter(
    ({ id, status, address }) =>
      id !== member.id && status !== "left" && status !== "waiting" && canonicalOf(address) === here,
  );
}

/** Within the caps of a stranger's confirmations: nobody is asked more often because members can name them too. */
async function ask(
  needs: Needs,
  membership: Membership,
  asked: {
    readonly kind: "address" | "second";
    readonly to: Address;
    readonly by: AskedBy;
    readonly content: Readonly<Record<string, unknown>>;
  },
): Promise<Asked> {
  const { kind, to, content } = asked;
  if (needs.config.domains.includes(to.domain)) return "ours";
  const { list, member } = membership;
  const notice = (token: string, expiresAt: number): Notice =>
    confirmation(needs, membership, { ...asked, token, expiresAt });
  const link = { kind, list, membershipId: member.id, to, content, lifeMs, cap: joinCap, notice };
  return (await mailLink(needs, link)) ? "mailed" : "lately";
}

/** Nothing in it is written by who asked but the masked address that was proven before. */
function confirmation(
  { config }: Needs,
  { list, language, member }: Membership,
  asked: {
    readonly kind: "address" | "second";
    readonly to: Address;
    readonly by: AskedBy;
    readonly token: string;
    readonly expiresAt: number;
  },
): Notice {
  const { kind, to, by, token, expiresAt } = asked;
  const said = words(language).ownMail[kind];
  return {
    list,
    to: displayAddress(to),
    from: confirmAddress(list, token),
    kind: by === "mail" ? "auto-replied" : "auto-generated",
    subject: said.subject(list.title),
    text: said.text({
      list: list.title,
      member: maskAddress(member.address),
      url: `${config.web.url}/m/${kind}/${token}`,
      until: datesIn(language, list.timezone ?? config.timezone).dateTime(expiresAt),
    }),
  };
}

function confirmAddress(list: MailingList, token: string): string {
  return listAddress({ name: `${list.name}-confirm+${token}`, domain: list.domain });
}
