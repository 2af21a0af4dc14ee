/** Who may post to a list. */
import type { Router } from "@koa/router";
import { parseAddress } from "../../mail/address.ts";
import type { Address } from "../../mail/address.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList } from "../panel-context.ts";
import type { WebParts } from "../web-parts.ts";

export function senderRoutes(parts: WebParts): Router<OnList> {
  const { store, clock, pages } = parts;
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/senders", async (ctx) => {
    const { list } = ctx.state;
    // A refused post's author comes here with the form filled in; nothing is added before the button is pressed.
    const typed = {
      addresses: String(ctx.query["address"] ?? "").slice(0, 320),
      name: String(ctx.query["name"] ?? "").slice(0, 200),
    };
    pages.show(ctx, "senders/senders", { list, senders: await store.senders.all(list.id), faults: {}, typed });
  });

  router.post("/lists/:list/senders", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const fields = new FormFields(form, w);
    const name = fields.line("name");
    const read = fields.lines("addresses").map((line) => fields.readAddress("addresses", line));
    const [first, ...more] = read.filter((address): address is Address => address !== undefined);
    if (read.length === 0) fields.fault("addresses", w.senders.atLeastOne);
    if (!fields.isGood || first === undefined) {
      ctx.status = 422;
      return pages.show(ctx, "senders/senders", { list, senders: await store.senders.all(list.id), ...fields.forPage });
    }
    const { taken } = await store.senders.add(list.id, { addresses: [first, ...more], name }, clock.now());
    leaveNotice(ctx, {
      text: taken.length > 0 ? `${w.senders.added} ${w.senders.takenNote(taken.join(", "))}` : w.senders.added,
    });
    seeOther(ctx, `/lists/${list.id}/senders`);
  });

  router.post("/lists/:list/senders/remove", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const text = form.get("address") ?? "";
    const address = parseAddress(text);
    if (address === undefined || !(await store.senders.remove(list.id, address))) return ctx.throw(404);
    leaveNotice(ctx, { text: w.senders.removed(text) });
    seeOther(ctx, `/lists/${list.id}/senders`);
  });

  return router;
}
