/** In words whom, and how many people, something would reach if it were sent now. */
import type { CompositionContent } from "../lists/composition.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Store } from "../store/store.ts";
import { describeRecipients } from "../words/describe-recipients.ts";
import { reachOfDraft } from "./compose-view.ts";
import type { PanelState } from "./panel-context.ts";

export async function reachNow(store: Store, content: CompositionContent, state: PanelState): Promise<string> {
  const { schedules: w } = state.words;
  const { count, next } = await reachOfDraft(store, content, { state });
  return next === undefined ? w.reach(count) : w.reachSoFar(count);
}

/** With the lists, and with the conditions where it is not everybody on them. */
export async function whomNow(
  store: Store,
  { content, lists }: { readonly content: CompositionContent; readonly lists: readonly MailingList[] },
  state: PanelState,
): Promise<string> {
  const { compose, schedules: w } = state.words;
  const titles = lists.map(({ title }) => title).join(compose.listed);
  const { recipients } = content;
  const reach = [
    ...(recipients === undefined ? [] : [describeRecipients(recipients, state.words)]),
    await reachNow(store, content, state),
  ];
  return w.toWhom(titles, reach.join(compose.listed));
}
