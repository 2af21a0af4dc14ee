/** The tag at the start of a subject by which a post asks that each member confirm reading. */

/** Japanese keyboards write the brackets in several widths. */
const tag = /^\s*[[［【]\s*(?:confirm|開封確認)\s*[\]］】]\s*/i;

/** The subject without the tag, and whether it was there. */
export function readConfirmTag(subject: string): { readonly subject: string; readonly asksConfirmation: boolean } {
  const asksConfirmation = tag.test(subject.normalize("NFKC")) || tag.test(subject);
  return { subject: asksConfirmation ? subject.replace(tag, "") : subject, asksConfirmation };
}
