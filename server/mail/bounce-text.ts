/** Bounces in plain words, as servers wrote them before RFC 3464 and many still do. */
import { addressIn } from "./address-in-text.ts";
import { decodeText } from "./encoded-words.ts";
import type { Header } from "./header-fields.ts";
import { hasPhrase } from "./phrases.ts";
import { findReply } from "./report-text.ts";

const maxField = 500;

const daemons = `
  mailer-daemon | mailerdaemon | postmaster | post_master | mail delivery system | mail delivery subsystem |
  delivery system | delivery.system | deliverysystem | mail administrator | system administrator
`;

const subjects = `
  undeliver | returned mail | returned to sender | delivery status | delivery failure | delivery failed |
  delivery problem | delivery notification | mail failed | mail failure | mail not delivered | mail could not |
  message failed | message failure | message not delivered | message could not | message delivery failed |
  message delivery failure | failure notice | failed mail | failed delivery | non-delivery | nondelivery |
  non delivery | could not be delivered | delivery has failed | mail system error | processing error | rejected mail |
  warning: message | warning: could not | non remis | 配信不能 | 配信エラー | 送信エラー | 不達 | 返送
`;

/** Each says that one message did not arrive. */
const failures = `
  unable to deliver | undeliverable | not be delivered | couldn't be delivered | not delivered | could not deliver |
  wasn't able to deliver | delivery failed | delivery has failed | delivery failure | delivery to the following |
  did not reach | permanent error | fatal error | failed to deliver | failed recipient | failed to be delivered |
  user unknown | unknown user | mail server reported | returned by | following addresses had | following recipient |
  mailbox is full | was rejected | has been rejected | error occurred | 送信できません | 配信できません |
  お届けできません | 送信されませんでした
`;

const delays = `
  will continue trying | will be retried | will keep trying | still being retried | warning message only |
  not yet been delivered | delivery is delayed | message delayed | delivery status notification (delay) |
  will try to deliver | will try again | delivery will be attempted | do not need to resend
`;

export type TextVerdict = "failed" | "delayed" | "none";

/** Whether mail in plain words is a bounce. A daemon's name, or a subject, must go with words that say what happened. */
export function judgeText(header: Header, lines: readonly string[]): TextVerdict {
  const subject = fieldText(header, "Subject");
  const isSubject = hasPhrase(subject, subjects);
  const isSender = isDaemon(header);
  if (!isSender && !isSubject) return "none";
  const text = `${subject}\n${lines.slice(0, 200).join(" ").toLowerCase()}`;
  if (hasPhrase(text, delays)) return "delayed";
  const speaks = hasPhrase(text, failures) || findReply(lines) !== undefined;
  return speaks || (isSender && isSubject) ? "failed" : "none";
}

function fieldText(header: Header, name: string): string {
  return decodeText((header.first(name) ?? "").slice(0, maxField)).toLowerCase();
}

function isDaemon(header: Header): boolean {
  if (header.first("X-Failed-Recipients") !== undefined) return true;
  const names = [fieldText(header, "From"), fieldText(header, "Return-Path")];
  return names.some((name) => hasPhrase(name, daemons) || /(?:^| )<\s{0,5}>/.test(name));
}

const maxNamed = 20;
/** Lines of a quoted header, whose addresses are other people's. */
const otherField =
  /^(?:message-?id|received|from|cc|bcc|subject|reply-to|sender|return-path|date|x-[\w-]{1,40}|references|in-reply-to|mail from)\s?:/i;
/** Lines that speak of an address before all else. */
const leadingField = /^(?:<|"|rcpt to:|recipient:|(?:unknown|failed|invalid) (?:user|recipient)s?:|user mailbox)/i;
const leadingAddress = /^[^\s<>@]{1,64}@[^\s@]{3,100}(?:[:.,;]|$)/;

/** Addresses that a report speaks of: those that begin a line or have a field of their own before those in running text. */
export function namedAddresses(header: Header, lines: readonly string[]): readonly string[] {
  const failed = (header.first("X-Failed-Recipients") ?? "").split(",").flatMap((part) => addressIn(part) ?? []);
  if (failed.length > 0) return [...new Set(failed)].slice(0, maxNamed);
  const usable = lines.slice(0, 300).filter((line) => !otherField.test(line) && !line.startsWith(">>>"));
  const leading = foreignAddresses(
    header,
    usable.filter((line) => leadingField.test(line) || leadingAddress.test(line)),
  );
  return (leading.length > 0 ? leading : foreignAddresses(header, usable)).slice(0, maxNamed);
}

/** Without those of the report's own sender and recipient. */
function foreignAddresses(header: Header, lines: readonly string[]): readonly string[] {
  const own = new Set(["To", "From"].map((name) => addressIn(fieldText(header, name))));
  const found = lines.flatMap((line) => addressIn(line) ?? []);
  const isForeign = (address: string): boolean =>
    !own.has(address.toLowerCase()) && !hasPhrase(address.toLowerCase(), daemons);
  return [...new Set(found.filter(isForeign))];
}
