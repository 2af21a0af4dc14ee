/** Which members a page of them shows: read from its query, and written into the links to other pages of them. */
import { memberStatuses } from "../lists/member.ts";
import type { StatusWish } from "../lists/member.ts";
import { attributeField, attributeOfField } from "../lists/search-text.ts";
import type { MemberQuery } from "../store/members/member-list.ts";
import type { PanelContext } from "./panel-context.ts";
import { keyOf, searchOf } from "./query.ts";

export const membersPage = 50;

export type MembersQuery = {
  readonly search: string;
  /** Who has left is shown when asked for alone. */
  readonly status: StatusWish;
  /** "name", "address" or an attribute's field; undefined: as they joined. */
  readonly sort: string | undefined;
  readonly descending: boolean;
  readonly after: number | undefined;
  readonly before: number | undefined;
};

export function readMembersQuery(ctx: PanelContext): MembersQuery {
  const text = String(ctx.query["sort"] ?? "");
  const sort = text.replace(/^-/, "");
  const attribute = attributeOfField(sort);
  return {
    search: searchOf(ctx),
    status: readStatus(String(ctx.query["status"] ?? "")) ?? "present",
    sort: attribute === undefined ? ["name", "address"].find((field) => field === sort) : attributeField(attribute),
    descending: text.startsWith("-"),
    after: keyOf(ctx, "after"),
    before: keyOf(ctx, "before"),
  };
}

export function readStatus(text: string): StatusWish | undefined {
  return text === "present" ? text : memberStatuses.find((each) => each === text);
}

export function storeQuery({ search, status, sort, descending, after, before }: MembersQuery): MemberQuery {
  return {
    search,
    descending,
    limit: membersPage,
    status,
    ...(sort !== undefined && { sort }),
    ...(before === undefined ? after !== undefined && { after } : { before }),
  };
}

/** The query string of the same members with these changes; a page's place goes with any of them. */
export function queryText(query: MembersQuery, changes: Partial<MembersQuery>): string {
  const { search, status, sort, descending, after, before } = {
    ...query,
    after: undefined,
    before: undefined,
    ...changes,
  };
  const texts = {
    q: search === "" ? undefined : search,
    status: status === "present" ? undefined : status,
    sort: sortText(sort, descending),
    after: after?.toString(),
    before: before?.toString(),
  };
  const said = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return said.length === 0 ? "" : `?${new URLSearchParams(said).toString()}`;
}

/** As the query says it: "name", "-name", "-" for the latest who joined first. */
export function sortText(sort: string | undefined, descending: boolean): string | undefined {
  return sort === undefined && !descending ? undefined : `${descending ? "-" : ""}${sort ?? ""}`;
}
