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
  const reach = await reachNow(store, content, state);
  const { recipients } = content;
  const titles = lists.map(({ title }) => title).join(compose.listed);
  return w.toWhom(
    titles,
    recipients === undefined ? reach : w.ofThem(describeRecipients(recipients, state.words), reach),
  );
}
