/** Files of members, in: choosing one, looking at what it would change, doing that, and taking it back. */
import type { Router } from "@koa/router";
import { hasMembers } from "../../imports/stage-import.ts";
import { bringBack } from "../../store/imports/import-rows.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { mostColumns, readColumns } from "../import-columns-form.ts";
import { leaveNotice } from "../notice.ts";
import type { OnImport, OnList, PanelContext } from "../panel-context.ts";
import { chipsOf, linesOf, presentImport } from "../presenters/present-import.ts";
import type { Shown } from "../presenters/present-import.ts";
import { keyOf } from "../query.ts";
import { keepUpload, mostMegabytes } from "../keep-upload.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

const recentImports = 10;

export function importRoutes(parts: WebParts): Router<OnImport> {
  const { store, clock } = parts;
  const router = guardedRouter<OnImport>(parts);
  const path = "/lists/:list/import/:import";

  router.get("/lists/:list/import", (ctx) => showNew(parts, ctx, undefined));
  router.post("/lists/:list/import", (ctx) => takeFile(parts, ctx));
  router.get(path, (ctx) => showImport(parts, ctx, undefined));
  router.post(`${path}/columns`, (ctx) => takeColumns(parts, ctx));
  router.post(`${path}/bring-back`, async (ctx) => {
    const ids = ctx.state.form.getAll("row").flatMap((id) => rowId(id) ?? []);
    const back = await bringBack(store.database, ctx.state.import, ids.slice(0, 100));
    if (back > 0) leaveNotice(ctx, { text: ctx.state.words.imports.broughtBack(back) });
    toImport(ctx);
  });
  router.post(`${path}/apply`, (ctx) => apply(parts, ctx));
  router.post(`${path}/discard`, async (ctx) => {
    const { list, words: w } = ctx.state;
    const isGone = await store.imports.discard(ctx.state.import.id);
    leaveNotice(ctx, { text: isGone ? w.imports.discarded : w.imports.tooLate });
    if (isGone) seeOther(ctx, `/lists/${list.id}/import`);
    else toImport(ctx);
  });
  router.post(`${path}/undo`, async (ctx) => {
    const { words: w } = ctx.state;
    const begun = await store.imports.undo(ctx.state.import.id, clock.now());
    if (begun === "begun") parts.imports.wake();
    else leaveNotice(ctx, { text: begun === "busy" ? w.imports.busy : w.imports.undoLate });
    toImport(ctx);
  });

  return router;
}

async function showNew(
  { store, pages }: WebParts,
  ctx: PanelContext<OnList>,
  fault: string | undefined,
): Promise<void> {
  const { list } = ctx.state;
  const recent = await store.imports.ofList(list.id, recentImports);
  const views = recent.map((one) => presentImport({ ...ctx.state, import: one }));
  pages.show(ctx, "imports/new", { list, fault, recent: views, mostMegabytes });
}

async function takeFile(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, account, form, upload, words: w } = ctx.state;
  const pasted = form.get("pasted") ?? "";
  const kept = await keepUpload(parts, {
    listId: list.id,
    accountId: account.id,
    upload: upload ?? { name: "", content: [Buffer.from(pasted)] },
    welcomes: form.has("welcome"),
  });
  if (typeof kept === "number") {
    parts.imports.wake();
    return seeOther(ctx, `/lists/${list.id}/import/${kept}`);
  }
  ctx.status = 422;
  const { nothingChosen, tooLarge } = w.imports;
  return showNew(parts, ctx, kept === "empty" ? nothingChosen : tooLarge(mostMegabytes));
}

async function takeColumns(parts: WebParts, ctx: PanelContext<OnImport>): Promise<void> {
  const { form, import: of, words: w } = ctx.state;
  const columns = readColumns(form, of, w);
  if (typeof columns === "string") {
    ctx.status = 422;
    return showImport(parts, ctx, columns);
  }
  const isBegun = await parts.store.imports.readAgain(of.id, { columns, replaces: form.has("replaces") });
  if (isBegun) parts.imports.wake();
  else leaveNotice(ctx, { text: w.imports.tooLate });
  toImport(ctx);
}

async function apply(parts: WebParts, ctx: PanelContext<OnImport>): Promise<void> {
  const { form, import: of, words: w } = ctx.state;
  if (of.counts.fault > 0 && !form.has("skip")) {
    ctx.status = 422;
    return showImport(parts, ctx, w.imports.skipFaultsMissing);
  }
  const begun = await parts.store.imports.apply(of.id, parts.clock.now());
  if (begun === "outdated") await parts.store.imports.readAgain(of.id, of);
  if (begun === "begun" || begun === "outdated") parts.imports.wake();
  const said = { begun: undefined, busy: w.imports.busy, outdated: w.imports.outdated, gone: w.imports.tooLate }[begun];
  if (said !== undefined) leaveNotice(ctx, { text: said });
  toImport(ctx);
}

async function showImport(parts: WebParts, ctx: PanelContext<OnImport>, fault: string | undefined): Promise<void> {
  const { list, import: of, words: w } = ctx.state;
  const chips = chipsOf(of, w);
  const shown: Shown | undefined = (chips.find((chip) => chip.shown === ctx.query["show"]) ?? chips[0])?.shown;
  const after = keyOf(ctx, "after") ?? 0;
  const hasLines = shown !== undefined && ["ready", "applied", "undone"].includes(of.state);
  const lines = hasLines ? await linesOf(parts.store, ctx.state, { shown, after }) : { lines: [], next: undefined };
  const columns = Math.min(mostColumns, Math.max(0, ...of.sample.map((row) => row.length)));
  const isLate = of.expiresAt <= parts.clock.now();
  parts.pages.show(ctx, `imports/${pageOf[of.state]}`, {
    list,
    of: presentImport(ctx.state),
    fault,
    chips,
    shown: hasLines ? shown : undefined,
    ...lines,
    isFirst: after === 0,
    isLate,
    isTakable: hasMembers(of.counts),
    columns: Array.from({ length: columns }, (_, place) => ({
      place,
      use: of.columns?.uses[place] ?? { as: "nothing" },
      title: of.columns?.titled === false ? "" : (of.sample[0]?.[place] ?? ""),
      cells: of.sample.slice(of.columns?.titled === false ? 0 : 1).map((row) => row[place] ?? ""),
    })),
  });
}

const pageOf = {
  arriving: "work",
  reading: "work",
  applying: "work",
  undoing: "work",
  faulty: "faulty",
  ready: "preview",
  applied: "done",
  undone: "done",
  discarded: "done",
} as const;

function toImport(ctx: PanelContext<OnImport>): void {
  seeOther(ctx, `/lists/${ctx.state.list.id}/import/${ctx.state.import.id}`);
}
