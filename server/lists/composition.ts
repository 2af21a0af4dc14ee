/** What somebody writes in the panel: a draft, a template, or what a send that is scheduled or repeats is made from. */
import { toEverybody } from "./addressing.ts";
import type { Addressing } from "./addressing.ts";
import type { FollowUpPlan } from "./follow-up.ts";
import type { PollPlan } from "./poll.ts";
import type { Recipients } from "./recipients.ts";

export type CompositionKind = "draft" | "template" | "sent" | "schedule";
export type AskPlace = "end" | "top";

export type CompositionContent = {
  readonly listIds: readonly number[];
  /** Undefined: everybody on the lists. */
  readonly recipients: Recipients | undefined;
  /** What `recipients` was made from, as the form shows it. */
  readonly addressing: Addressing;
  /** The person whose name and address the copies show: a sender of every list. Undefined: not chosen yet. */
  readonly senderId: number | undefined;
  readonly subject: string;
  /** Plain text, lines ending in LF; may hold placeholders (placeholders.ts). */
  readonly text: string;
  readonly asksConfirmation: boolean;
  readonly askPlace: AskPlace;
  readonly poll: PollPlan | undefined;
  readonly followUp: FollowUpPlan | undefined;
  /** Fields of the form whose plan could not be read yet, as they were typed: it is not sent before they can. */
  readonly halfTyped: Readonly<Record<string, string>>;
  /** No cool-off. */
  readonly urgent: boolean;
};

export const blankContent: CompositionContent = {
  listIds: [],
  recipients: undefined,
  addressing: toEverybody,
  senderId: undefined,
  subject: "",
  text: "",
  asksConfirmation: false,
  askPlace: "end",
  poll: undefined,
  followUp: undefined,
  halfTyped: {},
  urgent: false,
};

/** Whether it is still written in. What was sent or reserved is changed by a draft that was made from it. */
export function isWrittenIn({ kind }: { readonly kind: CompositionKind }): boolean {
  return kind === "draft" || kind === "template";
}
