/** Copies, and what came back of them. */
import type { Generated } from "kysely";
import type { CancelReason, DeliveryState } from "../../lists/delivery.ts";

export type DeliveriesTables = {
  delivery: {
    id: Generated<number>;
    message_id: number;
    post_id: number | null;
    list_id: number;
    person_id: number | null;
    version_id: number | null;
    rcpt_to: string | null;
    secret: Buffer;
    state: DeliveryState;
    reason: CancelReason | null;
    rank: number;
    due_at: number;
    attempts: Generated<number>;
    reply: Generated<string>;
    host: Generated<string>;
    created_at: number;
    first_attempt_at: number | null;
    last_attempt_at: number | null;
    sent_at: number | null;
    bounced_at: number | null;
    silent_as: Generated<string | null>;
  };
  bounce: {
    id: Generated<number>;
    delivery_id: number;
    permanence: "permanent" | "temporary";
    status: string;
    diagnostic: string;
    message_id: number | null;
    received_at: number;
  };
};
