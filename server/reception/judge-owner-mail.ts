/** Whether mail to a list's owner address is sent on: what people write is, what machines send is not, or it could go round for ever. */
import { readListAddress } from "../lists/list-address.ts";
import { parseAddress } from "../mail/address.ts";
import { automaticReason, tooManyHops } from "../mail/automatic.ts";
import type { Header } from "../mail/header-fields.ts";
import { automaticMail, loop } from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";

/** Why it is refused, or undefined. `mailFrom`: empty for the null sender; `domains`: ours. */
export function judgeOwnerMail(
  header: Header,
  { mailFrom, domains }: { readonly mailFrom: string; readonly domains: readonly string[] },
): SessionReply | undefined {
  if (tooManyHops(header) || isOurBounceAddress(mailFrom, domains)) return loop;
  return mailFrom === "" || automaticReason(header) !== undefined ? automaticMail : undefined;
}

/** Mail that we sent ourselves has come back to be sent on again: an administrator's mail is forwarded to a list's owner address. */
function isOurBounceAddress(mailFrom: string, domains: readonly string[]): boolean {
  const address = parseAddress(mailFrom);
  return (
    address !== undefined && domains.includes(address.domain) && readListAddress(address.local)?.purpose === "bounces"
  );
}
