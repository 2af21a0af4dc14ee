/** Leaving by the token of a copy: the footer's page, RFC 8058 one-click and the mailto of List-Unsubscribe. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { canReturn } from "../lists/returning.ts";
import { maskAddress } from "../mail/mask-address.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { depart } from "./depart.ts";
import type { AskedBy } from "./depart.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { returnToken } from "./return-token.ts";

export type Leaving =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly list: MailingList;
      readonly language: Language;
      /** Masked: copies get forwarded, with their links. */
      readonly address: string;
      readonly status: "member" | "left";
      /** The token of the way back, for who left and may return by themselves. */
      readonly back: string | undefined;
    };

/** What the token stands for; changes nothing. */
export async function lookUpLeaving(needs: Needs, token: string): Promise<Leaving> {
  const membership = await byLeaveToken(needs, token);
  return membership === undefined ? { found: false } : toLeaving(needs, membership);
}

/** The member leaves at once; pressing again changes nothing. */
export async function leave(needs: Needs, token: string, by: AskedBy): Promise<Leaving> {
  const membership = await byLeaveToken(needs, token);
  if (membership === undefined) return { found: false };
  await depart(needs, membership, by);
  return lookUpLeaving(needs, token);
}

/** The reader of a copy reported it as spam. False when there is no such member any more. */
export async function leaveByComplaint(needs: Needs, membershipId: number): Promise<boolean> {
  const membership = await findMembership(needs, membershipId);
  return membership !== undefined && depart(needs, membership, "complaint");
}

/** The token of the way back, while it is open. */
export function wayBack({ clock }: Needs, { member, standing }: Membership): string | undefined {
  const { leftAt, secret } = standing;
  if (leftAt === undefined || !canReturn(standing, clock.now())) return undefined;
  return returnToken({ id: member.id, secret, leftAt });
}

async function byLeaveToken(needs: Needs, token: string): Promise<Membership | undefined> {
  const id = readTokenId(token);
  const membership = id === undefined ? undefined : await findMembership(needs, id);
  if (id === undefined || membership === undefined) return undefined;
  return tokenMatches(token, { purpose: "leave", id, secret: membership.standing.secret }) ? membership : undefined;
}

function toLeaving(needs: Needs, membership: Membership): Leaving {
  const { member, list, language } = membership;
  return {
    found: true,
    list,
    language,
    address: maskAddress(member.address),
    status: member.status === "left" ? "left" : "member",
    back: wayBack(needs, membership),
  };
}
