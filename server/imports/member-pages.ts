/** All members of a list, a page at a time. */
import type { Member, MemberStatus } from "../lists/member.ts";
import type { Store } from "../store/store.ts";

const limit = 1000;

export async function* memberPages(
  store: Store,
  listId: number,
  narrow: { readonly status?: MemberStatus; readonly search?: string } = {},
): AsyncGenerator<readonly Member[]> {
  for (let after = 0; ;) {
    const page = await store.members.page(listId, { ...narrow, after, limit });
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return;
    after = last.id;
  }
}
