/** What moderation is told about a post and what it answers. Facts come in, a decision goes out; nothing is looked up between. */
import type { Address } from "../mail/address.ts";
import type { PostingMode } from "./mailing-list.ts";

export type PostFacts = {
  /** The one author that the strict reading of From gives, or why there is none. */
  readonly author:
    | { readonly ok: true; readonly address: Address; readonly name: string }
    | { readonly ok: false; readonly why: string };
  /** Undefined: the null sender. */
  readonly mailFrom: string | undefined;
  /** Why the message looks written by a machine or sent through a list; undefined when it does not. */
  readonly automatic: string | undefined;
  readonly tooManyHops: boolean;
  readonly posting: PostingMode;
  /** What the author is to the list. */
  readonly isSender: boolean;
  readonly isMember: boolean;
};

export const refusalReasons = [
  "author-unreadable",
  "automatic",
  "null-sender",
  "too-many-hops",
  "not-a-sender",
] as const;
/** Key of the words table by which the list's page of refused posts says why. */
export type RefusalReason = (typeof refusalReasons)[number];

export type Decision =
  | { readonly kind: "accept" }
  | { readonly kind: "hold" }
  | {
      readonly kind: "refuse";
      readonly reason: RefusalReason;
      readonly code: number;
      readonly enhanced: string;
      readonly text: string;
    };
