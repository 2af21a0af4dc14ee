/** What another server's answer to a copy means to somebody who has never read one: why it was not taken, in a word. */
import { saysNobodyThere } from "./failure-reason.ts";

/** `refused`: a filter, a policy, or an address that carriers do not tell from one; `unreachable`: no answer, in our own words. */
export type TroubleKind = "nobody" | "full" | "large" | "refused" | "later" | "unreachable";

export function troubleKind(reply: string): TroubleKind {
  if (!/^[45]\d\d\b/.test(reply)) return "unreachable";
  if (saysNobodyThere(reply)) return "nobody";
  if (/\b[45]\.2\.2\b|\bfull\b|quota|over storage/i.test(reply)) return "full";
  if (/\b[45]\.3\.4\b|too (?:large|big)|size limit|exceeds.*size/i.test(reply)) return "large";
  return reply.startsWith("4") ? "later" : "refused";
}
