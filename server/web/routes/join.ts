/** /s/TOKEN, the page of a confirmation mail: one small form that makes a member; and /m/arrived/TOKEN, the one of the test mail. */
import { Router } from "@koa/router";
import { listAddress } from "../../lists/mailing-list.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { maskAddress } from "../../mail/mask-address.ts";
import { makeToken } from "../../mail/token.ts";
import type { Arrival, JoinLookUp } from "../../requests/joining.ts";
import { words } from "../../words/words.ts";
import { FormFields } from "../form-fields.ts";
import { asJoinTyped, fieldOf, readJoinForm } from "../join-form.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { readTokenForm, showTokenPage, showUnknownToken, tokenOf } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

/** What the page shows beside what the token stands for. */
type Shown = {
  readonly seen: JoinLookUp;
  readonly faults: Readonly<Record<string, string>>;
  readonly typed: Readonly<Record<string, string>> | undefined;
  readonly justNow: boolean;
  readonly test: "sent" | "wait" | undefined;
};

const atFirst: Omit<Shown, "seen"> = { faults: {}, typed: undefined, justNow: false, test: undefined };

export function joinRoutes(parts: WebParts): Router<PanelState> {
  const { joining, pages, wake } = parts;
  const router = new Router<PanelState>();

  router.get("/s/:token", async (ctx) => show(parts, ctx, { ...atFirst, seen: await joining.lookUp(tokenOf(ctx)) }));

  router.post("/s/:token", async (ctx) => {
    const form = await readTokenForm(ctx);
    const seen = await joining.lookUp(tokenOf(ctx));
    if (seen.found !== "open") return show(parts, ctx, { ...atFirst, seen });
    const fields = new FormFields(form, words(seen.language));
    const answers = readJoinForm(fields, seen.list.joining, words(seen.language));
    if (answers === undefined) {
      ctx.status = 422;
      return show(parts, ctx, { ...atFirst, seen, ...fields.forPage });
    }
    await joining.confirmOnPage(tokenOf(ctx), answers);
    wake();
    await show(parts, ctx, { ...atFirst, seen: await joining.lookUp(tokenOf(ctx)), justNow: true });
  });

  router.post("/s/:token/test", async (ctx) => {
    await readTokenForm(ctx);
    const seen = await joining.lookUp(tokenOf(ctx));
    const isSent = await joining.sendTest(tokenOf(ctx));
    if (isSent) wake();
    await show(parts, ctx, { ...atFirst, seen, justNow: true, test: isSent ? "sent" : "wait" });
  });

  router.get("/m/arrived/:token", async (ctx) => {
    const arrival = await joining.lookUpArrival(tokenOf(ctx));
    if (arrival === undefined) return showUnknownToken(ctx, pages);
    showArrived(parts, ctx, { arrival, isDone: arrival.member.arrivedAt !== undefined });
  });

  router.post("/m/arrived/:token", async (ctx) => {
    await readTokenForm(ctx);
    const arrival = await joining.lookUpArrival(tokenOf(ctx));
    if (arrival === undefined) return showUnknownToken(ctx, pages);
    await joining.arrived(arrival.member.id);
    wake();
    showArrived(parts, ctx, { arrival, isDone: true });
  });

  return router;
}

async function show(parts: WebParts, ctx: PanelContext, { seen, ...shown }: Shown): Promise<void> {
  const { pages, config, store } = parts;
  if (seen.found === "unknown") return showUnknownToken(ctx, pages);
  const { list } = seen;
  const language = "language" in seen ? seen.language : (list.language ?? config.language);
  const common = { name: "join/join", language, timezone: list.timezone ?? config.timezone };
  const facts = { title: list.title, step: seen.found, ...addresses(list), ...shown };
  if (seen.found === "over") return showTokenPage(ctx, pages, { ...common, view: facts });
  const { member, request } = seen;
  const { joining } = list;
  const secret = seen.found === "member" ? await store.members.secretOf(member.id) : undefined;
  showTokenPage(ctx, pages, {
    ...common,
    view: {
      ...facts,
      joining,
      address: maskAddress(request.address),
      until: Math.min(request.expiresAt, joining.until ?? request.expiresAt),
      fields: joining.attributes.map((asked, index) => ({ ...asked, field: fieldOf(index) })),
      typed: shown.typed ?? asJoinTyped(joining, seen.found === "open" ? member : { name: "", attributes: {} }),
      token: tokenOf(ctx),
      memberToken: secret && makeToken({ purpose: "member", id: member.id, secret }),
    },
  });
}

function addresses(list: MailingList): object {
  const at = (purpose: string): string => listAddress({ name: `${list.name}-${purpose}`, domain: list.domain });
  return { join: at("subscribe"), owner: at("owner"), help: `/join/${listAddress(list)}` };
}

function showArrived(
  { pages, config }: WebParts,
  ctx: PanelContext,
  { arrival, isDone }: { readonly arrival: Arrival; readonly isDone: boolean },
): void {
  const { list, language } = arrival;
  showTokenPage(ctx, pages, {
    name: "join/arrived",
    view: { title: list.title, isDone },
    language,
    timezone: list.timezone ?? config.timezone,
  });
}
