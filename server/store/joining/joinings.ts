/** Joining, as the database sees it: somebody waits, confirms, is let in or forgotten. Each verb stands within its caller's transaction. */
import { sql } from "kysely";
import type { JoinedBy, MemberStatus } from "../../lists/member.ts";
import { canonicalAddress, displayAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Kind, Write } from "../database/database.ts";
import { addMemberMoves } from "../members/member-tally.ts";
import { findOrAddPersons } from "../people/people.ts";
import { insertRequest, settleRequest } from "./requests.ts";
import type { Drawn, Request } from "./requests.ts";
import { randomSecret, storable } from "../database/rows.ts";
import { addVersions } from "../members/add-versions.ts";
import { setStatuses } from "../members/save-members.ts";

export type Asking = {
  readonly kind: Kind;
  readonly listId: number;
  readonly address: Address;
  /** As the mail's From says it; of a member or former member nothing is taken from it. */
  readonly name: string;
  readonly drawn: Drawn;
  readonly now: number;
  readonly expiresAt: number;
  /** The mail that brings the token. */
  readonly deliveryId: number;
};

/** The person waits to be a member, or stays what they are, and the request takes the place of an earlier one. */
export async function askToJoin(write: Write, asking: Asking): Promise<void> {
  const membershipId = await waitingMembership(write, asking);
  await supersede(write, membershipId, asking.now);
  await insertRequest(write, { ...asking, kind: "join", membershipId });
}

async function waitingMembership(write: Write, asking: Asking): Promise<number> {
  const { kind, listId, address, now } = asking;
  const name = storable(asking.name);
  const persons = await findOrAddPersons(write, kind, { people: [{ address, name }], now });
  const person = persons.get(canonicalAddress(address)) ?? 0;
  const known = await lockMembership(write, kind, { listId, person });
  if (known !== undefined) {
    if (known.status === "left")
      await setStatuses(write, { kind, now, rows: [{ membership: known.id, status: "waiting" }] });
    await write.updateTable("membership").set({ confirmed_at: null }).where("id", "=", known.id).execute();
    return known.id;
  }
  const { rows } = await sql<{ id: number }>`
    INSERT INTO membership (list_id, person_id, status, secret, inactive_since, created_at, joined_by)
    VALUES (${listId}, ${person}, 'waiting', ${randomSecret(kind)}, ${now}, ${now}, 'mail') RETURNING id`.execute(
    write,
  );
  const membership = rows[0]?.id ?? 0;
  await addVersions(write, {
    kind,
    now,
    rows: [{ membership, address: displayAddress(address), name, attributes: "{}" }],
  });
  await addMemberMoves(write, kind, [{ listId, from: undefined, to: "waiting" }]);
  return membership;
}

async function lockMembership(
  write: Write,
  kind: Kind,
  { listId, person }: { readonly listId: number; readonly person: number },
): Promise<{ readonly id: number; readonly status: MemberStatus } | undefined> {
  const found = write
    .selectFrom("membership")
    .select(["id", "status"])
    .where("list_id", "=", listId)
    .where("person_id", "=", person);
  return (kind === "postgres" ? found.forUpdate() : found).executeTakeFirst();
}

/** Of a membership's requests to join never more than one is open. */
async function supersede(write: Write, membershipId: number, now: number): Promise<void> {
  await write
    .updateTable("request")
    .set({ done_at: now, done_by: "superseded" })
    .where("membership_id", "=", membershipId)
    .where("kind", "=", "join")
    .where("done_at", "is", null)
    .execute();
}

export type Confirmation = {
  readonly kind: Kind;
  readonly by: "reply" | "page";
  /** What a reply's From says, or was typed on the page. */
  readonly name: string;
  /** Added to what is known. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly needsApproval: boolean;
  readonly now: number;
};

/**
 * `approval`: an administrator has the last word. `over`: the request was settled before, its time is over, or whoever waited has
 * been taken off the list meanwhile, and nothing was done.
 */
export type Confirmed = "member" | "approval" | "over";

export async function confirmJoining(write: Write, request: Request, said: Confirmation): Promise<Confirmed> {
  const { kind, now } = said;
  const found = write
    .selectFrom("membership as m")
    .innerJoin("membership_version as v", "v.id", "m.version_id")
    .select(["m.id", "m.status", "m.left_at", "v.address", "v.name", "v.attributes"])
    .where("m.id", "=", request.membershipId);
  const current = await (kind === "postgres" ? found.forUpdate("m") : found).executeTakeFirst();
  if (current === undefined || current.status === "left" || request.expiresAt <= now) return "over";
  if (!(await settleRequest(write, request.id, { by: said.by, now }))) return "over";
  await renew(write, { current, request, said });
  const isNew = current.status === "waiting";
  const joined: JoinedBy = said.by === "reply" ? "mail" : "page";
  if (isNew) await write.updateTable("membership").set({ joined_by: joined }).where("id", "=", current.id).execute();
  if (isNew && said.needsApproval) {
    await write.updateTable("membership").set({ confirmed_at: now }).where("id", "=", current.id).execute();
    return "approval";
  }
  await setStatuses(write, { kind, now, rows: [{ membership: current.id, status: "active" }] });
  return "member";
}

type Current = {
  readonly id: number;
  readonly status: MemberStatus;
  readonly left_at: number | null;
  readonly address: string;
  readonly name: string;
  readonly attributes: string;
};

/** What mail programs put into From does not replace a name that an administrator may have written. */
function nameOf({ status, left_at, name }: Current, said: Confirmation): string {
  const isNew = status === "waiting" && left_at === null;
  return said.name !== "" && (said.by === "page" || isNew || name === "") ? storable(said.name) : name;
}

/** Mail goes where the token went. */
async function renew(
  write: Write,
  { current, request, said }: { readonly current: Current; readonly request: Request; readonly said: Confirmation },
): Promise<void> {
  const before = JSON.parse(current.attributes) as Readonly<Record<string, string>>;
  const row = {
    membership: current.id,
    address: request.address,
    name: nameOf(current, said),
    attributes: JSON.stringify({ ...before, ...said.attributes }),
  };
  const isSame = row.address === current.address && row.name === current.name && row.attributes === current.attributes;
  if (!isSame) await addVersions(write, { kind: said.kind, now: said.now, rows: [row] });
}

/** The member has pressed "it arrived". */
export async function markArrived(write: Write, membershipId: number, now: number): Promise<void> {
  await write.updateTable("membership").set({ arrived_at: now }).where("id", "=", membershipId).execute();
}
