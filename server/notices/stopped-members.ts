/** Notice: members were stopped, since nobody is at their addresses. One mail a list and day, to its administrators. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import { noteStoppedTold, stoppedToTell } from "../store/members/stopped-members.ts";
import type { StoppedOfList } from "../store/members/stopped-members.ts";
import type { Store } from "../store/store.ts";
import { words } from "../words/words.ts";
import { composeNotice, insertComposed } from "./queue-notice.ts";

type Needs = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** Tells whoever has not been told yet; called now and then. */
export async function tellStopped(needs: Needs): Promise<void> {
  const { store, clock } = needs;
  for (const stopped of await stoppedToTell(store.database, clock.now())) await tellOfList(needs, stopped);
}

async function tellOfList(needs: Needs, stopped: StoppedOfList): Promise<void> {
  const { store, clock, config } = needs;
  const list = await store.lists.find(stopped.listId);
  if (list === undefined) return;
  const said = words(list.language ?? config.language).stoppedMembers;
  const page = new URL(`/lists/${list.id}/members?status=bounced`, config.web.url).href;
  const facts = { list: list.title, count: stopped.count, members: stopped.members, page };
  const now = clock.now();
  const notices = (await ownerAddresses(store.database, list.id)).map((to) => ({
    list,
    to,
    subject: said.subject(facts),
    text: said.text(facts),
    kind: "auto-generated" as const,
  }));
  const composed = await Promise.all(
    notices.map(async (notice) => ({ notice, bytes: await composeNotice(needs, notice), now })),
  );
  await store.database.write(async (write) => {
    for (const one of composed) await insertComposed(write, one);
    await noteStoppedTold(write, list.id, now);
  });
}
