/** Writes the commands of a mail transaction: the one place where an address enters SMTP. */
import type { OutgoingCopy, RenderedCopy } from "./courier.ts";
import type { Extensions } from "./extensions.ts";

/** RFC 5321 section 4.5.3.1.3 allows 256 octets with the brackets; real local parts with tokens and quotes need some more. */
const maxOctets = 320;

// Printable ASCII, the local part bare or quoted; a bracket or a space outside quotes would end the path and start a parameter.
const mailbox = /^(?:"(?:[ !#-[\]-~]|\\[ -~])*"|[!#-;=?-~]+)@[!#-;=?-~]+$/;

/** Whether both addresses can stand in a command. They should by then; an address that cannot must not reach the wire. */
export function fitsEnvelope(copy: OutgoingCopy): boolean {
  return isMailbox(copy.rcptTo) && (copy.mailFrom === "" || isMailbox(copy.mailFrom));
}

/** MAIL with SIZE (RFC 1870) and BODY (RFC 6152) where the server knows them. */
export function mailCommand(copy: OutgoingCopy, rendered: RenderedCopy, offered: Extensions): string {
  const size = offered.size ? ` SIZE=${rendered.octets}` : "";
  const body = rendered.eightBit && offered.eightBitMime ? " BODY=8BITMIME" : "";
  return `MAIL FROM:<${copy.mailFrom}>${size}${body}\r\n`;
}

export function rcptCommand(copy: OutgoingCopy): string {
  return `RCPT TO:<${copy.rcptTo}>\r\n`;
}

function isMailbox(address: string): boolean {
  return address.length <= maxOctets && mailbox.test(address);
}
