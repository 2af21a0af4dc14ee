/** The courier that the configuration asks for: to a relay, or into the outbox, where mail is kept. */
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Courier } from "./courier.ts";
import { createOutboxCourier } from "./outbox-courier.ts";
import type { DeliveryQueue } from "./queue.ts";
import { createSmtpCourier } from "./smtp-courier.ts";

export function createCourier(
  { config, log }: { readonly config: Config; readonly log: Log },
  queue: DeliveryQueue,
): Courier {
  const { via, relay, connections, timeout } = config.outbound;
  if (via === "outbox" || relay === undefined) return createOutboxCourier({ source: queue });
  return createSmtpCourier({ source: queue, relay, hostname: config.hostname, connections, timeoutMs: timeout, log });
}
