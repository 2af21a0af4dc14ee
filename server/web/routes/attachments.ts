/** Files of a draft, for the script that attaches them while the mail is written: one at a time, and one less. */
import type { Router } from "@koa/router";
import { isWrittenIn } from "../../lists/composition.ts";
import { roomForFiles } from "../../lists/size-limits.ts";
import { guardedRouter } from "../access.ts";
import { attachmentsView } from "../attachments-view.ts";
import { keepAttachment } from "../keep-attachment.ts";
import type { OnComposition, PanelContext } from "../panel-context.ts";
import { faultText } from "../take-attachment.ts";
import type { WebParts } from "../web-parts.ts";

export function attachmentRoutes(parts: WebParts): Router<OnComposition> {
  const router = guardedRouter<OnComposition>(parts);

  router.post("/compose/:composition/attachments", (ctx) => attach(parts, ctx));

  return router;
}

/** The draft is a newer edition by it: who is about to send an older one is told. */
async function attach(parts: WebParts, ctx: PanelContext<OnComposition>): Promise<void> {
  const { store, clock, config, pages } = parts;
  const { composition, upload, form, words } = ctx.state;
  const { id } = composition;
  if (upload === undefined) return ctx.throw(400);
  const edition = Number(/^\d{1,9}$/.exec(form.get("edition") ?? "")?.[0] ?? 0);
  const isOpen = isWrittenIn(composition);
  const next = isOpen ? await store.compositions.save({ id, edition }, clock.now()) : undefined;
  if (next === undefined) {
    ctx.status = 409;
    ctx.body = { said: isOpen ? words.compose.conflictShort : words.compose.isSent };
    return;
  }
  const fault = await keepAttachment(parts, id, upload);
  const mostOctets = config.smtp.maxMessageBytes;
  const said = fault && faultText(fault, words, mostOctets);
  const view = {
    ...(await attachmentsView(store, composition, words)),
    mostSize: words.mail.size(roomForFiles(mostOctets)),
  };
  const html = pages.part(ctx.state, "compose/attachments", {
    ...view,
    faults: said === undefined ? {} : { file: said },
  });
  ctx.body = { edition: next, html };
}
