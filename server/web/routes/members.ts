/** The members of a list: a page of them, searched and sorted. */
import type { Router } from "@koa/router";
import { memberStatuses } from "../../lists/member.ts";
import type { StatusWish } from "../../lists/member.ts";
import { attributeField } from "../../lists/search-text.ts";
import { countOf } from "../../store/members/member-tally.ts";
import type { MemberCounts } from "../../store/members/member-tally.ts";
import { guardedRouter } from "../access.ts";
import { queryText, readMembersQuery, sortText, storeQuery } from "../members-query.ts";
import type { MembersQuery } from "../members-query.ts";
import type { OnList, PanelContext, PanelState } from "../panel-context.ts";
import { column, columnNames, ownColumns, presentMember, sortChoices } from "../presenters/present-members.ts";
import type { WebParts } from "../web-parts.ts";

export function membersRoutes(parts: WebParts): Router<OnList> {
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/members", (ctx) => showMembers(parts, ctx));

  return router;
}

async function showMembers({ store, pages }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { state } = ctx;
  const { list } = state;
  const query = readMembersQuery(ctx);
  const found = await store.members.list(list.id, storeQuery(query));
  const counts = await store.members.counts(list.id);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const names = columnNames(found.members, await store.members.attributeNames(list.id));
  const columns = ownColumns(names);
  const link = (changes: Partial<MembersQuery>): string => queryText(query, changes);
  pages.show(ctx, "members/members", {
    list,
    ...query,
    all,
    members: found.members.map((member) => presentMember(member, columns, state)),
    chips: statusChips(query, counts, state),
    columns: { ...heads(query, columns, state), hasOthers: names.length > columns.length },
    sortChoices: sortChoices(names, state),
    sortNow: sortText(query.sort, query.descending) ?? "",
    searchKeeps: [...new URLSearchParams(link({ search: "" }))],
    // How many a change of all who are found is about; not known of a search.
    matching: query.search === "" ? countOf(counts, query.status) : undefined,
    isCut: found.isCut,
    next: found.next === undefined ? undefined : link({ after: found.next }),
    previous: found.previous === undefined ? undefined : link({ before: found.previous }),
    start: link({}),
  });
}

/** Everybody present, and each status that anybody is in. */
function statusChips(query: MembersQuery, counts: MemberCounts, { words: w }: PanelState): readonly object[] {
  const chip = (status: StatusWish, label: string): object => ({
    status,
    label,
    count: countOf(counts, status),
    link: queryText(query, { status }),
  });
  const shown = memberStatuses.filter((status) => counts[status] > 0 || status === query.status);
  return [chip("present", w.members.all), ...shown.map((status) => chip(status, w.memberStatus[status]))];
}

function heads(query: MembersQuery, columns: readonly string[], { words: w }: PanelState): object {
  return {
    name: column(query, w.members.name, "name"),
    address: column(query, w.fields.address, "address"),
    since: column(query, w.members.since, undefined),
    attributes: columns.map((name) => column(query, name, attributeField(name))),
  };
}
