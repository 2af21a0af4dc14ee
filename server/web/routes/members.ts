/** Members of a list: finding, adding, changing, pausing, resuming, removing. */
import type { Router } from "@koa/router";
import { memberStatuses } from "../../lists/member.ts";
import type { MemberStatus } from "../../lists/member.ts";
import { displayAddress } from "../../mail/address.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { leaveNotice } from "../notice.ts";
import type { OnList, OnMember, PanelContext } from "../panel-context.ts";
import { asTyped, readPerson } from "../person-form.ts";
import { keyOf, searchOf } from "../query.ts";
import type { WebParts } from "../web-parts.ts";

const membersPage = 50;

export function memberRoutes(parts: WebParts): Router<OnMember> {
  const { members } = parts.store;
  const router = guardedRouter<OnMember>(parts);

  router.get("/lists/:list/members", (ctx) => showMembers(parts, ctx));
  router.post("/lists/:list/members", (ctx) => addMember(parts, ctx));
  router.get("/lists/:list/members/new", (ctx) =>
    parts.pages.show(ctx, "members/new", { list: ctx.state.list, faults: {}, typed: {} }),
  );
  router.get("/lists/:list/members/:member", (ctx) =>
    parts.pages.show(ctx, "members/edit", { ...onPage(ctx), faults: {}, typed: asTyped(ctx.state.member) }),
  );
  router.post("/lists/:list/members/:member", (ctx) => editMember(parts, ctx));

  const to = async (ctx: PanelContext<OnMember>, status: MemberStatus): Promise<void> => {
    await members.setStatus(ctx.state.member.id, status, parts.clock.now());
    parts.wake();
    seeOther(ctx, `/lists/${ctx.state.list.id}/members`);
  };
  router.post("/lists/:list/members/:member/pause", (ctx) => {
    leaveNotice(ctx, { text: ctx.state.words.members.paused(ctx.state.member.address) });
    return to(ctx, "paused");
  });
  router.post("/lists/:list/members/:member/resume", (ctx) => {
    leaveNotice(ctx, { text: ctx.state.words.members.resumed(ctx.state.member.address) });
    return to(ctx, "active");
  });
  router.post("/lists/:list/members/:member/remove", (ctx) => {
    const { member, words: w } = ctx.state;
    leaveNotice(ctx, { text: w.members.removed(member.address), undoMember: member.id });
    return to(ctx, "left");
  });
  router.post("/lists/:list/members/:member/restore", (ctx) => {
    leaveNotice(ctx, { text: ctx.state.words.members.restored(ctx.state.member.address) });
    return to(ctx, "active");
  });

  return router;
}

async function showMembers({ store, pages }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, dates, words: w } = ctx.state;
  const search = searchOf(ctx);
  const status = memberStatuses.find((each) => each === ctx.query["status"]);
  const after = keyOf(ctx, "after");
  const filter = { search, limit: membersPage + 1, ...(status && { status }), ...(after && { after }) };
  const found = await store.members.page(list.id, filter);
  const counts = await store.members.counts(list.id);
  const members = found.slice(0, membersPage).map((member) => ({
    ...member,
    since: dates.date(member.createdAt),
    sinceIso: new Date(member.createdAt).toISOString(),
    statusText: w.memberStatus[member.status],
  }));
  pages.show(ctx, "members/members", {
    list,
    search,
    status,
    members,
    counts: memberStatuses.map((each) => ({ status: each, label: w.memberStatus[each], count: counts[each] })),
    all: Object.values(counts).reduce((sum, count) => sum + count, 0),
    isFirst: after === undefined,
    next: found.length > membersPage ? members.at(-1)?.id : undefined,
  });
}

async function addMember({ store, clock, pages }: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const person = readPerson(fields, w);
  if (person === undefined) {
    ctx.status = 422;
    return pages.show(ctx, "members/new", { list, ...fields.forPage });
  }
  const { added } = await store.members.save(list.id, [person], clock.now());
  const address = displayAddress(person.address);
  leaveNotice(ctx, { text: added > 0 ? w.members.added(address) : w.members.changed(address) });
  seeOther(ctx, `/lists/${list.id}/members`);
}

async function editMember({ store, clock, pages }: WebParts, ctx: PanelContext<OnMember>): Promise<void> {
  const { list, member, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const person = readPerson(fields, w);
  const versionId = Number(form.get("version"));
  const result = person && (await store.members.edit(member.id, { ...person, versionId }, clock.now()));
  if (result === "done") {
    leaveNotice(ctx, { text: w.members.saved });
    return seeOther(ctx, `/lists/${list.id}/members`);
  }
  if (result === "missing") return ctx.throw(404);
  if (result === "taken") fields.fault("address", w.members.taken);
  const { faults, typed } = fields.forPage;
  if (result !== "conflict") {
    ctx.status = 422;
    return pages.show(ctx, "members/edit", { ...onPage(ctx), faults, typed });
  }
  ctx.status = 409;
  // With the present version: whoever has read what it says now can save again.
  const present = asTyped(member);
  pages.show(ctx, "members/edit", {
    ...onPage(ctx),
    present,
    faults,
    typed: { ...typed, version: present["version"] },
  });
}

function onPage({ state: { list, member } }: PanelContext<OnMember>): object {
  return { list, member, present: undefined };
}
