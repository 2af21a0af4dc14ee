/** What people read, in English: sends that are reserved for later, once or again and again. */
import type { OccurrenceOutcome, ScheduleFault, ScheduleState } from "../../lists/schedule.ts";

const number = new Intl.NumberFormat("en");
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const endings: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };

const people = (count: number): string => (count === 1 ? "1 person" : `${number.format(count)} people`);
const times = (count: number): string => (count === 1 ? "once" : `${number.format(count)} times`);
const weekdays: readonly string[] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const nth = (count: number): string => `${count}${endings[ordinals.select(count)] ?? "th"}`;

function and(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1) ?? ""}`;
}

function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "day"],
    [Math.floor(seconds / 3600) % 24, "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? "" : "s"}`)
    .join(" ");
}

type PeriodFacts = {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** Milliseconds. */
  readonly apart: number;
};
type FailedFacts = { readonly subject: string; readonly at: string; readonly why: string; readonly page: string };

export const schedules = {
  schedules: {
    title: "Coming sends",
    nav: "Coming",
    about: "What is written already and goes out by itself at its time.",
    none: "Nothing is planned.",
    noneText: "Write a mail in the panel and choose “At a time…” instead of “Send now”.",
    next: "Coming next",
    all: "All coming sends",
    cut: (count: number): string => `The next ${number.format(count)} are shown.`,
    needs: "Stands still",
    ended: "Over",
    noSubject: "(no subject)",
    state: {
      active: "Planned",
      paused: "Paused",
      failed: "Not sent",
      done: "Over",
      cancelled: "Cancelled",
    } satisfies Record<ScheduleState, string>,
    remaining: (count: number): string => (count === 1 ? "the last one" : `${number.format(count)} still to come`),
    endless: "no end",

    when: "When",
    kinds: {
      once: "Once",
      period: "Several times within a period",
      calendar: "Again and again, by the calendar",
    },
    kindHints: {
      once: "On one day, at one time.",
      period: "Evenly spread, at the beginning and the end too.",
      calendar: "Every Tuesday, on the 25th, on the last weekday of the month…",
    },
    date: "Day",
    time: "Time",
    from: "From",
    to: "To",
    fromTime: "At",
    toTime: "At",
    periodTime: "8:00, or 8:00:30 with seconds; 24:00 is the end of the day.",
    times: "How many times",
    timesHint: "13 times from 12:00 to 24:00 is every hour. Once: at the beginning.",
    repeat: "How often",
    repeats: {
      weekly: "On days of the week",
      weekdays: "Every weekday (Monday to Friday)",
      monthly: "On a day of the month",
      lastDay: "On the last day of the month",
      lastWeekday: "On the last weekday of the month",
      ordinal: "On such as the second Tuesday of the month",
    },
    days: "Days",
    weekdays,
    shortWeekdays: ["Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"] as readonly string[],
    holidays: "Public holidays are not left out; a single one can be skipped later.",
    monthDay: "Day of the month",
    monthDayHint: "31: in shorter months the last day.",
    nth: "Which",
    nths: { "1": "First", "2": "Second", "3": "Third", "4": "Fourth", "-1": "Last" },
    nthDay: "Day of the week",
    start: "Beginning",
    startHint: "The first day that may be one.",
    end: "End",
    ends: { never: "No end", until: "On a day", times: "After a number of times" },
    untilDate: "Last day",
    endTimes: "Times",
    more: "Seconds and time zone",
    seconds: "Seconds",
    zone: "Time zone",
    zoneHint: "These times are what the clocks there show.",

    faults: {
      "no-list": () => "The mailing list is gone.",
      "no-sender": () => "No sender is chosen.",
      "not-a-sender": (lists: string) => `The sender is no longer a sender of ${lists === "" ? "the list" : lists}.`,
      "too-large": () => "The mail with its attachments is larger than this server takes.",
      trouble: () => "This server could not make the mail; its log says why.",
      restored: () => "The server was restored from a backup at that time. It may have been sent before.",
    } satisfies Record<ScheduleFault, (lists: string) => string>,
    dateWrong: "There is no such day. Write it as 2026-12-24.",
    timeWrong: "Write a time such as 8:00.",
    past: "This time is over already. Choose a later one.",
    sendNow: "Send it now instead",
    tooFar: "Choose a day within the next ten years.",
    timesWrong: (most: number): string => `Write a number from 1 to ${number.format(most)}.`,
    endBefore: "The end comes before the beginning.",
    tooClose: (most: number): string =>
      most > 1
        ? `At least a minute must lie between two sends: in this period at most ${number.format(most)} times.`
        : "At least a minute must lie between two sends: choose a longer period, or once.",
    daysMissing: "Choose at least one day.",
    monthDayWrong: "Write a day from 1 to 31.",
    secondsWrong: "Write seconds from 0 to 59.",
    noneThere: "No such day comes before the end.",
    pollCloses: (time: string): string =>
      `The poll closes at ${time}, before this is sent. Choose a later deadline or an earlier time.`,

    saveInto: "On to the times…",
    atATime: "At a time…",
    reserveTitle: "Send at a time",
    subject: "Subject",
    text: "Text",
    sender: "Sender",
    goesTo: "Goes to",
    reach: (count: number): string => `${people(count)} as of now`,
    reachSoFar: (count: number): string => `at least ${people(count)} as of now`,
    otherLists: (count: number): string => (count === 1 ? "one other list" : `${number.format(count)} other lists`),
    toWhom: (lists: string, reach: string): string => `to ${lists}, ${reach}`,
    reachNote: "Whom it reaches is found anew when it is sent.",
    look: "Check the times",
    lookAgain: "Check the times again",
    reserve: "Plan this send",
    saveTimes: "Save these times",
    saveContent: "Save the change",
    firstFive: "It is sent at these times",
    onlyTime: "It is sent at this time",
    moreTimes: (count: number, last: string): string => `and ${number.format(count)} more, the last ${last}`,
    andSoOn: "and so on, with no end",
    gap: "clocks are changed that day",
    lookChanged: "The times have changed since you saw them. Look at them, then press again.",
    reserved: (time: string): string => `Planned. It is sent ${time}.`,
    draftChanged: "The mail was changed in another window meanwhile. Look at it again.",
    backToMail: "Back to the mail",

    changeTime: "Change the time",
    changeContent: "Change the mail",
    changing: "You are changing a planned send. It stays as it was until you press “Save the change” at the end.",
    changeOf: "Change of a planned send",
    previewChange: "Preview and go on",
    timeSaved: (time: string): string => `Saved. It is sent next ${time}.`,
    contentSaved: "Saved. From now on the changed mail is sent.",
    conflict: (now: string, state: string): string =>
      `Somebody else has changed this send meanwhile. It is now: ${now} (${state}). What you typed is still here; saving it replaces theirs.`,
    goesOn: "Saving these times lets it go on.",
    pause: "Pause",
    paused: "Paused. Nothing is sent until you resume.",
    resume: "Resume",
    resumed: (time: string): string => `It goes on. Next: ${time}.`,
    tryAgain: "Go on from the next time",
    noneLeft: "All of its times are over. Choose a new time.",
    skip: (time: string): string => `Leave out ${time}`,
    skipped: (time: string): string => `${time} is left out.`,
    unskipped: "It is sent after all.",
    stop: "Stop for good",
    stopQuestion: "Stop for good? Nothing more is sent. What was sent stays in the history.",
    cancel: "Cancel this send",
    cancelQuestion: "Cancel? It is not sent.",
    cancelYes: "Yes, cancel",
    stopYes: "Yes, stop",
    keep: "No, keep it",
    cancelled: "Cancelled. Nothing is sent any more.",
    restore: "Take it back up",
    restored: (time: string): string => `It is planned again. Next: ${time}.`,
    tooLate: "That came too late: it has changed meanwhile.",
    by: (who: string): string => `planned by ${who}`,
    whenNext: "Next",
    whenPaused: "Nothing is sent while it is paused.",
    ifResumed: (time: string, left: string | undefined): string =>
      `Resumed now, it goes on at ${time}${left === undefined ? "" : ` (${left})`}.`,
    whenFailed: "It could not be sent, and stands still until somebody mends it.",
    whenDone: "All of its times are over.",
    whenCancelled: "It was cancelled.",
    failedHint: "Mend the cause (or change the mail), then let it go on, or choose a new time.",
    after: "After that",
    soFar: "So far",
    noPast: "Nothing was sent yet.",
    outcome: {
      sent: "Sent",
      missed: "Missed: the server was down; a later one was sent instead",
      skipped: "Left out",
      failed: "Not sent",
      restored: "Not sent: the server was restored from a backup and may have sent it before",
    } satisfies Record<OccurrenceOutcome, string>,
    lateShort: (at: string): string => `sent ${at}, because the server was down`,
    plan: "Planned",
    late: (due: string, at: string): string => `Planned for ${due}, sent ${at}, because the server was down`,
    ofPost: (due: string): string => `Planned for ${due}`,
    toSchedule: "The planned send",

    rule: {
      period: ({ from, to, count, apart }: PeriodFacts): string =>
        count === 1 ? `once, ${from}` : `${times(count)} from ${from} to ${to}, every ${span(apart)}`,
      weekly: (days: readonly number[]): string =>
        days.length === 7 ? "every day" : `every ${and(days.map((day) => weekdays[day] ?? ""))}`,
      weekdays: "every weekday (Monday to Friday)",
      monthly: (day: number): string => `on the ${nth(day)} of each month`,
      lastDay: "on the last day of each month",
      lastWeekday: "on the last weekday of each month",
      ordinal: (which: number, day: number): string =>
        `on the ${which < 0 ? "last" : (["", "first", "second", "third", "fourth", "fifth"][which] ?? "")} ${weekdays[day] ?? ""} of each month`,
      at: (days: string, time: string): string => `${days} at ${time}`,
      until: (rule: string, date: string): string => `${rule}, until ${date}`,
      times: (rule: string, count: number): string => `${rule}, ${times(count)}`,
    },

    failedMail: {
      subject: ({ subject }: FailedFacts): string => `Not sent at its time: ${subject}`,
      text: ({ subject, at, why, page }: FailedFacts): string =>
        `“${subject}”, planned for ${at}, was not sent.\n\n${why}\n\nNothing more of it is sent until somebody mends this. Look here:\n\n${page}\n`,
    },
  },
};
