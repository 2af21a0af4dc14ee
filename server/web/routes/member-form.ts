/** Adding a member by hand, and a member's own page: what is known of them, and changing it. */
import type { Router } from "@koa/router";
import type { Member } from "../../lists/member.ts";
import { displayAddress } from "../../mail/address.ts";
import { guardedRouter, mayRun } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, OnMember, PanelContext } from "../panel-context.ts";
import { asTyped, attributeRows, noneTyped, readPerson } from "../person-form.ts";
import type { Person, Typed } from "../person-form.ts";
import { presentMembership } from "../presenters/present-membership.ts";
import { presentDelivery } from "../presenters/present-delivery.ts";
import type { WebParts } from "../web-parts.ts";

export function memberFormRoutes(parts: WebParts): Router<OnMember> {
  const router = guardedRouter<OnMember>(parts);

  router.get("/lists/:list/members/new", async (ctx) => {
    const known = await parts.store.members.attributeNames(ctx.state.list.id);
    showNew(parts, ctx, { known, faults: {}, typed: noneTyped(known) });
  });
  router.post("/lists/:list/members", (ctx) => addMember(parts, ctx));
  router.get("/lists/:list/members/:member", async (ctx) => {
    const known = await parts.store.members.attributeNames(ctx.state.list.id);
    await showMember(parts, ctx, { known, faults: {}, typed: asTyped(ctx.state.member, known) });
  });
  router.post("/lists/:list/members/:member", (ctx) => editMember(parts, ctx));

  return router;
}

type Form = { readonly known: readonly string[]; readonly faults: object; readonly typed: Typed };

function showNew({ pages }: WebParts, ctx: PanelContext<OnList>, form: Form & { readonly gone?: object }): void {
  pages.show(ctx, "members/new", { list: ctx.state.list, gone: undefined, rowsOf: attributeRows, ...form });
}

async function addMember(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { store, clock, wake } = parts;
  const { list, form, dates, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const person = readPerson(fields, w);
  const known = await store.members.attributeNames(list.id);
  if (person === undefined) {
    ctx.status = 422;
    return showNew(parts, ctx, { known, ...fields.forPage });
  }
  const before = await store.members.findByAddress(list.id, person.address);
  const hasLeft = before?.status === "left" && before.endedBy === "member";
  if (hasLeft && !fields.isChecked("sure")) {
    ctx.status = 409;
    const gone = { at: dates.date(before.leftAt ?? before.createdAt) };
    return showNew(parts, ctx, { known, gone, ...fields.forPage });
  }
  const address = displayAddress(person.address);
  const status = hasLeft ? { status: "active" as const } : {};
  const { added } = await store.members.save(list.id, [{ ...withWhatStands(person, before), ...status }], clock.now());
  wake();
  leaveNotice(ctx, { text: added > 0 ? w.members.added(address) : w.members.changed(address) });
  seeOther(ctx, `/lists/${list.id}/members`);
}

/** The form is empty, whatever is known of somebody who is there already: what is not written in it says nothing about them. */
function withWhatStands(person: Person, before: Member | undefined): Person {
  if (before === undefined) return person;
  const { name, attributes } = before;
  return {
    ...person,
    name: person.name === "" ? name : person.name,
    attributes: { ...attributes, ...person.attributes },
  };
}

async function editMember(parts: WebParts, ctx: PanelContext<OnMember>): Promise<void> {
  const { store, clock } = parts;
  const { list, member, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const person = readPerson(fields, w);
  const versionId = Number(form.get("version"));
  const result = person && (await store.members.edit(member.id, { ...person, versionId }, clock.now()));
  if (result === "done") {
    leaveNotice(ctx, { text: w.members.saved });
    return seeOther(ctx, `/lists/${list.id}/members/${member.id}`);
  }
  if (result === "missing") return ctx.throw(404);
  if (result === "taken") fields.fault("address", w.members.taken);
  const known = await store.members.attributeNames(list.id);
  const { faults, typed } = fields.forPage;
  ctx.status = result === "conflict" ? 409 : 422;
  if (result !== "conflict") return showMember(parts, ctx, { known, faults, typed });
  // With the present version: whoever has read what it says now can save again.
  return showMember(parts, ctx, {
    known,
    faults,
    typed: { ...typed, version: String(member.versionId) },
    isConflict: true,
  });
}

async function showMember(
  { store, pages }: WebParts,
  ctx: PanelContext<OnMember>,
  form: Form & { readonly isConflict?: boolean },
): Promise<void> {
  const { list, member } = ctx.state;
  const deliveries = await store.deliveries.lastOf(list.id, member.personId);
  pages.show(ctx, "members/edit", {
    list,
    member,
    isConflict: false,
    rowsOf: attributeRows,
    facts: presentMembership(member, ctx.state),
    deliveries: deliveries.map(({ subject, number, ...delivery }) => ({
      ...presentDelivery(delivery, ctx.state),
      subject: subject === "" ? ctx.state.words.history.noSubject : subject,
      number,
    })),
    elsewhere: await elsewhere(store, ctx, member),
    ...form,
  });
}

/** The person's other memberships, of lists that the reader may see. */
async function elsewhere(
  store: WebParts["store"],
  ctx: PanelContext<OnMember>,
  { id, personId }: Member,
): Promise<readonly object[]> {
  const { account, words: w } = ctx.state;
  const others = (await store.members.ofPerson(personId)).filter((each) => each.id !== id);
  const rights = await Promise.all(others.map(({ listId }) => mayRun(store, account, listId)));
  return others
    .filter((_, index) => rights[index])
    .map((other) => ({ ...other, statusText: w.memberStatus[other.status] }));
}
