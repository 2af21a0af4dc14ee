/** What is reserved, as rows of a page, with the titles of its lists. */
import type { ScheduleWithContent } from "../store/schedules.ts";
import type { Store } from "../store/store.ts";
import { RuleWords } from "../words/describe-rule.ts";
import type { PanelState } from "./panel-context.ts";
import { presentSchedule } from "./presenters/present-schedule.ts";
import type { ScheduleRow } from "./presenters/present-schedule.ts";

export async function schedulesRows(
  store: Store,
  schedules: readonly ScheduleWithContent[],
  state: PanelState,
): Promise<readonly ScheduleRow[]> {
  const ids = [...new Set(schedules.flatMap(({ content }) => content.listIds))];
  const lists = ids.length === 0 ? [] : await store.lists.some(ids);
  const place = { words: state.words, said: new RuleWords(state) };
  return schedules.map((schedule) => presentSchedule(schedule, lists, place));
}
