/** Bounces: what came back, kept with its report, and the delivery that turns *bounced* by it. */
import type { DeliveryState } from "../lists/delivery.ts";
import type { Database } from "./database.ts";
import { completeMessage } from "./messages.ts";
import { addMoves } from "./tallies.ts";

export type NewBounce = {
  readonly deliveryId: number;
  readonly permanence: "permanent" | "temporary";
  readonly status: string;
  readonly diagnostic: string;
  /** The report as it came, kept so that an administrator can read it. */
  readonly report: Buffer;
  readonly receivedAt: number;
};

export type Bounce = Omit<NewBounce, "report"> & { readonly messageId: number | undefined };

export class Bounces {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A second report about the same delivery is one too many and changes nothing; false then. */
  async record(bounce: NewBounce): Promise<boolean> {
    return this.#database.write(async (write) => {
      let found = write.selectFrom("delivery").select(["state", "post_id"]).where("id", "=", bounce.deliveryId);
      if (this.#database.kind === "postgres") found = found.forUpdate();
      const before = await found.executeTakeFirst();
      if (before === undefined || !canBounce(before.state)) return false;
      const columns = { state: "bounced", bounced_at: bounce.receivedAt, reply: bounce.diagnostic } as const;
      await write.updateTable("delivery").set(columns).where("id", "=", bounce.deliveryId).execute();
      await addMoves(write, this.#database.kind, [{ postId: before.post_id, from: before.state, to: "bounced" }]);
      const messageId = await completeMessage(write, {
        body: { bytes: bounce.report },
        size: bounce.report.length,
        mailFrom: "",
        receivedAt: bounce.receivedAt,
      });
      await write
        .insertInto("bounce")
        .values({
          delivery_id: bounce.deliveryId,
          permanence: bounce.permanence,
          status: bounce.status,
          diagnostic: bounce.diagnostic,
          message_id: messageId,
          received_at: bounce.receivedAt,
        })
        .execute();
      return true;
    });
  }

  async ofDelivery(deliveryId: number): Promise<readonly Bounce[]> {
    const rows = await this.#database.reader
      .selectFrom("bounce")
      .selectAll()
      .where("delivery_id", "=", deliveryId)
      .orderBy("id")
      .execute();
    return rows.map((row) => ({
      deliveryId: row.delivery_id,
      permanence: row.permanence,
      status: row.status,
      diagnostic: row.diagnostic,
      messageId: row.message_id ?? undefined,
      receivedAt: row.received_at,
    }));
  }
}

/** A report can overtake the recording of its copy's outcome, or follow a copy whose reply was lost. */
function canBounce(state: DeliveryState): boolean {
  return state === "sent" || state === "sending" || state === "deferred";
}
