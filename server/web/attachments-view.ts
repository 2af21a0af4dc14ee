/** A draft's attachments as its pages show them: their sizes, and how many members' providers take no mail as large. */
import { encodedSize, refusing, worthTelling } from "../lists/size-limits.ts";
import type { Composition } from "../store/compositions.ts";
import { countByDomain } from "../store/domain-counts.ts";
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
  const listIds = composition?.content.listIds ?? [];
  return { attachments, sizeWarning: octets < worthTelling ? undefined : await warning(store, { octets, listIds }, w) };
}

async function warning(
  store: Store,
  { octets, listIds }: { readonly octets: number; readonly listIds: readonly number[] },
  { attaching: w, mail, compose }: Words,
): Promise<string> {
  const domains = refusing(octets);
  const { counts, isCut } = await countByDomain(store.database, listIds, [...domains.keys()]);
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
