/** What stands under each copy: the list's name and the member's own way out. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { words } from "../words/words.ts";
import { leaveSlot } from "./copy-plan.ts";

/** Each URL on a line of its own, for mail programs that make links of what fills a line. */
export function footer({
  list,
  language,
  webUrl,
}: {
  readonly list: MailingList;
  readonly language: Language;
  readonly webUrl: string;
}): { readonly text: string; readonly html: string } {
  const said = words(language).footer;
  const url = `${webUrl}/u/${leaveSlot}`;
  return {
    // "-- " begins a signature: mail programs leave it out of replies, so that a member's token stays with the member.
    text: `-- \r\n${said.sentBy(list.title)}\r\n${said.leave}\r\n${url}\r\n`,
    html: `<hr><p>${escapeHtml(said.sentBy(list.title))}<br>${escapeHtml(said.leave)}<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`,
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
