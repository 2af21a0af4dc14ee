/** Members of a list: reading, adding in batches, changing. Every change of what a copy shows makes a new version. */
import type { Selectable } from "kysely";
import { canonicalAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import type { Attributes, EndedBy, Member, MemberStatus, StatusWish } from "../../lists/member.ts";
import { byId } from "../database/by-id.ts";
import type { Database } from "../database/database.ts";
import { attributeNames } from "./attribute-names.ts";
import { bringBack } from "./departures.ts";
import { editMember } from "./edit-member.ts";
import type { MemberEdit, MemberEdited } from "./edit-member.ts";
import { listMembers } from "./member-list.ts";
import type { MemberIds, MemberQuery } from "./member-list.ts";
import { memberCounts } from "./member-tally.ts";
import type { MemberCounts } from "./member-tally.ts";
import { saveBatch, setStatuses } from "./save-members.ts";
import type { MemberRow, SaveCounts } from "./save-members.ts";
import type { Schema } from "../schema/schema.ts";

export type NewMember = {
  readonly address: Address;
  readonly name: string;
  readonly attributes: Attributes;
  readonly status?: MemberStatus;
};

export type MemberPage = {
  readonly after?: number;
  readonly limit: number;
  readonly search?: string;
  readonly status?: StatusWish;
};

export type PersonsMembership = Pick<Member, "id" | "listId" | "status"> & { readonly title: string };
export type ListedMembers = Omit<MemberIds, "ids"> & { readonly members: readonly Member[] };

/** Rows a transaction: keeps each write far below 20 ms. */
const batchRows = 60;

export class Members {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes these people members, active unless said otherwise; who is there already gets the new name and attributes. */
  async save(listId: number, people: readonly NewMember[], now: number): Promise<SaveCounts> {
    const counts = { added: 0, changed: 0, unchanged: 0 };
    const { kind } = this.#database;
    const rows = rowsByAddress(people);
    for (let start = 0; start < rows.length; start += batchRows) {
      const batch = rows.slice(start, start + batchRows);
      const saved = await this.#database.write((write) => saveBatch(write, { kind, listId, rows: batch, now }));
      counts.added += saved.added;
      counts.changed += saved.changed;
      counts.unchanged += saved.unchanged;
    }
    return counts;
  }

  async find(membershipId: number): Promise<Member | undefined> {
    const row = await this.#select().where("membership.id", "=", membershipId).executeTakeFirst();
    return row && toMember(row);
  }

  async findByAddress(listId: number, address: Address): Promise<Member | undefined> {
    const person = this.#database.reader
      .selectFrom("address")
      .select("person_id")
      .where("canonical", "=", canonicalAddress(address));
    const row = await this.#select()
      .where("membership.list_id", "=", listId)
      .where("membership.person_id", "=", person)
      .executeTakeFirst();
    return row && toMember(row);
  }

  /** Of all lists that are not deleted, some hundreds at most. */
  async ofPerson(personId: number): Promise<readonly PersonsMembership[]> {
    const rows = await this.#database.reader
      .selectFrom("membership")
      .innerJoin("list", "list.id", "membership.list_id")
      .select(["membership.id", "membership.list_id as listId", "membership.status", "list.title"])
      .where("membership.person_id", "=", personId)
      .where("list.deleted_at", "is", null)
      .execute();
    return byId(rows).slice(0, 300);
  }

  /** For checking a token; undefined when the membership is gone. */
  async secretOf(membershipId: number): Promise<Buffer | undefined> {
    const row = await this.#database.reader
      .selectFrom("membership")
      .select("secret")
      .where("id", "=", membershipId)
      .executeTakeFirst();
    return row?.secret;
  }

  /** In the order of their joining, from after the member with id `after`, however long a search takes. */
  async page(listId: number, { after, ...query }: MemberPage): Promise<readonly Member[]> {
    const found: Member[] = [];
    for (let from = after; ;) {
      const place = from === undefined ? {} : { after: from };
      const page = await this.list(listId, { ...query, ...place, limit: query.limit - found.length });
      found.push(...page.members);
      if (!page.isCut || page.next === undefined) return found;
      from = page.next;
    }
  }

  /** A page as people look at it: searched, sorted, forward or back. */
  async list(listId: number, query: MemberQuery): Promise<ListedMembers> {
    const { ids, ...page } = await listMembers(this.#database, listId, query);
    const rows = ids.length === 0 ? [] : await this.#select().where("membership.id", "in", ids).execute();
    const members = new Map(rows.map((row) => [row.id, toMember(row)]));
    return { ...page, members: ids.flatMap((id) => members.get(id) ?? []) };
  }

  /** Names of the attributes that members of the list have, some hundreds at most. */
  async attributeNames(listId: number): Promise<readonly string[]> {
    return attributeNames(this.#database, listId);
  }

  async counts(listId: number): Promise<MemberCounts> {
    return memberCounts(this.#database, listId);
  }

  /** An administrator ends or renews receiving. False when there is no such member. */
  async setStatus(membershipId: number, status: MemberStatus, now: number): Promise<boolean> {
    return this.#move({ membership: membershipId, status }, now, "administrator");
  }

  /** An administrator takes a leaving back. False when they have not left. */
  async restore(membershipId: number, now: number): Promise<boolean> {
    const { kind } = this.#database;
    return this.#database.write(async (write) => {
      const query = write.selectFrom("membership").select("status").where("id", "=", membershipId);
      const row = await (kind === "postgres" ? query.forUpdate() : query).executeTakeFirst();
      return row?.status === "left" && bringBack(write, kind, { membershipId, now });
    });
  }

  /** The member leaves by themselves, so that no file brings them back. False when there is no such member. */
  async leave(membershipId: number, now: number): Promise<boolean> {
    return this.#move({ membership: membershipId, status: "left" }, now, "member");
  }

  /**
   * Changes address, name or attributes. `conflict`: somebody changed the member since `versionId` was read; `taken`: the
   * new address is another person's who is on the list.
   */
  async edit(membershipId: number, change: MemberEdit, now: number): Promise<MemberEdited> {
    return editMember(this.#database, membershipId, { ...change, now });
  }

  async #move(
    row: { readonly membership: number; readonly status: MemberStatus },
    now: number,
    by: EndedBy,
  ): Promise<boolean> {
    return this.#database.write(async (write) => {
      await setStatuses(write, { kind: this.#database.kind, now, by, rows: [row] });
      const found = write.selectFrom("membership").select("id").where("id", "=", row.membership);
      return (await found.executeTakeFirst()) !== undefined;
    });
  }

  #select() {
    return this.#database.reader
      .selectFrom("membership")
      .innerJoin("membership_version as v", "v.id", "membership.version_id")
      .select([
        "membership.id",
        "membership.list_id",
        "membership.person_id",
        "membership.status",
        "membership.created_at",
        "membership.joined_by",
        "membership.left_at",
        "membership.ended_by",
        "membership.arrived_at",
        "membership.inactive_since",
        "membership.bounce_words",
        "v.id as version_id",
        "v.address",
        "v.name",
        "v.attributes",
      ]);
  }
}

/** The last row of an address wins, as in a spreadsheet that repeats a line. */
function rowsByAddress(people: readonly NewMember[]): readonly MemberRow[] {
  const rows = people.map((one) => ({ ...one, attributes: JSON.stringify(one.attributes), status: one.status }));
  return [...new Map(rows.map((row) => [canonicalAddress(row.address), row])).values()];
}

function toMember(
  row: Pick<
    Selectable<Schema["membership"]>,
    | "id"
    | "list_id"
    | "person_id"
    | "status"
    | "created_at"
    | "joined_by"
    | "left_at"
    | "ended_by"
    | "arrived_at"
    | "inactive_since"
    | "bounce_words"
  > & {
    version_id: number;
    address: string;
    name: string;
    attributes: string;
  },
): Member {
  return {
    id: row.id,
    listId: row.list_id,
    personId: row.person_id,
    address: row.address,
    name: row.name,
    status: row.status,
    attributes: JSON.parse(row.attributes) as Attributes,
    createdAt: row.created_at,
    joinedBy: row.joined_by,
    leftAt: row.left_at ?? undefined,
    endedBy: row.ended_by ?? undefined,
    arrivedAt: row.arrived_at ?? undefined,
    stopped:
      row.status === "bounced" ? { since: row.inactive_since ?? row.created_at, words: row.bounce_words } : undefined,
    versionId: row.version_id,
  };
}
