/** The form of a list's settings: read into values, and filled from them. */
import { formatDuration, parseDuration } from "../duration.ts";
import { languages, longestCooloffMs, postingModes, proofs, replyTargets } from "../lists/mailing-list.ts";
import type { ListSettings } from "../lists/mailing-list.ts";
import { reportTargets } from "../lists/report.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";
import { readTimezone } from "./timezone.ts";

/** Characters. */
const longestTitle = 100;
const longestPrefix = 50;
const longestCountBy = 100;
const cooloffs = [0, 60_000, 300_000, 900_000, 3_600_000];

export function readTitle(fields: FormFields, w: Words): string {
  const title = fields.line("title");
  if (title === "") fields.fault("title", w.settings.titleMissing);
  if ([...title].length > longestTitle) fields.fault("title", w.settings.titleLong);
  return title;
}

/** What joining asks has a form of its own. */
export function readSettings(fields: FormFields, w: Words): Omit<ListSettings, "joining"> | undefined {
  const title = readTitle(fields, w);
  const language = fields.choice("language", ["", ...languages]);
  const timezone = readTimezone(fields, w);
  const posting = fields.choice("posting", postingModes);
  const proof = fields.choice("proof", proofs);
  const replyTo = fields.choice("replyTo", replyTargets);
  const prefix = fields.line("prefix");
  if ([...prefix].length > longestPrefix) fields.fault("prefix", w.settings.prefixLong);
  const ownCopy = fields.isChecked("ownCopy");
  const required = fields.isChecked("required");
  const countBy = fields.line("countBy");
  if ([...countBy].length > longestCountBy) fields.fault("countBy", w.settings.countByLong);
  const reportTo = fields.choice("reportTo", reportTargets);
  const reportNews = fields.isChecked("reportNews");
  const cooloffMs = readCooloff(fields, w);
  // The choices are never undefined where the fields are good; the compiler cannot know.
  if (!fields.isGood || posting === undefined || proof === undefined || replyTo === undefined || reportTo === undefined)
    return undefined;
  return {
    title,
    language: language === "" ? undefined : language,
    timezone,
    posting,
    proof,
    replyTo,
    prefix,
    ownCopy,
    cooloffMs,
    required,
    countBy,
    reportTo,
    reportNews,
  };
}

function readCooloff(fields: FormFields, w: Words): number {
  const ms = parseDuration(fields.line("cooloff"));
  if (ms !== undefined && ms <= longestCooloffMs) return ms;
  fields.fault("cooloff", w.settings.cooloffWrong);
  return 0;
}

/** Value and label; what the command line or an older form chose stands among them. */
export function cooloffChoices(now: number, w: Words): readonly (readonly [string, string])[] {
  const all = [...new Set([...cooloffs, now])].toSorted((one, other) => one - other);
  return all.map((ms) => [formatDuration(ms), w.settings.cooloffText(ms)]);
}

/** The settings as their form would have sent them. */
export function asTyped(list: ListSettings): Readonly<Record<string, string>> {
  const { title, posting, proof, replyTo, prefix, countBy, reportTo } = list;
  return {
    countBy,
    reportTo,
    ...(list.reportNews && { reportNews: "on" }),
    title,
    posting,
    proof,
    replyTo,
    prefix,
    language: list.language ?? "",
    timezone: list.timezone ?? "",
    cooloff: formatDuration(list.cooloffMs),
    ...(list.ownCopy && { ownCopy: "on" }),
    ...(list.required && { required: "on" }),
  };
}
