/** What keeps a draft from being sent, at the fields of its form. A draft itself may be anything. */
import { isBlank, readCondition } from "../lists/addressing.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { splitPlaceholders } from "../lists/placeholders.ts";
import { countRecipients } from "../store/recipients/recipient-count.ts";
import { placeholderNames } from "../store/recipients/placeholder-names.ts";
import type { Store } from "../store/store.ts";
import type { Words } from "../words/en.ts";
import { mayRun } from "./access.ts";
import { asTypedContent, readComposeForm } from "./compose-form.ts";
import type { FormTimes } from "./compose-form.ts";
import { sendersOfAll } from "./compose-view.ts";
import { FormFields } from "./form-fields.ts";

/** In subject and text together: each is a place that every copy fills anew. */
export const mostPlaceholders = 500;

export type Checked = { readonly faults: Readonly<Record<string, string>>; readonly lists: readonly MailingList[] };

export async function checkComposition(
  store: Store,
  content: CompositionContent,
  {
    words,
    times,
    account,
  }: {
    readonly words: Words;
    readonly times: FormTimes;
    readonly account: { readonly id: number; readonly isOwner: boolean };
  },
): Promise<Checked> {
  const form = new URLSearchParams(Object.entries(asTypedContent(content, times.timezone)));
  const fields = new FormFields(form, words);
  readComposeForm(form, fields, { words, times, before: content });
  const lists = await checkLists(store, content, { fields, words, account });
  if (content.senderId === undefined) fields.fault("sender", await senderMissing(store, lists, words));
  else await checkSender(store, { lists, senderId: content.senderId }, { fields, words });
  await checkTexts(store, content, { fields, words });
  checkAddressing(content, fields, words);
  if (fields.isGood && !(await reachesAnybody(store, content))) fields.fault("to", words.compose.faults.nobody);
  return { faults: fields.forPage.faults, lists };
}

type At = { readonly fields: FormFields; readonly words: Words };

async function checkLists(
  store: Store,
  { listIds }: CompositionContent,
  { fields, words, account }: At & { readonly account: { readonly id: number; readonly isOwner: boolean } },
): Promise<readonly MailingList[]> {
  const { faults: w } = words.compose;
  const lists = await store.lists.some(listIds);
  const mine = await Promise.all(lists.map((list) => mayRun(store, account, list.id)));
  const others = lists.filter((_, index) => mine[index] !== true);
  if (lists.length === 0) fields.fault("lists", w.lists);
  if (others.length > 0) fields.fault("lists", w.notYours(others.map(({ title }) => title).join(", ")));
  return lists;
}

/** Where there is none to choose, how there would be. */
async function senderMissing(store: Store, lists: readonly MailingList[], words: Words): Promise<string> {
  const { faults: w } = words.compose;
  const ids = lists.map(({ id }) => id);
  return ids.length > 0 && (await sendersOfAll(store, ids)).length === 0 ? w.noSender : w.sender;
}

async function checkSender(
  store: Store,
  { lists, senderId }: { readonly lists: readonly MailingList[]; readonly senderId: number },
  { fields, words }: At,
): Promise<void> {
  const found = await Promise.all(lists.map((list) => store.senders.find(list.id, senderId)));
  const barred = lists.filter((_, index) => found[index] === undefined);
  const titles = barred.map(({ title }) => title).join(", ");
  if (barred.length > 0) fields.fault("sender", words.compose.faults.notSender(titles));
}

async function checkTexts(store: Store, content: CompositionContent, { fields, words }: At): Promise<void> {
  const { faults: w } = words.compose;
  if (content.subject.trim() === "") fields.fault("subject", w.subject);
  if (content.text.trim() === "") fields.fault("text", w.text);
  const names = await placeholderNames(store.database, content.listIds);
  const count = [content.subject, content.text]
    .flatMap((text) => splitPlaceholders(text, names))
    .filter((part) => typeof part !== "string").length;
  if (count > mostPlaceholders) fields.fault("text", w.placeholders(mostPlaceholders));
}

function checkAddressing({ addressing }: CompositionContent, fields: FormFields, words: Words): void {
  const { faults: w } = words.compose;
  const { to, rows, ticked } = addressing;
  if (to === "ticked" && ticked.length === 0) fields.fault("to", w.ticked);
  if (to !== "conditions") return;
  if (rows.every(isBlank)) fields.fault("to", w.conditions);
  for (const [index, row] of rows.entries())
    if (!isBlank(row) && readCondition(row) === undefined)
      fields.fault(`value-${index}`, row.relation === "between" && row.field !== "" ? w.range : w.condition);
}

/** At least one, or there are more to look at than one answer takes. */
async function reachesAnybody(store: Store, { listIds, recipients, senderId }: CompositionContent): Promise<boolean> {
  const { count, next } = await countRecipients(
    store.database,
    { listIds, recipients, posterId: senderId },
    { enough: 1 },
  );
  return count > 0 || next !== undefined;
}
