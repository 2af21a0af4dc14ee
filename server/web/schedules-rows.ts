/** What is reserved, as rows of a page, with the titles of its lists. */
import type { ScheduleWithContent } from "../store/schedules/schedules.ts";
import type { Store } from "../store/store.ts";
import { RuleWords } from "../words/describe-rule.ts";
import type { SignedIn } from "./panel-context.ts";
import { presentSchedule } from "./presenters/present-schedule.ts";
import type { ScheduleRow } from "./presenters/present-schedule.ts";
import { seenLists } from "./viewer.ts";

export async function schedulesRows(
  store: Store,
  schedules: readonly ScheduleWithContent[],
  state: SignedIn,
): Promise<readonly ScheduleRow[]> {
  const ids = [...new Set(schedules.flatMap(({ content }) => content.listIds))];
  const lists = await seenLists(store, state.account, ids);
  const place = { words: state.words, said: new RuleWords(state) };
  return schedules.map((schedule) => presentSchedule(schedule, lists, place));
}
