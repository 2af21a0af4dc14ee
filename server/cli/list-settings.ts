/** Settings of a list as `list set` takes them: KEY=VALUE under the contract's names, all mistakes said at once. */
import { formatDuration, parseDuration } from "../duration.ts";
import { languages, longestCooloffMs, postingModes, replyTargets } from "../lists/mailing-list.ts";
import type { Joining } from "../lists/joining.ts";
import type { ListSettings } from "../lists/mailing-list.ts";
import { reportTargets } from "../lists/report.ts";
import { cleanText } from "../mail/encoded-words.ts";
import { wrongUse } from "./command-error.ts";
import { joiningSettings } from "./joining-settings.ts";
import { suggestion } from "./nearest.ts";

/** Of joining only the parts that were named. */
type Changes = Partial<Omit<ListSettings, "joining">> & { readonly joining?: Partial<Joining> };
/** What a value changes, or in words what it must be. */
type Reading = Changes | string;

/** Times without an offset are of `timezone`. */
type Setting = {
  readonly show: (list: ListSettings, timezone: string) => string;
  readonly read: (value: string, timezone: string) => Reading;
};

/** Longer than any honest title, shorter than a header line. */
const maxText = 200;

export const listSettings: Readonly<Record<string, Setting>> = {
  title: {
    show: (list) => list.title,
    read: (value) =>
      value.trim() === "" ? "must not be empty" : readText(value, (title) => ({ title: title.trim() })),
  },
  language: {
    show: (list) => list.language ?? "",
    read: (value) => (value === "" ? { language: undefined } : oneOf(value, languages, (language) => ({ language }))),
  },
  timezone: { show: (list) => list.timezone ?? "", read: readTimezone },
  posting: { show: (list) => list.posting, read: (value) => oneOf(value, postingModes, (posting) => ({ posting })) },
  proof: { show: (list) => list.proof, read: readProof },
  "reply-to": { show: (list) => list.replyTo, read: (value) => oneOf(value, replyTargets, (replyTo) => ({ replyTo })) },
  prefix: { show: (list) => list.prefix, read: (value) => readText(value, (prefix) => ({ prefix })) },
  "own-copy": {
    show: (list) => (list.ownCopy ? "yes" : "no"),
    read: (value) => oneOf(value, ["yes", "no"], (word) => ({ ownCopy: word === "yes" })),
  },
  required: {
    show: (list) => (list.required ? "yes" : "no"),
    read: (value) => oneOf(value, ["yes", "no"], (word) => ({ required: word === "yes" })),
  },
  "count-by": { show: (list) => list.countBy, read: (value) => readText(value.trim(), (countBy) => ({ countBy })) },
  "report-to": {
    show: (list) => list.reportTo,
    read: (value) => oneOf(value, reportTargets, (reportTo) => ({ reportTo })),
  },
  "report-news": {
    show: (list) => (list.reportNews ? "yes" : "no"),
    read: (value) => oneOf(value, ["yes", "no"], (word) => ({ reportNews: word === "yes" })),
  },
  cooloff: { show: (list) => formatDuration(list.cooloffMs), read: readCooloff },
  ...Object.fromEntries(Object.entries(joiningSettings).map(([key, setting]) => [key, ofJoining(setting)])),
};

function ofJoining({ show, read }: (typeof joiningSettings)[string]): Setting {
  return {
    show: (list, timezone) => show(list.joining, timezone),
    read: (value, timezone) => {
      const joining = read(value, timezone);
      return typeof joining === "string" ? joining : { joining };
    },
  };
}

/** Throws CommandError with status 2 that names every mistake. */
export function readListSettings(assignments: readonly string[], timezone = "UTC"): Changes {
  const faults: string[] = [];
  const seen = new Set<string>();
  let changes: Changes = {};
  for (const assignment of assignments) {
    const [key, value] = splitAssignment(assignment);
    const setting = Object.hasOwn(listSettings, key) ? listSettings[key] : undefined;
    const reading = readOne(setting, { key, value, timezone, isRepeated: seen.has(key) });
    seen.add(key);
    if (typeof reading === "string") faults.push(reading);
    else changes = { ...changes, ...reading, ...mergedJoining(changes, reading) };
  }
  if (faults.length > 0) throw wrongUse(faults.join("; "));
  return changes;
}

function mergedJoining(before: Changes, reading: Changes): Pick<Changes, "joining"> {
  return reading.joining === undefined ? {} : { joining: { ...before.joining, ...reading.joining } };
}

/** At the first equals sign; the value is undefined where there is none. */
export function splitAssignment(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at).trim(), text.slice(at + 1)];
}

function readOne(
  setting: Setting | undefined,
  {
    key,
    value,
    timezone,
    isRepeated,
  }: {
    readonly key: string;
    readonly value: string | undefined;
    readonly timezone: string;
    readonly isRepeated: boolean;
  },
): Reading {
  if (setting === undefined) return unknownSetting(key);
  if (value === undefined) return `${key} needs a value: ${key}=VALUE`;
  if (isRepeated) return `${key} is given twice`;
  const reading = setting.read(value, timezone);
  return typeof reading === "string" ? `${key} ${reading}` : reading;
}

function unknownSetting(key: string): string {
  const names = Object.keys(listSettings);
  return `"${key}" is no setting of a list${suggestion(key, names) || ` (they are ${names.join(", ")})`}`;
}

function oneOf<T extends string>(value: string, words: readonly T[], change: (word: T) => Changes): Reading {
  const word = words.find((one) => one === value);
  return word === undefined ? `must be one of ${words.join(", ")}` : change(word);
}

function readText(value: string, change: (text: string) => Changes): Reading {
  if (value.length > maxText) return `must have at most ${maxText} characters`;
  return cleanText(value) === value ? change(value) : "must be one line without control characters";
}

function readTimezone(value: string): Reading {
  if (value === "") return { timezone: undefined };
  try {
    return { timezone: new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone };
  } catch {
    return 'must be a time zone such as "Asia/Tokyo"';
  }
}

function readProof(value: string): Reading {
  if (value === "from-only") return { proof: value };
  const later = ["authenticated", "always-ask"].includes(value);
  return later
    ? `${value} comes with verified posting in a later version; for now it must be from-only`
    : "must be from-only";
}

function readCooloff(value: string): Reading {
  const cooloffMs = parseDuration(value);
  if (cooloffMs === undefined || cooloffMs > longestCooloffMs)
    return 'must be a duration such as "90s" or "5m", at most "7d"';
  return { cooloffMs };
}
