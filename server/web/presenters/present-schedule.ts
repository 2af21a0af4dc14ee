/** What is reserved, as pages show it: what, to whom, when next, and how it stands. */
import { isRepeating, upcoming } from "../../lists/schedule.ts";
import type { ScheduleState } from "../../lists/schedule.ts";
import { ZoneClock } from "../../lists/zone-clock.ts";
import type { Schedule, ScheduleWithContent } from "../../store/schedules/schedules.ts";
import type { RuleWords } from "../../words/describe-rule.ts";
import type { Words } from "../../words/en.ts";
import type { SeenLists } from "../viewer.ts";

export type ScheduleRow = {
  readonly id: number;
  readonly subject: string;
  readonly lists: string;
  readonly rule: string;
  readonly isRepeating: boolean;
  readonly state: ScheduleState;
  readonly mark: { readonly state: string; readonly text: string };
  /** Undefined unless it is active. */
  readonly next: string | undefined;
  readonly nextIso: string | undefined;
  /** How many are left; undefined where that says nothing. */
  readonly remaining: string | undefined;
  /** Why it failed. */
  readonly fault: string | undefined;
};

/** Icons and colours are those of posts. */
const marks: Readonly<Record<ScheduleState, string>> = {
  active: "waiting",
  paused: "paused",
  failed: "failed",
  done: "sent",
  cancelled: "cancelled",
};

export function presentSchedule(
  schedule: Schedule & Pick<ScheduleWithContent, "content">,
  lists: SeenLists,
  { words, said }: { readonly words: Words; readonly said: RuleWords },
): ScheduleRow {
  const { id, rule, zone, state, nextAt, remaining, fault, content } = schedule;
  const w = words.schedules;
  return {
    id,
    subject: content.subject === "" ? w.noSubject : content.subject,
    lists: titlesOf(lists, content.listIds, words),
    rule: said.rule({ rule, zone }),
    isRepeating: isRepeating(rule),
    state,
    mark: { state: marks[state], text: w.state[state] },
    next: nextAt === undefined ? undefined : said.moment(nextAt, zone),
    nextIso: nextAt === undefined ? undefined : new Date(nextAt).toISOString(),
    remaining:
      state !== "active" || !isRepeating(rule)
        ? undefined
        : remaining === undefined
          ? w.endless
          : w.remaining(remaining),
    fault: fault === undefined ? undefined : w.faults[fault](schedule.faultLists),
  };
}

function titlesOf({ own, others }: SeenLists, ids: readonly number[], words: Words): string {
  const among = ({ id }: { readonly id: number }): boolean => ids.includes(id);
  const more = others.filter(among).length;
  const titles = own.filter(among).map(({ title }) => title);
  return [...titles, ...(more === 0 ? [] : [words.schedules.otherLists(more)])].join(words.compose.listed);
}

/** The times after the next one. */
export function followingTimes({ rule, zone, nextAt }: Schedule, said: RuleWords, most: number): readonly string[] {
  if (nextAt === undefined) return [];
  return upcoming(rule, new ZoneClock(zone), { after: nextAt, most }).map((at) => said.moment(at, zone));
}
