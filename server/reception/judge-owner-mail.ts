/** Whether mail to a list's owner address is sent on: what people write is, what machines send is not, or it could go round for ever. */
import { readListAddress } from "../lists/list-address.ts";
import { parseAddress } from "../mail/address.ts";
import { automaticReason, tooManyHops } from "../mail/automatic.ts";
import { parameterOf, parseContentField } from "../mail/content-type.ts";
import type { Header } from "../mail/header-fields.ts";
import { automaticMail, loop } from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";

type OwnerMail = {
  /** Empty for the null sender. */
  readonly mailFrom: string;
  /** Ours. */
  readonly domains: readonly string[];
  /** As `addressOfPeople` says. */
  readonly to: string;
  /** What machines report there is what the address is for: complaints at abuse@. */
  readonly takesComplaints: boolean;
};

/** Why it is refused, or undefined. */
export function judgeOwnerMail(
  header: Header,
  { mailFrom, domains, to, takesComplaints }: OwnerMail,
): SessionReply | undefined {
  const wasHere = header.all("Delivered-To").some((value) => value.toLowerCase() === to);
  if (wasHere || tooManyHops(header) || isOurBounceAddress(mailFrom, domains)) return loop;
  if (takesComplaints && isFeedbackReport(header)) return undefined;
  return mailFrom === "" || automaticReason(header) !== undefined ? automaticMail : undefined;
}

/** RFC 5965 section 2: what a provider sends when somebody pressed "this is spam". */
function isFeedbackReport(header: Header): boolean {
  const field = parseContentField(header.first("Content-Type") ?? "");
  return field.value === "multipart/report" && parameterOf(field, "report-type")?.toLowerCase() === "feedback-report";
}

/** Mail that we sent ourselves has come back to be sent on again: an administrator's mail is forwarded to a list's owner address. */
function isOurBounceAddress(mailFrom: string, domains: readonly string[]): boolean {
  const address = parseAddress(mailFrom);
  return (
    address !== undefined && domains.includes(address.domain) && readListAddress(address.local)?.purpose === "bounces"
  );
}
