/** Coming back by the link of a goodbye: within its time, and only from the leaving that it was sent for. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { canReturn } from "../lists/returning.ts";
import { maskAddress } from "../mail/mask-address.ts";
import { readTokenId } from "../mail/token.ts";
import { comeBackFrom } from "./depart.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { isReturnToken } from "./return-token.ts";

export type Returning =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly list: MailingList;
      readonly language: Language;
      /** Masked, as on the page of leaving, whose button leads here. */
      readonly address: string;
      /** `back`: already; `over`: the time has passed, or an administrator has decided otherwise. */
      readonly step: "ask" | "back" | "over";
      /** They had paused before they left, and mail stays so. */
      readonly isPaused: boolean;
    };

/** What the token stands for; changes nothing. */
export async function lookUpReturn(needs: Needs, token: string): Promise<Returning> {
  const found = await byReturnToken(needs, token);
  return found === undefined ? { found: false } : toReturning(needs, found);
}

/** Pressing again changes nothing. */
export async function comeBack(needs: Needs, token: string): Promise<Returning> {
  const found = await byReturnToken(needs, token);
  if (found === undefined) return { found: false };
  const { leftAt } = found.membership.standing;
  if (toReturning(needs, found).step === "ask" && leftAt !== undefined)
    await comeBackFrom(needs, found.membership, leftAt);
  return lookUpReturn(needs, token);
}

type Found = { readonly membership: Membership; readonly undone: boolean };

/** Genuine for the leaving that stands, or for the one that was undone last. */
async function byReturnToken(needs: Needs, token: string): Promise<Found | undefined> {
  const id = readTokenId(token);
  const membership = id === undefined ? undefined : await findMembership(needs, id);
  if (id === undefined || membership === undefined) return undefined;
  const { leftAt, backFrom, secret } = membership.standing;
  const isOf = (moment: number | undefined): boolean =>
    moment !== undefined && isReturnToken(token, { id, secret, leftAt: moment });
  if (isOf(leftAt)) return { membership, undone: false };
  return isOf(backFrom) ? { membership, undone: true } : undefined;
}

function toReturning({ clock }: Needs, { membership, undone }: Found): Extract<Returning, { found: true }> {
  const { member, list, language, standing } = membership;
  const isMember = standing.status !== "left" && standing.status !== "waiting";
  const step = isMember ? "back" : !undone && canReturn(standing, clock.now()) ? "ask" : "over";
  const isPaused = standing.status === "paused" || (step === "ask" && standing.hadPaused);
  return { found: true, list, language, address: maskAddress(member.address), step, isPaused };
}
