/** Members of a list as a file for spreadsheets: all, or those of one status. */
import type { Router } from "@koa/router";
import { memberPages } from "../../imports/member-pages.ts";
import { membersCsv } from "../../imports/members-csv.ts";
import { memberStatuses } from "../../lists/member.ts";
import { guardedRouter } from "../access.ts";
import { sendDownload } from "../download.ts";
import type { OnList, PanelContext } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

export function membersCsvRoutes(parts: WebParts): Router<OnList> {
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/members.csv", (ctx) => {
    const { list, words: w } = ctx.state;
    const name = `${list.name}-${w.imports.exportName}.csv`;
    sendDownload(ctx, { name, type: "text/csv; charset=utf-8", content: content(parts, ctx) });
  });

  return router;
}

async function* content({ store }: WebParts, ctx: PanelContext<OnList>): AsyncGenerator<string> {
  const { list, words: w } = ctx.state;
  const status = memberStatuses.find((each) => each === ctx.query["status"]);
  const narrow = status === undefined ? {} : { status };
  const attributes = await store.members.attributeNames(list.id);
  const words = {
    address: w.fields.address,
    name: w.members.name,
    status: w.members.status,
    statuses: w.memberStatus,
  };
  yield* membersCsv(memberPages(store, list.id, narrow), { words, attributes });
}
