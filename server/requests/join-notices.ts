/**
 * What is written to people who join. To a stranger nothing goes that another stranger wrote: neither the name in From nor the
 * subject, or a blank mail in somebody's name would carry a message to them.
 */
import type { Config } from "../config.ts";
import { needsPage } from "../lists/joining.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { listFields } from "../mail/list-fields.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";

export type Told = {
  readonly config: Config;
  readonly list: MailingList;
  readonly to: string;
  readonly language: Language;
};

/** Whoever has the token confirms, by the page or by a reply to the address that stands in From. */
export function confirmationNotice(
  told: Told,
  { token, expiresAt }: { readonly token: string; readonly expiresAt: number },
): Notice {
  const { config, list, to, language } = told;
  const said = words(language).joinMail;
  const dates = datesIn(language, list.timezone ?? config.timezone);
  return {
    list,
    to,
    kind: "auto-replied",
    from: listAddress({ name: `${list.name}-confirm+${token}`, domain: list.domain }),
    subject: said.confirmSubject(list.title),
    text: said.confirmText({
      title: list.title,
      address: listAddress(list),
      url: joinUrl(config, token),
      until: dates.dateTime(expiresAt),
      byReply: !needsPage(list.joining),
    }),
  };
}

export function joinUrl(config: Config, token: string): string {
  return `${config.web.url}/s/${token}`;
}

/** Short answers to blank mail that comes to nothing, or not yet to anything. */
export function answerNotice(told: Told, answer: "already" | "awaits" | "closed" | "page", url: string): Notice {
  const { list, to, language } = told;
  const said = words(language).joinMail;
  const facts = { title: list.title, address: listAddress(list), owner: ownerAddress(list), url };
  return {
    list,
    to,
    kind: "auto-replied",
    subject: said[`${answer}Subject`](list.title),
    text: said[`${answer}Text`](facts),
  };
}

export function ownerAddress(list: MailingList): string {
  return listAddress({ name: `${list.name}-owner`, domain: list.domain });
}

/** To an administrator. */
export function approvalNotice({ config, list, to, language }: Told, count: number): Notice {
  const said = words(language).joinMail;
  const url = `${config.web.url}/lists/${list.id}/joining`;
  return {
    list,
    to,
    kind: "auto-generated",
    subject: said.approvalSubject(list.title),
    text: said.approvalText({ title: list.title, count, url }),
  };
}

export type WelcomeTokens = { readonly arrived: string; readonly member: string; readonly leave: string };

/** The first mail to a new member: asks whether it arrives, and shows the way out as every copy does. */
export function welcomeNotice({ config, list, to, language }: Told, tokens: WelcomeTokens): Notice {
  const said = words(language).joinMail;
  const { name, domain, title } = list;
  const wanted = new Set(["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"]);
  const fields = listFields({ name, domain, title, webUrl: config.web.url, leaveToken: tokens.leave });
  return {
    list,
    to,
    kind: "auto-generated",
    subject: said.welcomeSubject(title),
    text: said.welcomeText({
      title,
      address: listAddress(list),
      arrived: `${config.web.url}/m/arrived/${tokens.arrived}`,
      page: `${config.web.url}/m/${tokens.member}`,
    }),
    headers: Object.fromEntries(fields.filter(([field]) => wanted.has(field))),
  };
}
