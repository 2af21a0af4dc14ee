/** The tag at the start of a subject by which a post asks that each member confirm reading. */

/** After NFKC: Japanese keyboards write brackets and letters in several widths. */
const tag = /^\s*[[【]\s*(?:confirm|開封確認)\s*[\]】]$/i;

/** The subject without the tag, and whether it was there. */
export function readConfirmTag(subject: string): { readonly subject: string; readonly asksConfirmation: boolean } {
  const end = subject.search(/[\]］】]/);
  const asksConfirmation = end >= 0 && tag.test(subject.slice(0, end + 1).normalize("NFKC"));
  return { subject: asksConfirmation ? subject.slice(end + 1).trimStart() : subject, asksConfirmation };
}
