/** A test mail: the copy of a draft on its way to whoever writes it, outside of every history. */
import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import { displayAddress, parseAddress } from "../mail/address.ts";
import { insertNotice } from "../store/deliveries/deliveries.ts";
import { completeMessage } from "../store/posts/messages.ts";
import { couldProvoke, provoke } from "../store/joining/provoked-mail.ts";
import type { Store } from "../store/store.ts";

/** So that no button becomes a weapon against a mailbox. */
const cap = { kind: "test-mail", gapMs: 10_000, perDay: 300 };

export type TestQueued = "queued" | "too-soon" | "impossible";

export async function queueTest(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { octets, listId, to }: { readonly octets: Buffer; readonly listId: number; readonly to: string },
): Promise<TestQueued> {
  const address = parseAddress(to);
  if (address === undefined) return "impossible";
  const now = clock.now();
  if (!(await couldProvoke(store.database, address, { ...cap, now }))) return "too-soon";
  const body = await store.messages.stage(octets, now);
  const isQueued = await store.database.write(async (write) => {
    if (!(await provoke(write, address, { ...cap, now }))) return false;
    const messageId = await completeMessage(write, { body, size: octets.length, mailFrom: "", receivedAt: now });
    await insertNotice(write, { messageId, listId, rcptTo: displayAddress(address), secret: randomBytes(16), now });
    return true;
  });
  if (!isQueued && "stagedId" in body) await store.messages.discard(body.stagedId);
  return isQueued ? "queued" : "too-soon";
}
