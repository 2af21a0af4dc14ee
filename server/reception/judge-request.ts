/** Whether blank mail and commands are listened to: what a person wrote is, what machines send is not, or two of them would write to each other for ever. */
import { automaticReason, tooManyHops } from "../mail/automatic.ts";
import type { Recipient } from "./check-recipient.ts";
import type { ReadHeader } from "./judge-message.ts";
import { authorUnreadable, automaticMail, loop } from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";

/** Why such mail is refused; undefined when it is listened to, or when none of the recipients is a request. */
export function judgeRequest(
  { header, author }: ReadHeader,
  { recipients, mailFrom }: { readonly recipients: readonly Recipient[]; readonly mailFrom: string },
): SessionReply | undefined {
  if (!recipients.some(({ kind }) => kind === "request")) return undefined;
  if (tooManyHops(header)) return loop;
  if (mailFrom === "" || automaticReason(header) !== undefined) return automaticMail;
  return author.ok ? undefined : authorUnreadable;
}
