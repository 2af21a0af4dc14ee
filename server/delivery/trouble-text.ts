/** Our own words for a delivery's `reply` where the server said nothing. */
import type { Stage } from "./classify.ts";

const names: Readonly<Record<Exclude<Stage, "greeting">, string>> = {
  ehlo: "EHLO",
  starttls: "STARTTLS",
  auth: "AUTH",
  rset: "RSET",
  mail: "MAIL FROM",
  rcpt: "RCPT TO",
  data: "DATA",
  dot: "the final dot",
};

/** The connection broke while the answer at this stage was awaited. */
export function noAnswer(stage: Stage, why: string): string {
  if (stage === "greeting") return `no greeting: ${why}`;
  const doubt = stage === "dot" ? ", so the server may have taken the copy" : "";
  return `no answer after ${names[stage]}${doubt}: ${why}`;
}

/** The connection broke while the message was being written. */
export function textCutShort(why: string): string {
  return `the message was not sent to its end: ${why}`;
}
