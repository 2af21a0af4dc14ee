/** What a copy asks of its reader: to confirm reading, to answer a poll. Each URL stands on a line of its own. */
import { choicesInMail } from "../lists/poll.ts";
import type { Poll } from "../lists/poll.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import { confirmSlot, pollSlot } from "./copy-plan.ts";
import type { AddedText } from "./copy-plan.ts";
import { escapeHtml } from "./escape-html.ts";

export type Asking = {
  readonly asksConfirmation: boolean;
  readonly poll: Poll | undefined;
  readonly isReminder: boolean;
};

type Line = { readonly text: string } | { readonly url: string };

/** Both empty where nothing is asked. */
export function askingBlock(
  asking: Asking,
  { words: w, dates, webUrl }: { readonly words: Words; readonly dates: Dates; readonly webUrl: string },
): AddedText {
  const lines: Line[] = [];
  if (asking.asksConfirmation) lines.push({ text: w.asking.confirm }, { url: `${webUrl}/c/${confirmSlot}` });
  if (asking.asksConfirmation && asking.poll !== undefined) lines.push({ text: "" });
  if (asking.poll !== undefined) lines.push(...pollLines(asking.poll, { words: w, dates, webUrl }));
  if (lines.length === 0) return { text: "", html: "" };
  const said = asking.isReminder ? [{ text: w.asking.reminder }, ...lines] : lines;
  return {
    text: `${said.map((line) => ("url" in line ? line.url : line.text)).join("\r\n")}\r\n`,
    html: `<p>${said.map(htmlLine).join("<br>")}</p>`,
  };
}

function pollLines(
  poll: Poll,
  { words: w, dates, webUrl }: { readonly words: Words; readonly dates: Dates; readonly webUrl: string },
): readonly Line[] {
  const url = `${webUrl}/p/${pollSlot}`;
  const anonymous = poll.anonymous ? [{ text: w.asking.anonymous }] : [];
  const until = poll.closesAt === undefined ? [] : [{ text: w.asking.until(dates.dateTime(poll.closesAt)) }];
  const choices = choicesInMail(poll);
  const [question] = poll.questions;
  if (choices.length === 0) return [{ text: w.asking.poll(poll.questions.length) }, { url }, ...anonymous, ...until];
  return [
    { text: w.asking.question(oneLine(question?.text ?? "")) },
    ...choices.flatMap((choice, index): Line[] => [
      { text: `- ${oneLine(choice.text)}` },
      { url: `${url}/${index + 1}` },
    ]),
    ...anonymous,
    ...until,
  ];
}

function htmlLine(line: Line): string {
  if (!("url" in line)) return escapeHtml(line.text);
  return `<a href="${escapeHtml(line.url)}">${escapeHtml(line.url)}</a>`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
