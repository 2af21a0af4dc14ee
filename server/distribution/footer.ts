/** What stands under each copy: what it asks, the list's name, the member's own way out, and their own page. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Words } from "../words/en.ts";
import { leaveSlot, memberSlot } from "./copy-plan.ts";
import type { AddedText } from "./copy-plan.ts";
import { escapeHtml } from "./escape-html.ts";

/** Each URL on a line of its own, for mail programs that make links of what fills a line. `asking`: what comes before. */
export function footer({
  list,
  words: w,
  webUrl,
  asking,
}: {
  readonly list: MailingList;
  readonly words: Words;
  readonly webUrl: string;
  readonly asking: AddedText;
}): AddedText {
  const said = w.footer;
  const leave = `${webUrl}/u/${leaveSlot}`;
  const own = `${webUrl}/m/${memberSlot}`;
  const ask = asking.text === "" ? "" : `\r\n${asking.text}\r\n`;
  return {
    // "-- " begins a signature: mail programs leave it out of replies, so that a member's token stays with the member.
    text: `${ask}-- \r\n${said.sentBy(list.title)}\r\n${said.leave}\r\n${leave}\r\n${said.own}\r\n${own}\r\n`,
    html: `${asking.html}<hr><p>${[escapeHtml(said.sentBy(list.title)), escapeHtml(said.leave), link(leave), escapeHtml(said.own), link(own)].join("<br>")}</p>`,
  };
}

function link(url: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
}
