/** Mail to an address of a list that does something: joining, leaving, commands, confirming. What reception gives to `requests/`. */
import type { Address } from "../mail/address.ts";
import type { MailingList } from "./mailing-list.ts";

/** What such mail wants, as its address says; `token` has been found genuine as to its shape only. */
export type Wish =
  | { readonly kind: "join"; readonly list: MailingList }
  | { readonly kind: "leave"; readonly list: MailingList }
  | { readonly kind: "command"; readonly list: MailingList }
  | { readonly kind: "confirm"; readonly list: MailingList; readonly token: string };

export type RequestMail = {
  readonly wish: Wish;
  /** The strict reading of From; mail without a readable author, automatic mail and the null sender have been refused before. */
  readonly author: { readonly address: Address; readonly name: string };
  readonly subject: string;
  /** The first 256 KB, octet by octet. */
  readonly beginning: Buffer;
  /** The client's IP address. */
  readonly client: string;
  readonly at: number;
};

/** `busy`: a limit is reached, and the client should try again later; `unknown`: the address means nothing (any more). */
export type RequestAnswer = "taken" | "busy" | "unknown";
