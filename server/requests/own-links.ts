/** What the links of address mails stand for: looked at by their pages, and pressed there or answered by a reply. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { Request } from "../store/joining/requests.ts";
import { changeBack, changeTo, takeSecond } from "./confirm-address.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";

export type LinkKind = "address" | "address-back" | "second";

/** `taken`: meanwhile the address has become somebody else's; `over`: past its time, or a newer one has taken its place. */
export type LinkStep = "ask" | "done" | "taken" | "over";

export type Link =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly list: MailingList;
      readonly language: Language;
      readonly step: LinkStep;
      /** To which the mail went, and which its page is about. */
      readonly address: string;
    };

/** A genuine token of the kind, and what it belongs to while that is there. */
export type OwnRequest = {
  readonly request: Request | undefined;
  readonly membership: Membership | undefined;
  readonly list: MailingList;
  readonly language: Language;
};

export async function lookUpLink(needs: Needs, kind: LinkKind, token: string): Promise<Link> {
  const own = await findOwnRequest(needs, kind, token);
  return own === undefined ? { found: false } : toLink(needs, own);
}

export async function confirmLink(needs: Needs, kind: LinkKind, token: string): Promise<Link> {
  const own = await findOwnRequest(needs, kind, token);
  if (own === undefined) return { found: false };
  const link = toLink(needs, own);
  const { request, membership } = own;
  if (link.step !== "ask" || request === undefined || membership === undefined) return link;
  const done = await verbs[kind](needs, { request, membership, by: "page" });
  return done ? lookUpLink(needs, kind, token) : { ...link, step: "taken" };
}

const verbs = { address: changeTo, "address-back": changeBack, second: takeSecond } as const;

/** Undefined: forged, or of another kind. */
export async function findOwnRequest(
  needs: Needs,
  kind: LinkKind | "edit",
  token: string,
): Promise<OwnRequest | undefined> {
  const { store, config } = needs;
  const found = await store.requests.findByToken(token);
  if (found === undefined || !("request" in found) || found.request.kind !== kind) return undefined;
  const { request } = found;
  const membership = await findMembership(needs, request.membershipId);
  const list = membership?.list ?? (await store.lists.find(request.listId));
  if (list === undefined) return undefined;
  return { request, membership, list, language: membership?.language ?? list.language ?? config.language };
}

function toLink({ clock }: Needs, { request, membership, list, language }: OwnRequest): Extract<Link, { found: true }> {
  const isDone = request?.doneBy === "reply" || request?.doneBy === "page";
  const isHere = membership !== undefined && membership.member.status !== "left";
  const step = isDone ? "done" : isHere && isOpen(request, clock.now()) ? "ask" : "over";
  return { found: true, list, language, step, address: request?.address ?? "" };
}

/** Neither settled nor past its time. */
export function isOpen(request: Request | undefined, now: number): boolean {
  return request !== undefined && request.doneAt === undefined && request.expiresAt > now;
}
