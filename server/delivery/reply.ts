/** An SMTP reply as an outgoing connection reads it, and the words of it that a delivery keeps. */

/** `code` is 0 where what the server said is no SMTP reply; `lines` are the texts after the code, as they came. */
export type Reply = { readonly code: number; readonly lines: readonly string[] };

/** Characters of a reply that a delivery keeps: enough for any server's reason, too little to fill a disk. */
const maxCharacters = 500;

const enhancedPattern = /^([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)/;

/** The enhanced status code (RFC 3463) that the reply begins with, e.g. `5.1.1`. */
export function enhancedCode(reply: Reply): string | undefined {
  return enhancedPattern.exec(reply.lines[0] ?? "")?.[1];
}

/**
 * The reply in one line: code, enhanced code once, then the lines joined by spaces. Servers repeat the enhanced code on every
 * line and cut their sentences anywhere, so the joint shows best without either.
 */
export function replyText(reply: Reply): string {
  const enhanced = enhancedCode(reply);
  const texts = enhanced === undefined ? reply.lines : reply.lines.map((line) => line.replace(enhancedPattern, ""));
  const parts = reply.code === 0 ? ["not an SMTP reply:"] : [String(reply.code)];
  if (enhanced !== undefined) parts.push(enhanced);
  return oneLine([...parts, ...texts].join(" "));
}

/** Text from outside made fit for a row, a log line or a page: one line, no control or format characters, bounded. */
export function oneLine(text: string): string {
  const clean = /^[ -~]*$/.test(text) ? text : text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}]+/gu, " ");
  const trimmed = clean.trim();
  return trimmed.length <= maxCharacters ? trimmed : `${trimmed.slice(0, maxCharacters - 1).toWellFormed()}…`;
}
