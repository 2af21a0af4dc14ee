/** What the page shows on which a mail is written, beside what was typed: lists, senders, fields of members, and whom it reaches. */
import { splitPlaceholders } from "../lists/placeholders.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { placeholderNames } from "../store/recipients/placeholder-names.ts";
import { countRecipients } from "../store/recipients/recipient-count.ts";
import type { CountPlace } from "../store/recipients/recipient-count.ts";
import type { Reached } from "../store/recipients/reach-rows.ts";
import type { Store } from "../store/store.ts";
import type { PanelState } from "./panel-context.ts";

export type ReachView = {
  readonly text: string;
  readonly first: readonly string[];
  readonly reached: readonly Reached[];
  /** Where counting goes on, and what it has come to; undefined when everybody was looked at. */
  readonly next: string | undefined;
  readonly count: number;
};

export type LookedUp = {
  /** Value and label, for a choice. */
  readonly senders: readonly (readonly [string, string])[];
  readonly hasLists: boolean;
  /** Names of the attributes that members of the lists have. */
  readonly attributes: readonly string[];
  /** Placeholders that mean nothing on these lists, as they are written. */
  readonly unknown: readonly string[];
};

export async function lookUp(store: Store, content: CompositionContent): Promise<LookedUp> {
  const { listIds } = content;
  const names = await placeholderNames(store.database, listIds);
  return {
    hasLists: listIds.length > 0,
    senders: await sendersOfAll(store, listIds),
    attributes: [...names],
    unknown: unknownPlaceholders([content.subject, content.text], names),
  };
}

/** Whoever is a sender of each of the lists. */
export async function sendersOfAll(store: Store, listIds: readonly number[]): Promise<LookedUp["senders"]> {
  const [first, ...others] = listIds;
  if (first === undefined) return [];
  const more = await Promise.all(
    others.map(async (id) => new Set((await store.senders.all(id)).map(({ personId }) => personId))),
  );
  const common = (await store.senders.all(first)).filter(({ personId }) => more.every((ids) => ids.has(personId)));
  return common.map(({ personId, name, addresses: [address = ""] }) => [
    String(personId),
    name === "" ? address : `${name} <${address}>`,
  ]);
}

/** What looks like a placeholder and is none: more likely a slip than meant. */
export function unknownPlaceholders(texts: readonly string[], attributes: ReadonlySet<string>): readonly string[] {
  const plain = texts.flatMap((text) => splitPlaceholders(text, attributes)).filter((part) => typeof part === "string");
  const found = plain.flatMap((text) => [...text.matchAll(/\{[^{}\r\n]{1,100}\}/g)].map(([whole]) => whole));
  return [...new Set(found)].slice(0, 10);
}

/** One bounded look at whom it reaches; `soFar` is what was counted before `from`. */
export async function reachOfDraft(
  store: Store,
  content: CompositionContent,
  {
    state,
    from,
    soFar = 0,
  }: { readonly state: PanelState; readonly from?: CountPlace | undefined; readonly soFar?: number },
): Promise<ReachView> {
  const { compose: w } = state.words;
  const lists = await store.lists.some(content.listIds);
  if (lists.length === 0) return { text: w.reachNone, first: [], reached: [], next: undefined, count: 0 };
  const reach = {
    listIds: inOrder(content.listIds, lists),
    recipients: content.recipients,
    posterId: content.senderId,
  };
  const piece = await countRecipients(store.database, reach, { from });
  const count = soFar + piece.count;
  const next = piece.next && `${piece.next.list}.${piece.next.after}`;
  const text = next !== undefined ? w.reachSoFar(count) : count === 0 ? w.reachNobody : w.reach(count);
  return { text, count, next, first: piece.first.map(nameOf), reached: piece.first };
}

/** LIST.AFTER, as `next` says it. */
export function readPlace(text: string | null): CountPlace | undefined {
  const [, list, after] = /^(\d{1,4})\.(\d{1,15})$/.exec(text ?? "") ?? [];
  return list === undefined ? undefined : { list: Number(list), after: Number(after) };
}

export function nameOf({ name, address }: Pick<Reached, "name" | "address">): string {
  return name === "" ? address : name;
}

function inOrder(ids: readonly number[], lists: readonly MailingList[]): readonly number[] {
  return ids.filter((id) => lists.some((list) => list.id === id));
}
