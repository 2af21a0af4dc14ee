/** Which list an operator means by NAME or NAME@DOMAIN. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { DeletedList } from "../store/deletion/deleted-lists.ts";
import type { Store } from "../store/store.ts";
import { failure } from "./command-error.ts";
import { suggestion } from "./nearest.ts";

/** Throws CommandError when there is none, or several domains have one of that name. */
export async function findList(store: Store, typed: string): Promise<MailingList> {
  const [name = "", domain] = typed.toLowerCase().split("@");
  const found = (await store.lists.findByName(name)).filter((list) => domain === undefined || list.domain === domain);
  const [only, ...more] = found;
  if (only === undefined) {
    const names = (await store.lists.summaries()).map((list) => (domain === undefined ? list.name : listAddress(list)));
    throw failure(`there is no list "${typed}"${suggestion(typed, names)}; see kairan list ls`);
  }
  if (more.length > 0)
    throw failure(`several domains have a list "${name}": say which of ${found.map(listAddress).join(", ")}`);
  return only;
}

/** One that was deleted in the panel and can still be brought back; undefined where a list of that name is there. */
export async function findDeletedList(store: Store, typed: string, now: number): Promise<DeletedList | undefined> {
  const [name = "", domain] = typed.toLowerCase().split("@");
  if ((await store.lists.findByName(name)).length > 0) return undefined;
  const [only, ...more] = (await store.deletedLists.all(now)).filter(
    (list) => list.name === name && (domain === undefined || list.domain === domain),
  );
  return more.length > 0 ? undefined : only;
}
