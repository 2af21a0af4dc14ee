/** Notice: somebody who has an account has been made an administrator of a list. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Store } from "../store/store.ts";
import { words } from "../words/words.ts";
import { queueNotice } from "./queue-notice.ts";

export async function tellAdministrator(
  needs: { readonly store: Store; readonly clock: Clock; readonly config: Config },
  { account, list }: { readonly account: Account; readonly list: MailingList },
): Promise<void> {
  const { config } = needs;
  const w = words(account.language ?? list.language ?? config.language).signInMail;
  const url = `${config.web.url}/lists/${list.id}`;
  const about = { url, title: list.title, address: listAddress(list) };
  const said = { subject: w.added.subject(about), text: w.added.text(about) };
  await queueNotice(needs, { list, to: account.address, ...said, kind: "auto-generated" });
}
