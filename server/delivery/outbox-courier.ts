/** The courier of trial mode (`outbound.via` "outbox"): takes every copy, keeps it where it is and never opens a connection. */
import type { CopySource, Courier } from "./courier.ts";

/** Copies between two turns of the event loop: about a millisecond's work. */
const batch = 50;

/** Stands where a server's answer would; pages say it in their own language. */
export const keptReply = "kept here, not sent";

/** Settles each copy as sent, with words that say it did not leave. */
export function createOutboxCourier({ source }: { readonly source: CopySource }): Courier {
  let turn: NodeJS.Immediate | undefined;
  let stopped = false;

  function takeBatch(): void {
    turn = undefined;
    for (let taken = 0; taken < batch && !stopped; taken += 1) {
      const copy = source.next();
      if (copy === undefined) return;
      source.settled(copy, { kind: "sent", reply: keptReply, host: "outbox" });
    }
    wake();
  }

  function wake(): void {
    if (!stopped) turn ??= setImmediate(takeBatch);
  }

  return {
    wake,
    stop: () => {
      stopped = true;
      clearImmediate(turn);
      return Promise.resolve();
    },
  };
}
