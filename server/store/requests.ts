/** What people asked for by mail or page and have not confirmed yet, or have; and how much mail strangers made us send to whom. */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { RequestEnd, RequestKind } from "../lists/request.ts";
import { canonicalAddress, displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import type { Database, Write } from "./database.ts";
import type { Schema } from "./schema.ts";

export type Request = {
  readonly id: number;
  readonly kind: RequestKind;
  readonly listId: number;
  readonly membershipId: number;
  readonly secret: Buffer;
  /** To whom its token was mailed. */
  readonly address: string;
  readonly canonical: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The mail that brought the token. */
  readonly deliveryId: number | undefined;
  readonly doneAt: number | undefined;
  readonly doneBy: RequestEnd | undefined;
};

export type NewRequest = {
  readonly kind: RequestKind;
  readonly listId: number;
  readonly membershipId: number;
  readonly address: Address;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly expiresAt: number;
};

export class Requests {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async find(id: number): Promise<Request | undefined> {
    const row = await this.#database.reader.selectFrom("request").selectAll().where("id", "=", id).executeTakeFirst();
    return row && toRequest(row);
  }

  /**
   * Whether one more mail of this kind may be provoked to the address: not while one went less than `gapMs` ago, nor when `perDay`
   * went in the last 24 hours. Notes it when it may.
   */
  async mayProvoke(
    address: Address,
    { kind, gapMs, perDay }: { readonly kind: string; readonly gapMs: number; readonly perDay: number },
    now: number,
  ): Promise<boolean> {
    const canonical = canonicalAddress(address);
    return this.#database.write(async (write) => {
      const recent = await write
        .selectFrom("provoked_mail")
        .select("at")
        .where("canonical", "=", canonical)
        .where("kind", "=", kind)
        .where("at", ">", now - dayMs)
        .orderBy("at", "desc")
        .limit(perDay)
        .execute();
      if (recent.length >= perDay || (recent[0] !== undefined && recent[0].at > now - gapMs)) return false;
      await write.insertInto("provoked_mail").values({ canonical, kind, at: now }).execute();
      return true;
    });
  }

  /** Forgets provoked mail that no cap counts any more. */
  async sweepProvoked(now: number): Promise<void> {
    await this.#database.write((write) =>
      sql`DELETE FROM provoked_mail WHERE id IN (SELECT id FROM provoked_mail WHERE at <= ${now - dayMs} ORDER BY at LIMIT 2000)`.execute(
        write,
      ),
    );
  }
}

const dayMs = 86_400_000;

/** Within the caller's transaction, which also queues the mail that brings its token. */
export async function insertRequest(write: Write, request: NewRequest): Promise<Request> {
  const row = await write
    .insertInto("request")
    .values({
      kind: request.kind,
      list_id: request.listId,
      membership_id: request.membershipId,
      secret: randomBytes(16),
      address: displayAddress(request.address),
      canonical: canonicalAddress(request.address),
      content: JSON.stringify(request.content ?? {}),
      created_at: request.now,
      expires_at: request.expiresAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toRequest(row);
}

/** False when it was settled already. */
export async function settleRequest(
  write: Write,
  id: number,
  end: { readonly by: RequestEnd; readonly now: number },
): Promise<boolean> {
  const result = await write
    .updateTable("request")
    .set({ done_at: end.now, done_by: end.by })
    .where("id", "=", id)
    .where("done_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function toRequest(row: Selectable<Schema["request"]>): Request {
  return {
    id: row.id,
    kind: row.kind,
    listId: row.list_id,
    membershipId: row.membership_id,
    secret: row.secret,
    address: row.address,
    canonical: row.canonical,
    content: JSON.parse(row.content) as Readonly<Record<string, unknown>>,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    deliveryId: row.delivery_id ?? undefined,
    doneAt: row.done_at ?? undefined,
    doneBy: row.done_by ?? undefined,
  };
}
