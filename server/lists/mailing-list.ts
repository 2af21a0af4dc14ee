/** A mailing list and its settings, as the contract names them (`list set`). */
import { defaultJoining } from "./joining.ts";
import type { Joining } from "./joining.ts";
import type { ReportTarget } from "./report.ts";

export const postingModes = ["senders", "members", "members-held"] as const;
/** Who may post: registered senders; every member too; or members whose posts wait for an administrator. */
export type PostingMode = (typeof postingModes)[number];

export const replyTargets = ["owner", "author", "list"] as const;
/** Where an answer to a copy goes. */
export type ReplyTarget = (typeof replyTargets)[number];

export const proofs = ["from-only"] as const;
/** What proves an author. More kinds come with verified posting; an upgrade never changes a list's value. */
export type Proof = (typeof proofs)[number];

export const languages = ["ja", "en"] as const;
export type Language = (typeof languages)[number];

export type ListSettings = {
  readonly title: string;
  /** Undefined: the server's. */
  readonly language: Language | undefined;
  /** IANA name; undefined: the server's. */
  readonly timezone: string | undefined;
  readonly posting: PostingMode;
  readonly proof: Proof;
  readonly replyTo: ReplyTarget;
  /** Put before the subject; `%n` becomes the post's number. Empty: nothing. */
  readonly prefix: string;
  /** Whether a sender who is a member gets a copy too. */
  readonly ownCopy: boolean;
  /** How long copies of a mailed post wait, in which it can be called back. */
  readonly cooloffMs: number;
  readonly joining: Joining;
  /** Members should not leave without somebody noticing: administrators are told at once when one does. */
  readonly required: boolean;
  /** The attribute by which confirmations are counted, such as a child's number: a family has confirmed when one of its members has. Empty: each member. */
  readonly countBy: string;
  /** Who is mailed how each post went, and what came back. */
  readonly reportTo: ReportTarget;
  /** Whether administrators are mailed, at most once an hour, that there is something new in the history. */
  readonly reportNews: boolean;
};

export type MailingList = ListSettings & {
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly createdAt: number;
};

/** Longer, nobody would know any more that copies wait. */
export const longestCooloffMs = 7 * 86_400_000;

export const defaultSettings: Omit<ListSettings, "title"> = {
  language: undefined,
  timezone: undefined,
  posting: "senders",
  proof: "from-only",
  replyTo: "owner",
  prefix: "",
  ownCopy: true,
  cooloffMs: 0,
  joining: defaultJoining,
  required: false,
  countBy: "",
  reportTo: "nobody",
  reportNews: false,
};

/** The representative address, to which posts are sent. */
export function listAddress(list: { readonly name: string; readonly domain: string }): string {
  return `${list.name}@${list.domain}`;
}
