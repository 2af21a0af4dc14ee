/** What a confirmation's or poll's page says of the mail that it stood in. */
import type { AskedPage } from "../../answers/asked-page.ts";
import type { Dates } from "../../words/dates.ts";
import { words } from "../../words/words.ts";

export type AskedView = {
  readonly title: string;
  readonly subject: string;
  readonly author: string;
  readonly sentAt: string;
  readonly confirmedAt: string | undefined;
};

export function presentAsked({ asked, language }: AskedPage, dates: Dates): AskedView {
  const { subject, authorName, authorAddress, sentAt, confirmedAt } = asked;
  return {
    title: asked.listTitle,
    subject: subject.trim() === "" ? words(language).history.noSubject : subject,
    // As the copy says it: members do not learn the address of who wrote to the list.
    author: authorName.trim() === "" ? authorAddress.slice(0, authorAddress.lastIndexOf("@")) : authorName,
    sentAt: dates.dateTime(sentAt),
    confirmedAt: confirmedAt === undefined ? undefined : dates.dateTime(confirmedAt),
  };
}
