/** Notice: what was reserved could not be sent at its time, to whoever reserved it. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { ScheduleFault } from "../lists/schedule.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Schedule } from "../store/schedules/schedules.ts";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { composeAll } from "./notices-together.ts";
import type { Composed } from "./notices-together.ts";

type Needs = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** To the account's own address; where it is gone, or does not run the lists any more, to the administrators of the first. */
export async function composeFailed(
  needs: Needs,
  schedule: Schedule,
  fault: { readonly kind: ScheduleFault; readonly lists: string },
): Promise<readonly Composed[]> {
  const { store, clock, config } = needs;
  const listIds = await store.schedules.listsOf(schedule.id);
  const [listId] = listIds;
  const account = await makerOf(store, schedule, listIds);
  const list = listId === undefined ? undefined : await store.lists.find(listId);
  const language = account?.language ?? list?.language ?? config.language;
  const w = words(language);
  const composition = await store.compositions.find(schedule.compositionId);
  const facts = {
    subject: composition?.content.subject ?? "",
    at: datesIn(language, schedule.zone).dateTime(schedule.nextAt ?? clock.now()),
    why: w.schedules.faults[fault.kind](fault.lists),
    page: new URL(`/schedules/${schedule.id}`, config.web.url).href,
  };
  const to = account === undefined ? await ownerAddresses(store.database, listId) : [account.address];
  return composeAll(
    needs,
    to.map((address) => ({
      list,
      to: address,
      subject: w.schedules.failedMail.subject(facts),
      text: w.schedules.failedMail.text(facts),
      kind: "auto-generated" as const,
    })),
  );
}

/** Undefined where they cannot do anything about it any more. */
async function makerOf(
  store: Store,
  { accountId }: Schedule,
  listIds: readonly number[],
): Promise<Account | undefined> {
  const account = accountId === undefined ? undefined : await store.accounts.find(accountId);
  if (account === undefined || account.isOwner) return account;
  const own = await Promise.all(listIds.map((id) => store.accounts.administers(account.id, id)));
  return own.includes(false) ? undefined : account;
}
