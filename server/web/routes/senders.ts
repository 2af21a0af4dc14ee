/** Who may post to a list: adding one person with several addresses, or several persons; changing; removing, which can be undone. */
import type { Router } from "@koa/router";
import { parseAddress } from "../../mail/address.ts";
import { senderStamp } from "../../store/people/change-sender.ts";
import type { SenderChanged } from "../../store/people/change-sender.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, OnSender, PanelContext } from "../panel-context.ts";
import { readAddresses, readName, readPeople } from "../senders-form.ts";
import { reachOf, showSenders } from "../senders-page.ts";
import type { WebParts } from "../web-parts.ts";

export function senderRoutes(parts: WebParts): Router<OnSender> {
  const { store, clock } = parts;
  const router = guardedRouter<OnSender>(parts);

  router.get("/lists/:list/senders", async (ctx) => {
    // A refused post's author comes here with the form filled in; nothing is added before the button is pressed.
    const typed = {
      addresses: String(ctx.query["address"] ?? "").slice(0, 320),
      name: String(ctx.query["name"] ?? "").slice(0, 200),
    };
    await showSenders(parts, ctx, { faults: {}, typed });
  });
  router.post("/lists/:list/senders", (ctx) => addSender(parts, ctx));
  router.post("/lists/:list/senders/many", (ctx) => addMany(parts, ctx));

  router.post("/lists/:list/senders/remove", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const text = form.get("address") ?? "";
    const address = parseAddress(text);
    if (address === undefined || !(await store.senders.remove(list.id, address))) return ctx.throw(404);
    leaveNotice(ctx, { text: w.senders.removed(text), undo: `/lists/${list.id}/senders/restore`, undoAddress: text });
    seeOther(ctx, `/lists/${list.id}/senders`);
  });
  router.post("/lists/:list/senders/restore", async (ctx) => {
    const { list, form, words: w } = ctx.state;
    const address = parseAddress(form.get("address") ?? "");
    if (address === undefined || !(await store.senders.restore(list.id, address, clock.now()))) return ctx.throw(404);
    leaveNotice(ctx, { text: w.senderPage.restored(form.get("address") ?? "") });
    seeOther(ctx, `/lists/${list.id}/senders`);
  });

  router.get("/lists/:list/senders/:person", (ctx) => {
    const { sender } = ctx.state;
    const typed = { name: sender.name, addresses: sender.addresses.join("\n"), stamp: senderStamp(sender) };
    return showEdit(parts, ctx, { faults: {}, typed });
  });
  router.post("/lists/:list/senders/:person", (ctx) => editSender(parts, ctx));

  return router;
}

async function addSender(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store, clock } = parts;
  const { list, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const name = readName(fields, w);
  const [first, ...more] = readAddresses(fields, w);
  const known = first && (await store.senders.standing(list.id, first));
  // Whoever gives a person an address lets it post wherever that person may.
  if (
    known !== undefined &&
    more.length > 0 &&
    !(await store.senders.isInReach(known.personId, await reachOf(parts, ctx)))
  )
    fields.fault("addresses", w.senderPage.outOfReachAdd);
  if (!fields.isGood || first === undefined) {
    ctx.status = 422;
    return showSenders(parts, ctx, fields.forPage);
  }
  // A name that others gave the person stays.
  const given = known === undefined || known.name === "" ? name : "";
  const { taken } = await store.senders.add(list.id, { addresses: [first, ...more], name: given }, clock.now());
  leaveNotice(ctx, {
    text: taken.length > 0 ? `${w.senders.added} ${w.senders.takenNote(taken.join(", "))}` : w.senders.added,
  });
  seeOther(ctx, `/lists/${list.id}/senders`);
}

async function addMany(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store, clock } = parts;
  const { list, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const people = readPeople(fields, w);
  if (!fields.isGood) {
    ctx.status = 422;
    return showSenders(parts, ctx, fields.forPage);
  }
  const { added } = await store.senders.addMany(list.id, people, clock.now());
  leaveNotice(ctx, { text: w.senderPage.addedMany(added, people.length - added) });
  seeOther(ctx, `/lists/${list.id}/senders`);
}

async function showEdit(
  parts: WebParts,
  ctx: PanelContext<OnSender>,
  view: { readonly faults: object; readonly typed: object; readonly trouble?: SenderChanged },
): Promise<void> {
  const { list, sender } = ctx.state;
  const mayChange = await parts.store.senders.isInReach(sender.personId, await reachOf(parts, ctx));
  parts.pages.show(ctx, "senders/edit", { list, sender, mayChange, trouble: undefined, ...view });
}

async function editSender(parts: WebParts, ctx: PanelContext<OnSender>): Promise<void> {
  const { list, sender, words: w } = ctx.state;
  const fields = new FormFields(ctx.state.form, w);
  const trouble = await changeSender(parts, ctx, fields);
  if (trouble?.result === "done") {
    leaveNotice(ctx, { text: w.senderPage.saved });
    return seeOther(ctx, `/lists/${list.id}/senders`);
  }
  if (trouble?.result === "missing") return ctx.throw(404);
  if (trouble?.result === "taken") fields.fault("addresses", w.senderPage.takenFault);
  if (trouble?.result === "in-use") fields.fault("addresses", w.senderPage.inUse(trouble.addresses.join(", ")));
  ctx.status = trouble?.result === "conflict" ? 409 : 422;
  const { faults, typed } = fields.forPage;
  // With the present stamp: whoever has read what it says now can save again.
  const view = { faults, typed: { ...typed, stamp: senderStamp(sender) } };
  await showEdit(parts, ctx, trouble === undefined ? view : { ...view, trouble });
}

/** Undefined, with the fields' faults, when the form cannot be taken. */
async function changeSender(
  parts: WebParts,
  ctx: PanelContext<OnSender>,
  fields: FormFields,
): Promise<SenderChanged | undefined> {
  const { list, sender, form, words: w } = ctx.state;
  const name = readName(fields, w);
  const addresses = readAddresses(fields, w);
  if (!fields.isGood) return undefined;
  return parts.store.senders.change({
    listId: list.id,
    personId: sender.personId,
    name,
    addresses,
    stamp: form.get("stamp") ?? "",
    reach: await reachOf(parts, ctx),
    merges: fields.isChecked("merge"),
    now: parts.clock.now(),
  });
}
