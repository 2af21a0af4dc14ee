/** The member's own page, behind the link at the end of each copy: how things stand, and the small things that need no proof but it. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { MemberStatus } from "../lists/member.ts";
import { parseAddress } from "../mail/address.ts";
import { maskAddress } from "../mail/mask-address.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { comeBackFrom, depart } from "./depart.ts";
import { wayBack } from "./leave.ts";
import { mailLink } from "./mail-link.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";

export type OwnPage =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly list: MailingList;
      readonly language: Language;
      /** Masked. */
      readonly address: string;
      readonly status: MemberStatus;
      /** Whether who left can still come back from here. */
      readonly canReturn: boolean;
    };

/** What its buttons say. */
export type OwnWish =
  | { readonly do: "pause" | "resume" | "leave" | "return" | "edit" }
  | { readonly do: "language"; readonly language: Language };

/** What became of it; `lately`: a link went a short while ago; `nothing`: it was so already, or cannot be. */
export type OwnResult = "paused" | "resumed" | "left" | "returned" | "language" | "mailed" | "lately" | "nothing";

const minuteMs = 60_000;
const editLifeMs = 60 * minuteMs;
const editCap = { kind: "edit", gapMs: 2 * minuteMs, perDay: 5 };

/** Changes nothing. */
export async function lookUpOwnPage(needs: Needs, token: string): Promise<OwnPage> {
  const membership = await byMemberToken(needs, token);
  if (membership === undefined) return { found: false };
  const { member, list, language } = membership;
  return {
    found: true,
    list,
    language,
    address: maskAddress(member.address),
    status: member.status,
    canReturn: wayBack(needs, membership) !== undefined,
  };
}

export async function actOnOwnPage(
  needs: Needs,
  token: string,
  wish: OwnWish,
): Promise<{ readonly page: OwnPage; readonly result: OwnResult }> {
  const membership = await byMemberToken(needs, token);
  const result = membership === undefined ? "nothing" : await act(needs, membership, wish);
  return { page: await lookUpOwnPage(needs, token), result };
}

async function act(needs: Needs, membership: Membership, wish: OwnWish): Promise<OwnResult> {
  const { member, standing } = membership;
  switch (wish.do) {
    case "pause":
      return (await pause(needs, member.id)) ? "paused" : "nothing";
    case "resume":
      return (await resume(needs, member.id)) ? "resumed" : "nothing";
    case "leave":
      return member.status !== "waiting" && (await depart(needs, membership, "page")) ? "left" : "nothing";
    case "return": {
      const isOpen = wayBack(needs, membership) !== undefined && standing.leftAt !== undefined;
      return isOpen && (await comeBackFrom(needs, membership, standing.leftAt)) ? "returned" : "nothing";
    }
    case "language":
      await needs.store.ownData.setLanguage(member.personId, wish.language);
      return "language";
    case "edit":
      return mailEditLink(needs, membership);
  }
}

/** False when there was nothing to pause. */
export function pause({ store, clock }: Needs, membershipId: number): Promise<boolean> {
  return store.ownData.move(membershipId, { from: ["active"], to: "paused" }, clock.now());
}

/** False when there was nothing to resume. Whose mail came back may try again: they have seen that it did. */
export function resume({ store, clock }: Needs, membershipId: number): Promise<boolean> {
  return store.ownData.move(membershipId, { from: ["paused", "bounced"], to: "active" }, clock.now());
}

/** To the address that the list's mail goes to: whoever reads there is the member. */
async function mailEditLink(needs: Needs, { member, list, language }: Membership): Promise<OwnResult> {
  const to = parseAddress(member.address);
  const isMember = member.status !== "left" && member.status !== "waiting";
  if (to === undefined || !isMember) return "nothing";
  const said = words(language).ownMail.edit;
  const dates = datesIn(language, list.timezone ?? needs.config.timezone);
  const mailed = await mailLink(needs, {
    kind: "edit",
    list,
    membershipId: member.id,
    to,
    lifeMs: editLifeMs,
    cap: editCap,
    notice: (token, expiresAt) => ({
      list,
      to: member.address,
      kind: "auto-generated",
      subject: said.subject(list.title),
      text: said.text({
        list: list.title,
        url: `${needs.config.web.url}/m/edit/${token}`,
        until: dates.time(expiresAt),
      }),
    }),
  });
  return mailed ? "mailed" : "lately";
}

async function byMemberToken(needs: Needs, token: string): Promise<Membership | undefined> {
  const id = readTokenId(token);
  const membership = id === undefined ? undefined : await findMembership(needs, id);
  if (id === undefined || membership === undefined) return undefined;
  return tokenMatches(token, { purpose: "member", id, secret: membership.standing.secret }) ? membership : undefined;
}
