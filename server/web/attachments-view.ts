/** A draft's attachments as its pages show them: their sizes, and how many members' providers take no mail as large. */
import { encodedSize, refusing, worthTelling } from "../lists/size-limits.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { countByDomain } from "../store/members/domain-counts.ts";
import type { DomainCounts } from "../store/members/domain-counts.ts";
import { countRecipients } from "../store/recipients/recipient-count.ts";
import type { Store } from "../store/store.ts";
import type { Words } from "../words/en.ts";

export type AttachmentsView = {
  readonly attachments: readonly { readonly id: number; readonly name: string; readonly size: string }[];
  /** In words; undefined while nobody's provider is known to mind. */
  readonly sizeWarning: string | undefined;
};

export async function attachmentsView(
  store: Store,
  composition: Composition | undefined,
  w: Words,
): Promise<AttachmentsView> {
  const found = composition === undefined ? [] : await store.compositions.attachments(composition.id);
  const attachments = found.map(({ id, name, size }) => ({ id, name, size: w.mail.size(size) }));
  const octets = encodedSize(found) + (composition?.content.text.length ?? 0) * 3;
  const isWorth = composition !== undefined && octets >= worthTelling;
  const content = isWorth ? composition.content : undefined;
  return { attachments, sizeWarning: content && (await warning(store, { octets, content }, w)) };
}

/** Members looked at where only some get it. */
const mostLooked = 3000;

async function warning(
  store: Store,
  { octets, content }: { readonly octets: number; readonly content: CompositionContent },
  { attaching: w, mail, compose }: Words,
): Promise<string> {
  const domains = refusing(octets);
  const { counts, isCut } =
    content.recipients === undefined
      ? await countByDomain(store.database, content.listIds, [...domains.keys()])
      : await countAmong(store, content, new Set(domains.keys()));
  const byName = new Map<string, number>();
  for (const [domain, count] of counts) {
    const name = domains.get(domain) ?? domain;
    byName.set(name, (byName.get(name) ?? 0) + count);
  }
  const sum = [...byName.values()].reduce((all, count) => all + count, 0);
  const named = [...byName].map(([name, count]) => w.provider(name, count)).join(compose.listed);
  const size = mail.size(octets);
  if (sum === 0) return isCut ? w.largeUnknown(size) : w.large(size);
  return isCut ? w.refusedAtLeast(size, sum, named) : w.refused(size, sum, named);
}

/** Of those who fit the conditions, or are ticked. */
async function countAmong(
  { database }: Store,
  { listIds, recipients, senderId }: CompositionContent,
  domains: ReadonlySet<string>,
): Promise<DomainCounts> {
  const reach = { listIds, recipients, posterId: senderId };
  const { first, next, count } = await countRecipients(database, reach, { shown: mostLooked });
  const counts = new Map<string, number>();
  for (const { address } of first) {
    const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
    if (domains.has(domain)) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return { counts, isCut: next !== undefined || count > first.length };
}
