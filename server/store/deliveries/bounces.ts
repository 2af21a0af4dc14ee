/** Bounces: what came back, kept with its report, and the delivery that turns *bounced* by it. */
import type { DeliveryState } from "../../lists/delivery.ts";
import { countBounces } from "../members/bounce-days.ts";
import { byId } from "../database/by-id.ts";
import type { Database, Write } from "../database/database.ts";
import { completeMessage } from "../posts/messages.ts";
import { addMoves } from "../posts/tallies.ts";

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
      await keepReport(write, bounce);
      if (bounce.permanence === "permanent")
        await countBounces(write, this.#database.kind, [{ delivery: bounce.deliveryId, at: bounce.receivedAt }]);
      return true;
    });
  }

  /**
   * A reader pressed "this is spam" (RFC 5965): the report is kept with the copy, whose state stays. The membership that the copy
   * was for; undefined when it had none.
   */
  async complain(complaint: NewBounce): Promise<number | undefined> {
    return this.#database.write(async (write) => {
      const member = await write
        .selectFrom("delivery as d")
        .innerJoin("membership_version as v", "v.id", "d.version_id")
        .innerJoin("membership as m", "m.id", "v.membership_id")
        .select(["m.id", "m.status"])
        .where("d.id", "=", complaint.deliveryId)
        .executeTakeFirst();
      // Of who has left there is nothing more to learn, however often the report comes.
      if (member !== undefined && member.status !== "left") await keepReport(write, complaint);
      return member?.id;
    });
  }

  async ofDelivery(deliveryId: number): Promise<readonly Bounce[]> {
    const rows = await this.#database.reader
      .selectFrom("bounce")
      .selectAll()
      .where("delivery_id", "=", deliveryId)
      .execute();
    return byId(rows).map((row) => ({
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

async function keepReport(write: Write, { report, ...bounce }: NewBounce): Promise<void> {
  const whole = { body: { bytes: report }, size: report.length, mailFrom: "", receivedAt: bounce.receivedAt };
  await write
    .insertInto("bounce")
    .values({
      delivery_id: bounce.deliveryId,
      permanence: bounce.permanence,
      status: bounce.status,
      diagnostic: bounce.diagnostic,
      message_id: await completeMessage(write, whole),
      received_at: bounce.receivedAt,
    })
    .execute();
}
