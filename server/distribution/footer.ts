/** What stands under each copy: the list's name, the member's own way out, and their own page. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { words } from "../words/words.ts";
import { leaveSlot, memberSlot } from "./copy-plan.ts";

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
  const leave = `${webUrl}/u/${leaveSlot}`;
  const own = `${webUrl}/m/${memberSlot}`;
  return {
    // "-- " begins a signature: mail programs leave it out of replies, so that a member's token stays with the member.
    text: `-- \r\n${said.sentBy(list.title)}\r\n${said.leave}\r\n${leave}\r\n${said.own}\r\n${own}\r\n`,
    html: `<hr><p>${[escapeHtml(said.sentBy(list.title)), escapeHtml(said.leave), link(leave), escapeHtml(said.own), link(own)].join("<br>")}</p>`,
  };
}

function link(url: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
