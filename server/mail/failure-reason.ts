/** What another server's words about mail that it refused say: a status code, a line to read, and what it means for the address. */
import { meaningOfStatus, meaningOfWords, saysPermanent } from "./bounce-words.ts";
import type { Permanence } from "./bounce-words.ts";
import { cleanText } from "./encoded-words.ts";

export type FailureReason = {
  /**
   * Permanent: nobody is at that address, or it has no host. Temporary: all that another copy need not meet again, such as a
   * full mailbox, a policy, a filter, any 4.x.x.
   */
  readonly permanence: Permanence;
  /** Enhanced status code such as "5.1.1" (RFC 3463), where one is given. */
  readonly status?: string;
  /** The other server's words in one line, or "". */
  readonly diagnostic: string;
};

type Said = { readonly words: string; readonly status: string | undefined };

const maxDiagnostic = 1000;

/** A status of only zeros says less than one that stands in the words. */
export function failureReason({ words, status: given }: Said): FailureReason {
  const inWords = /(?:^|[^\d.])([45]\.[0-7]\.\d{1,3})(?!\.?\d)/.exec(words)?.[1];
  const status = given === undefined || /^\d\.0\.0$/.test(given) ? (inWords ?? given) : given;
  const diagnostic = cleanText(words).trim().slice(0, maxDiagnostic);
  return { permanence: permanenceOf({ words, status }), diagnostic, ...(status === undefined ? {} : { status }) };
}

/** Whether a reply in an SMTP dialogue, its code first, says that nobody is at the address. Our own words begin with no code. */
export function saysNobodyThere(reply: string): boolean {
  return /^5\d\d\b/.test(reply) && failureReason({ words: reply, status: undefined }).permanence === "permanent";
}

/** Line by line first, since a report may go on about other recipients; then as a whole, for lines are broken anywhere. */
function permanenceOf({ words, status }: Said): Permanence {
  if (status?.startsWith("4") === true || /^\W{0,3}4\d\d\b/.test(words)) return "temporary";
  const [line] = words.split("\n", 30).flatMap((one) => meaningOfWords(one, status) ?? []);
  const meaning = line ?? meaningOfWords(words, status) ?? meaningOfStatus(status);
  // Unknown trouble is temporary.
  return meaning ?? (saysPermanent(words) ? "permanent" : "temporary");
}
