/** What people asked for by mail or page and have not confirmed yet, or have, and the tokens that stand for it. */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { RequestEnd, RequestKind } from "../../lists/request.ts";
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import { readTokenId, tokenMatches } from "../../mail/token.ts";
import type { Database, Write } from "../database/database.ts";
import { provoke } from "./provoked-mail.ts";
import type { Cap } from "./provoked-mail.ts";
import type { Schema } from "../schema/schema.ts";

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

/** The number and secret of a request that is still to be made. */
export type Drawn = { readonly id: number; readonly secret: Buffer };

/** A token that is genuine; `outlived`: its time is over, and whose it was is forgotten. */
export type FoundRequest = { readonly request: Request } | { readonly outlived: { readonly listId: number } };

export type NewRequest = {
  /** Undefined: it gets a number and secret now. */
  readonly drawn?: Drawn;
  readonly kind: RequestKind;
  readonly listId: number;
  readonly membershipId: number;
  readonly address: Address;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly now: number;
  readonly expiresAt: number;
  /** The mail that brings the token, where it is known already. */
  readonly deliveryId?: number;
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

  /** What a token stands for; undefined when it is forged. */
  async findByToken(token: string): Promise<FoundRequest | undefined> {
    const id = readTokenId(token);
    const request = id === undefined ? undefined : await this.find(id);
    if (request !== undefined)
      return tokenMatches(token, { purpose: request.kind, id: request.id, secret: request.secret })
        ? { request }
        : undefined;
    const reader = this.#database.reader;
    const row = await reader
      .selectFrom("outlived_request")
      .selectAll()
      .where("id", "=", id ?? 0)
      .executeTakeFirst();
    return row !== undefined && tokenMatches(token, { purpose: row.kind, id: row.id, secret: row.secret })
      ? { outlived: { listId: row.list_id } }
      : undefined;
  }

  /**
   * A number that no other request will get, with a secret: so the mail that brings the token can be composed before the one
   * transaction that makes both request and mail. Broken off in between, only a number is lost.
   */
  async draw(): Promise<Drawn> {
    const { kind } = this.#database;
    const id = await this.#database.write((write) =>
      kind === "postgres" ? nextOfPostgres(write) : nextOfSqlite(write),
    );
    return { id, secret: randomBytes(16) };
  }

  /** Whether one more mail of this kind may be provoked to the address; notes it when it may. */
  async mayProvoke(address: Address, cap: Cap, now: number): Promise<boolean> {
    return this.#database.write((write) => provoke(write, address, { ...cap, now }));
  }
}

async function nextOfPostgres(write: Write): Promise<number> {
  const { rows } = await sql<{ id: number }>`SELECT nextval(pg_get_serial_sequence('request', 'id')) AS id`.execute(
    write,
  );
  return Number(rows[0]?.id);
}

/** AUTOINCREMENT keeps the highest number given in a table that may be written to; it has no row before the first request. */
async function nextOfSqlite(write: Write): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'request' RETURNING seq AS id`.execute(write);
  const [row] = rows;
  if (row !== undefined) return row.id;
  await sql`INSERT INTO sqlite_sequence (name, seq) VALUES ('request', 1)`.execute(write);
  return 1;
}

/** Within the caller's transaction, which also queues the mail that brings its token. */
export async function insertRequest(write: Write, request: NewRequest): Promise<Request> {
  const row = await write
    .insertInto("request")
    .values({
      kind: request.kind,
      list_id: request.listId,
      membership_id: request.membershipId,
      ...(request.drawn ?? { secret: randomBytes(16) }),
      address: displayAddress(request.address),
      canonical: canonicalAddress(request.address),
      content: JSON.stringify(request.content ?? {}),
      created_at: request.now,
      expires_at: request.expiresAt,
      delivery_id: request.deliveryId ?? null,
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
