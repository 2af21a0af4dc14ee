/** A draft goes out from the panel: at once when it is urgent, else after a minute in which it can be called back. */
import type { Composition } from "../store/schedules/compositions.ts";
import { postsOf, takeDraft } from "../store/schedules/sent-compositions.ts";
import { abandon, readySend, sendIn } from "./send-composition.ts";
import type { SendFault, SendNeeds } from "./send-composition.ts";

/** In which a send from the panel can be called back; an urgent one leaves at once. */
export const cooloffMs = 60_000;

export type SentNow =
  /** The posts, one a list. `again`: it had been sent before, by another press of the same button. */
  | { readonly kind: "sent"; readonly posts: readonly number[]; readonly again: boolean }
  /** Somebody has changed it since it was looked at. */
  | { readonly kind: "changed" }
  | { readonly kind: "fault"; readonly fault: SendFault };

export async function sendNow(needs: SendNeeds, composition: Composition, edition: number): Promise<SentNow> {
  const { store, clock } = needs;
  const isOpen = composition.kind === "draft" && composition.edition === edition;
  const readied = isOpen ? await readySend(needs, composition, { origin: "panel" }) : undefined;
  if (readied?.ok === false) return { kind: "fault", fault: readied.fault };
  if (readied !== undefined) {
    const at = clock.now();
    const startsAt = composition.content.urgent ? at : at + cooloffMs;
    const made = await store.database.write(async (write) =>
      (await takeDraft(write, { id: composition.id, edition }, at))
        ? sendIn(write, needs, { ready: readied.ready, at, startsAt })
        : undefined,
    );
    if (made !== undefined) return { kind: "sent", posts: made.map(({ id }) => id), again: false };
    await abandon(needs, readied.ready);
  }
  // Two presses of one button: the second finds what the first has made.
  const now = await store.compositions.find(composition.id);
  if (now?.kind !== "sent") return { kind: "changed" };
  return { kind: "sent", posts: await postsOf(store.database, composition.id), again: true };
}
