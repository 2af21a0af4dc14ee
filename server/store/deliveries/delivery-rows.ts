/** A delivery's row as people look at it: one copy, what became of it, and what its reader did. */
import type { Selectable } from "kysely";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Schema } from "../schema/schema.ts";

export type Delivery = {
  readonly id: number;
  readonly postId: number | null;
  readonly address: string;
  readonly name: string;
  readonly state: DeliveryState;
  readonly reason: string | undefined;
  readonly attempts: number;
  readonly reply: string;
  readonly host: string;
  readonly createdAt: number;
  readonly firstAttemptAt: number | undefined;
  readonly lastAttemptAt: number | undefined;
  /** When it will be tried again, if deferred. */
  readonly dueAt: number | undefined;
  readonly sentAt: number | undefined;
  readonly bouncedAt: number | undefined;
  /** When the reader pressed "read", if the post asked. */
  readonly confirmedAt: number | undefined;
  readonly hasAnswered: boolean;
  /** Undefined also where the poll is anonymous. */
  readonly answeredAt: number | undefined;
};

export type DeliveryRow = Selectable<Schema["delivery"]> & {
  readonly address: string | null;
  readonly name: string | null;
  readonly confirmed_at: number | null;
  readonly answered_post: number | null;
  readonly answered_at: number | null;
};

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    postId: row.post_id,
    address: row.rcpt_to ?? row.address ?? "",
    name: row.name ?? "",
    state: row.state,
    reason: row.reason ?? undefined,
    attempts: row.attempts,
    reply: row.reply,
    host: row.host,
    createdAt: row.created_at,
    firstAttemptAt: row.first_attempt_at ?? undefined,
    lastAttemptAt: row.last_attempt_at ?? undefined,
    dueAt: row.state === "deferred" ? row.due_at : undefined,
    sentAt: row.sent_at ?? undefined,
    bouncedAt: row.bounced_at ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    hasAnswered: row.answered_post !== null,
    answeredAt: row.answered_at ?? undefined,
  };
}
