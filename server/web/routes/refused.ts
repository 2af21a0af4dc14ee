/** Posts that were turned away, and why. */
import type { Router } from "@koa/router";
import { parseAddress } from "../../mail/address.ts";
import type { Refusal } from "../../store/lists/refusals.ts";
import { guardedRouter } from "../access.ts";
import type { OnList, PanelState } from "../panel-context.ts";
import { keyOf } from "../query.ts";
import type { WebParts } from "../web-parts.ts";

const refusedPage = 50;

export function refusedRoutes(parts: WebParts): Router<OnList> {
  const { store, pages } = parts;
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/refused", async (ctx) => {
    const { list } = ctx.state;
    const before = keyOf(ctx, "before");
    const found = await store.refusals.page(list.id, { limit: refusedPage + 1, ...(before && { before }) });
    const shown = found.slice(0, refusedPage);
    const addable = await Promise.all(shown.map(async (refusal) => canBeSender(parts, refusal)));
    pages.show(ctx, "refused/refused", {
      list,
      refusals: shown.map((refusal, index) => ({ ...present(refusal, ctx.state), addable: addable[index] })),
      isFirst: before === undefined,
      older: found.length > refusedPage ? shown.at(-1)?.id : undefined,
    });
  });

  return router;
}

/** "yes", "already", or "no" for whoever is not one readable address. */
async function canBeSender(
  { store }: WebParts,
  { author, listId, reason }: Refusal,
): Promise<"yes" | "already" | "no"> {
  const address = parseAddress(author);
  if (address === undefined || reason !== "not-a-sender") return "no";
  return (await store.senders.standing(listId, address))?.isSender === true ? "already" : "yes";
}

function present(refusal: Refusal, { words: w, dates }: PanelState): object {
  const reasons: Readonly<Record<string, string>> = w.refused.reasons;
  return {
    ...refusal,
    author: refusal.author === "" ? w.refused.nobody : refusal.author,
    subject: refusal.subject === "" ? w.history.noSubject : refusal.subject,
    when: dates.exact(refusal.at),
    whenIso: new Date(refusal.at).toISOString(),
    why: reasons[refusal.reason] ?? w.refused.otherReason,
  };
}
