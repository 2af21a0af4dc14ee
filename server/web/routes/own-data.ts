/** /m/edit/TOKEN: a member's own data, for as long as the mailed link lives. */
import { Router } from "@koa/router";
import { displayAddress } from "../../mail/address.ts";
import { listAddress } from "../../lists/mailing-list.ts";
import type { OwnDataChange, OwnDataPage, OwnDataResult } from "../../requests/own-data.ts";
import { words } from "../../words/words.ts";
import type { Words } from "../../words/en.ts";
import { FormFields } from "../form-fields.ts";
import { asOwnTyped, ownFields, presentData, readOwnData } from "../own-data-form.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

type Open = Extract<OwnDataPage, { found: "open" }>;

/** What the last press has to say on the page, and what was typed. */
type Said = {
  readonly notice?: string;
  readonly faults?: Readonly<Record<string, string>>;
  readonly typed?: Readonly<Record<string, string>>;
  /** What the entry says now, for who is told that it changed meanwhile. */
  readonly present?: readonly string[];
};

export function ownDataRoutes(parts: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();
  const { selfService, wake } = parts;

  router.get("/m/edit/:token", async (ctx) =>
    show(parts, ctx, { page: await selfService.lookUpOwnData(tokenOf(ctx)) }),
  );

  router.post("/m/edit/:token", async (ctx) => {
    const form = await readTokenForm(ctx);
    const page = await selfService.lookUpOwnData(tokenOf(ctx));
    if (page.found !== "open") return show(parts, ctx, { page });
    const w = words(page.language);
    const fields = new FormFields(form, w);
    const change = readOwnData(form, fields, { member: page.member, joining: page.list.joining, words: w });
    if (change === undefined) return show(parts, ctx, { page, said: fields.forPage });
    const result = await selfService.changeOwnData(tokenOf(ctx), change);
    wake();
    const after = await selfService.lookUpOwnData(tokenOf(ctx));
    if (after.found !== "open") return show(parts, ctx, { page: after });
    show(parts, ctx, { page: after, said: told(after, { w, change, result, typed: fields.forPage.typed }) });
  });

  return router;
}

function told(
  page: Open,
  {
    w,
    change,
    result,
    typed,
  }: {
    readonly w: Words;
    readonly change: OwnDataChange;
    readonly result: OwnDataResult;
    readonly typed: Readonly<Record<string, string>>;
  },
): Said {
  const said = w.ownData;
  if (change.do === "save") {
    if (result === "done") return { notice: said.saved };
    // With the present version: whoever has read what it says now can save again.
    const again = { ...typed, version: String(page.member.versionId) };
    return { typed: again, present: [page.member.name, ...presentData(page.member.attributes)] };
  }
  if (change.do === "remove") return { notice: result === "done" ? said.removed : said.notRemoved };
  if (result === "mailed") return { notice: said.mailed(displayAddress(change.to)) };
  const { name, domain } = page.list;
  const owner = listAddress({ name: `${name}-owner`, domain });
  const why = { same: said.same, ours: said.ours, lately: said.lately, taken: said.taken(owner) };
  const fault = result === "same" || result === "ours" || result === "taken" ? why[result] : why.lately;
  return { faults: { [change.do]: fault }, typed };
}

function show(
  { pages, config }: WebParts,
  ctx: PanelContext,
  { page, said = {} }: { readonly page: OwnDataPage; readonly said?: Said },
): void {
  if (page.found === "unknown") return showUnknownToken(ctx, pages);
  const { list, language } = page;
  const shown = { language, timezone: list.timezone ?? config.timezone };
  if (page.found === "over") {
    const view = { kind: "edit", title: list.title, step: "over" };
    return showTokenPage(ctx, pages, { ...shown, name: "own/link", view });
  }
  if (said.present !== undefined) ctx.status = 409;
  else if (said.faults !== undefined) ctx.status = 422;
  const { member, further, sharing } = page;
  showTokenPage(ctx, pages, {
    ...shown,
    name: "own/data",
    view: {
      title: list.title,
      address: member.address,
      further,
      sharing,
      ...ownFields(member, list.joining),
      said: said.notice,
      present: said.present,
      faults: said.faults ?? {},
      typed: { ...asOwnTyped(member, list.joining), ...said.typed },
    },
  });
}
