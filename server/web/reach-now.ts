/** In words how many people something would reach if it were sent now. */
import type { CompositionContent } from "../lists/composition.ts";
import type { Store } from "../store/store.ts";
import { reachOfDraft } from "./compose-view.ts";
import type { PanelState } from "./panel-context.ts";

export async function reachNow(store: Store, content: CompositionContent, state: PanelState): Promise<string> {
  const { schedules: w } = state.words;
  const { count, next } = await reachOfDraft(store, content, { state });
  return next === undefined ? w.reach(count) : w.reachSoFar(count);
}
