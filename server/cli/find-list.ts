/** Which list an operator means by NAME or NAME@DOMAIN. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
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
