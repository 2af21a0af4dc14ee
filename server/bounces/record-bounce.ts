/** The bounce station: a report that came to a copy's envelope sender turns that delivery *bounced*, and no other; a complaint ends the membership. */
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { readBounce } from "../mail/bounce.ts";
import type { Store } from "../store/store.ts";

const longestReason = 500;

/** Says nothing against the address. */
const complaint = { permanence: "temporary", status: "", diagnostic: "the reader reported the copy as spam" } as const;

export type BounceNeeds = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Ends the membership of who complained; false when it had ended before. */
  readonly complained: (membershipId: number) => Promise<boolean>;
};

/** `report` is the beginning of the mail. Whose copy it was says the token alone, whatever the report names. */
export async function recordBounce(
  { store, clock, log, complained }: BounceNeeds,
  deliveryId: number,
  report: Buffer,
): Promise<void> {
  const read = readBounce(report);
  if (read.kind === "complaint") {
    const member = await store.bounces.complain({ ...complaint, deliveryId, report, receivedAt: clock.now() });
    const left = member !== undefined && (await complained(member));
    log.info(left ? "complaint: the member leaves" : "complaint of nobody who gets mail", { delivery: deliveryId });
    return;
  }
  if (read.kind !== "failed") {
    log.info("mail to a bounce address is no bounce", { delivery: deliveryId, kind: read.kind });
    return;
  }
  const status = read.status ?? "";
  const diagnostic = (read.diagnostic || status || "came back without a reason").slice(0, longestReason);
  const bounce = { deliveryId, permanence: read.permanence, status, diagnostic, report, receivedAt: clock.now() };
  const counted = await store.bounces.record(bounce);
  log.info(counted ? "bounced" : "bounce again", { delivery: deliveryId, permanence: read.permanence, status });
}
