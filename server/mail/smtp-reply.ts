/** One reply of an SMTP server, read from its lines and written as one line to keep and to show. */

export type SmtpReply = {
  /** Three digits (RFC 5321 4.2). */
  readonly code: number;
  /** Enhanced status code such as "5.1.1" (RFC 3463), where the server gives one. */
  readonly enhanced: string | undefined;
  /** The words of all lines in one, without the codes and without control characters. */
  readonly text: string;
};

/** Enough for any explanation; servers have sent pages. */
const maxText = 1000;
const line = /^([2-5]\d\d)(?:[ -]|$)(?:([245]\.\d{1,3}\.\d{1,3})(?:[ -]|$))?(.*)$/;

/** The reply in its lines (without their ends); undefined when the last one is none, as from a server that does not speak SMTP. */
export function parseReply(lines: readonly string[]): SmtpReply | undefined {
  const matches = lines.map((text) => line.exec(printable(text.slice(0, maxText))));
  const last = matches.at(-1);
  if (last === null || last === undefined) return undefined;
  const words = matches.map((match) => match?.[3]?.trim() ?? "").filter((text) => text !== "");
  const enhanced = last[2] ?? matches.find((match) => match?.[2] !== undefined)?.[2];
  return { code: Number(last[1]), enhanced, text: words.join(" / ").slice(0, maxText) };
}

/** One line: code, enhanced status code where there is one, words. */
export function formatReply(reply: SmtpReply): string {
  const words = printable(reply.text).slice(0, maxText);
  return [String(reply.code), reply.enhanced, words].filter((part) => part !== undefined && part !== "").join(" ");
}

/** 5xx: no use to try again. */
export function isPermanent(reply: SmtpReply): boolean {
  return reply.code >= 500 && reply.code < 600;
}

/** 4xx: may be tried again. */
export function isTemporary(reply: SmtpReply): boolean {
  return reply.code >= 400 && reply.code < 500;
}

function printable(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f]+/g, " ");
}
