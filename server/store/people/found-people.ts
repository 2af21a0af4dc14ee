/** What some persons are on the lists that somebody may see: members, senders, administrators. A few statements for all of them. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { MemberStatus } from "../../lists/member.ts";
import { byId } from "../database/by-id.ts";
import type { Database } from "../database/database.ts";

export type OnOneList = { readonly listId: number; readonly title: string };

export type FoundPerson = {
  readonly personId: number;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly memberOn: readonly (OnOneList & {
    readonly membershipId: number;
    readonly address: string;
    readonly status: MemberStatus;
  })[];
  readonly senderOn: readonly OnOneList[];
  readonly account:
    { readonly username: string; readonly isOwner: boolean; readonly administers: readonly OnOneList[] } | undefined;
};

type Row = { readonly person_id: number };
type ListRow = Row & { readonly list_id: number; readonly title: string };
type MemberRow = ListRow & {
  readonly id: number;
  readonly address: string;
  readonly name: string;
  readonly status: MemberStatus;
};
type AccountRow = Row & {
  readonly username: string;
  readonly is_owner: number;
  readonly list_id: number | null;
  readonly title: string | null;
};

/** In the order of the ids. `accountId`: whose lists are seen; undefined: an owner's, all of them. */
export async function foundPeople(
  database: Database,
  ids: readonly number[],
  accountId: number | undefined,
): Promise<readonly FoundPerson[]> {
  const { reader } = database;
  const persons = await reader.selectFrom("person").select(["id", "name"]).where("id", "in", ids).execute();
  const addresses = await reader
    .selectFrom("address")
    .select(["id", "person_id", "address"])
    .where("person_id", "in", ids)
    .execute();
  const { memberships, posters, accounts } = queries(ids, accountId);
  const members = Map.groupBy((await memberships.execute(reader)).rows, (row) => row.person_id);
  const senders = Map.groupBy((await posters.execute(reader)).rows, (row) => row.person_id);
  const logins = Map.groupBy((await accounts.execute(reader)).rows, (row) => row.person_id);
  return ids.map((personId) => {
    const memberOn = members.get(personId) ?? [];
    const senderOn = (senders.get(personId) ?? []).map(onOneList);
    const name = persons.find(({ id }) => id === personId)?.name ?? "";
    const all = byId(addresses)
      .filter((row) => row.person_id === personId)
      .map((row) => row.address);
    return {
      personId,
      name: name === "" ? (memberOn.find((row) => row.name !== "")?.name ?? "") : name,
      // Who sees only some lists sees of a person what those lists' pages show.
      addresses:
        accountId === undefined || senderOn.length > 0 ? all : [...new Set(memberOn.map((row) => row.address))],
      memberOn: memberOn.map((row) => ({
        ...onOneList(row),
        membershipId: row.id,
        address: row.address,
        status: row.status,
      })),
      senderOn,
      account: accountOf(logins.get(personId) ?? [], accountId === undefined),
    };
  });
}

function queries(
  ids: readonly number[],
  accountId: number | undefined,
): {
  readonly memberships: RawBuilder<MemberRow>;
  readonly posters: RawBuilder<ListRow>;
  readonly accounts: RawBuilder<AccountRow>;
} {
  const people = sql`(${sql.join(ids)})`;
  const seen =
    accountId === undefined
      ? sql`list.deleted_at IS NULL`
      : sql`list.deleted_at IS NULL AND list.id IN (SELECT list_id FROM administrator WHERE account_id = ${accountId})`;
  return {
    memberships: sql<MemberRow>`
      SELECT m.person_id, m.list_id, list.title, m.id, v.address, v.name, m.status FROM membership AS m
      JOIN list ON list.id = m.list_id JOIN membership_version AS v ON v.id = m.version_id
      WHERE m.person_id IN ${people} AND ${seen} ORDER BY list.title, list.id`,
    posters: sql<ListRow>`
      SELECT p.person_id, p.list_id, list.title FROM poster AS p JOIN list ON list.id = p.list_id
      WHERE p.person_id IN ${people} AND ${seen} ORDER BY list.title, list.id`,
    accounts: sql<AccountRow>`
      SELECT account.person_id, account.username, account.is_owner, list.id AS list_id, list.title FROM account
      LEFT JOIN administrator ON administrator.account_id = account.id
      LEFT JOIN list ON list.id = administrator.list_id AND ${seen}
      WHERE account.person_id IN ${people} ORDER BY list.title, list.id`,
  };
}

function accountOf(rows: readonly AccountRow[], isAllSeen: boolean): FoundPerson["account"] {
  const [first] = rows;
  const administers = rows.flatMap(({ list_id, title }) =>
    list_id === null ? [] : [{ listId: list_id, title: title ?? "" }],
  );
  // An account that has nothing to do with the lists that are seen is nobody's business.
  if (first === undefined || (!isAllSeen && administers.length === 0)) return undefined;
  return { username: first.username, isOwner: first.is_owner === 1, administers };
}

function onOneList({ list_id, title }: ListRow): OnOneList {
  return { listId: list_id, title };
}
