/**
 * Notice: so many members of a list failed on one day that it is rather a server's fault, and none of it counts against them. To the list's
 * administrators, once a day; owners of the server see it on their first page too, for the mail may fail with the rest.
 */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { implausibleDays, noteDayTold } from "../store/members/failure-days.ts";
import type { FailureDay } from "../store/members/failure-days.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import type { Store } from "../store/store.ts";
import { words } from "../words/words.ts";
import { composeAll, insertAll } from "./notices-together.ts";

type Needs = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** What is older is no news. */
const newsMs = 3 * 86_400_000;

/** Tells whoever has not been told yet; called now and then. */
export async function tellTooManyFailed(needs: Needs): Promise<void> {
  const { store, clock } = needs;
  const days = await implausibleDays(store.database, { since: clock.now() - newsMs, untold: true });
  for (const day of days) await tellOfDay(needs, day);
}

async function tellOfDay(needs: Needs, day: FailureDay): Promise<void> {
  const { store, clock, config } = needs;
  const list = await store.lists.find(day.listId);
  if (list === undefined) return;
  const said = words(list.language ?? config.language).tooManyFailed;
  const facts = { ...day, list: list.title, page: `${config.web.url}/lists/${list.id}` };
  const to = await ownerAddresses(store.database, list.id);
  const composed = await composeAll(
    needs,
    to.map((address) => ({
      list,
      to: address,
      subject: said.subject(facts),
      text: said.text(facts),
      kind: "auto-generated" as const,
    })),
  );
  const now = clock.now();
  await store.database.write(async (write) => {
    await insertAll(write, composed, now);
    await noteDayTold(write, day, now);
  });
}
