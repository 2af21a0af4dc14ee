/** /join/NAME@DOMAIN, open to everybody: how to join a list, with a QR code and help for mail filters; and its sheet to print. */
import { Router } from "@koa/router";
import { languages, listAddress } from "../../lists/mailing-list.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { isOpen, needsPage } from "../../lists/joining.ts";
import { parseAddress } from "../../mail/address.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { qrCode } from "../qr-code.ts";
import { showTokenPage } from "../token-page.ts";
import type { WebParts } from "../web-parts.ts";

export function joinHelpRoutes(parts: WebParts): Router<PanelState> {
  const router = new Router<PanelState>();
  router.get("/join/:address", (ctx) => show(parts, ctx, { name: "join/help", address: ctx.params["address"] ?? "" }));
  router.get("/join/:address/print", (ctx) =>
    show(parts, ctx, { name: "join/print", address: ctx.params["address"] ?? "" }),
  );
  return router;
}

/** A list that is not there is the panel's own 404. */
async function show(
  { store, config, clock, pages }: WebParts,
  ctx: PanelContext,
  { name, address }: { readonly name: string; readonly address: string },
): Promise<void> {
  const named = parseAddress(address.toLowerCase());
  const list = named && (await store.lists.findByAddress(named.local, named.domain));
  if (list === undefined) return ctx.throw(404);
  // A parent may read another language than the list writes.
  const asked = languages.find((language) => language === ctx.query["language"]);
  const language = asked ?? list.language ?? config.language;
  showTokenPage(ctx, pages, {
    name,
    view: presentHelp(list, clock.now()),
    language,
    timezone: list.timezone ?? config.timezone,
  });
}

function presentHelp(list: MailingList, now: number): object {
  const join = listAddress({ name: `${list.name}-subscribe`, domain: list.domain });
  return {
    list,
    path: `/join/${listAddress(list)}`,
    join,
    domain: list.domain,
    owner: listAddress({ name: `${list.name}-owner`, domain: list.domain }),
    qr: qrCode(`mailto:${join}`),
    isOpen: isOpen(list.joining, now),
    needsPage: needsPage(list.joining),
    needsApproval: list.joining.mode === "approval",
    until: list.joining.until,
  };
}
