/** One copy's fate: the states of a delivery and the outcome of one attempt. */

export const deliveryStates = ["pending", "sending", "sent", "deferred", "failed", "bounced", "cancelled"] as const;

/**
 * `sent` means that the next server answered 2xx, which is no proof of arrival; `deferred` will be tried again;
 * `bounced` was sent and came back; `cancelled` was stopped, or its member left or paused before it went.
 */
export type DeliveryState = (typeof deliveryStates)[number];

/** Why a copy never left; `restored`: a backup was restored in which it still waited, and it had most likely left since. */
export type CancelReason = "stopped" | "left" | "paused" | "bounced" | "removed" | "restored";

/**
 * What became of one attempt. `reply` holds the next server's words with the code first, or ours where it said nothing;
 * `host` names the server that spoke. `untried` gives the copy back: nothing was said about it and no attempt counts.
 */
export type Outcome =
  | { readonly kind: "sent"; readonly reply: string; readonly host: string }
  | { readonly kind: "deferred"; readonly reply: string; readonly host: string }
  | { readonly kind: "failed"; readonly reply: string; readonly host: string }
  | { readonly kind: "untried" };
