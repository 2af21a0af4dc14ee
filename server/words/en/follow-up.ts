/** What people read, in English: reminders to who has not read or answered. */
import type { Silence } from "../../lists/recipients.ts";

type SilentFacts = {
  readonly subject: string;
  readonly list: string;
  readonly count: number;
  readonly of: Silence;
  readonly names: readonly string[];
  readonly more: number;
  readonly page: string;
};

const people = (count: number): string => `${count} ${count === 1 ? "member" : "members"}`;

const notDone: Readonly<Record<Silence, string>> = {
  unread: "confirmed",
  unanswered: "answered",
  either: "confirmed or answered",
};

const minute = 60_000;

function span(ms: number): string {
  const [count, unit] =
    ms % (1440 * minute) === 0
      ? [ms / (1440 * minute), "day"]
      : ms % (60 * minute) === 0
        ? [ms / (60 * minute), "hour"]
        : [ms / minute, "minute"];
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}

export const followUp = {
  followUp: {
    title: "Reminders",
    open: {
      unread: "Reminders to the silent",
      unanswered: "Reminders to the silent",
      either: "Reminders to the silent",
    },
    change: "Change",
    about:
      "Reminders go only to members who have not confirmed or answered. They end by themselves as soon as everybody has.",
    nowTooSoon: "A reminder went less than a minute ago: this one was not sent.",
    times: "How often",
    timesChoices: (count: number): string => (count === 0 ? "No reminder" : count === 1 ? "Once" : `${count} times`),
    every: "How far apart",
    pace: span,
    everyHint: "The first one comes this long after the post.",
    quiet: "Not at night",
    quietHint: "What falls into these hours waits until they are over.",
    quietFrom: "From",
    quietTo: "To",
    until: "No reminder after",
    untilHint: "Leave it empty for no end. What only asks a poll ends with its deadline in any case.",
    closedNow: "The poll is closed: no reminder was sent.",
    closed: "The poll is closed, or closes before the first reminder: move its deadline first.",
    untilWrong: "There is no such time. Write it as 2026-12-24T18:00.",
    untilPast: "This time is over already.",
    second: "Then to the further address of who has one (of several, the first they added)",
    tell: "At the end mail the names of the silent to the sender",
    nothing: "Choose at least one reminder, or one of the steps after them.",
    clockWrong: "Write a time such as 21:00.",
    start: "Start the reminders",
    now: "Remind now",
    nowHint: "One reminder to all who are silent, at once.",
    nowDone: "The reminder is on its way.",
    nobodySilent: "Nobody is silent: no reminder was sent.",
    stop: "Stop the reminders",
    stopped: "The reminders are stopped.",
    started: "The reminders are planned.",
    notAsking: "This post asks nothing, so there is nobody to remind.",
    past: "Reminders so far",
    reminded: (count: number): string => `to ${people(count)}`,
    next: {
      remind: (time: string, turn: number, of: number): string => `Next reminder (${turn} of ${of}): ${time}`,
      second: (time: string): string => `Next, to further addresses: ${time}`,
      tell: (time: string): string => `Next, the names to the sender: ${time}`,
    },
    ended: {
      everybody: (time: string): string => `Over since ${time}: everybody has confirmed or answered.`,
      done: (time: string): string => `Over since ${time}: every step is done.`,
      stopped: (time: string): string => `Stopped at ${time}.`,
    },
    plan: {
      times: (count: number, pace: string): string =>
        count === 1 ? `One reminder, after ${pace}` : `${count} reminders, ${pace} apart`,
      second: "then one to the further address of who has one",
      tell: "then the names of the silent by mail to the sender",
      quiet: (from: string, to: string): string => `none from ${from} to ${to}`,
      until: (time: string): string => `none after ${time}`,
    },
  },

  followUpMail: {
    subject: ({ subject, count }: SilentFacts): string => `${count} still silent: ${subject}`,
    text: ({ subject, list, count, of, names, more, page }: SilentFacts): string =>
      `${people(count)} of “${list}” ${count === 1 ? "has" : "have"} not ${notDone[of]} “${subject}”, and all reminders are over:\n\n${names.join("\n")}\n${more > 0 ? `and ${more} more\n` : ""}\nAll of them, with what is known of them, stand in the file. How it stands now:\n\n${page}\n`,
    columns: { name: "Name", address: "Address" },
  },
};
