/** Joining as administrators see it: who waits and what can be done for them, what the page asks, and the page for new members. */
import type { Router } from "@koa/router";
import { joiningModes, nameModes } from "../../lists/joining.ts";
import { listAddress } from "../../lists/mailing-list.ts";
import type { WaitingPerson } from "../../store/joining/waiting-people.ts";
import { guardedRouter } from "../access.ts";
import { seeOther } from "../base-path.ts";
import { FormFields } from "../form-fields.ts";
import { asTyped, readJoiningForm } from "../joining-form.ts";
import { leaveNotice, leaveRefusal } from "../notice.ts";
import type { OnList, PanelContext, PanelState } from "../panel-context.ts";
import { keyOf } from "../query.ts";
import { rowId } from "../row-id.ts";
import type { WebParts } from "../web-parts.ts";

const waitingPage = 50;

export function joiningRoutes(parts: WebParts): Router<OnList> {
  const { joining } = parts;
  const router = guardedRouter<OnList>(parts);

  router.get("/lists/:list/joining", (ctx) => {
    const { list } = ctx.state;
    const typed = asTyped(list.joining, list.timezone ?? parts.config.timezone);
    return show(parts, ctx, { faults: {}, typed });
  });
  router.post("/lists/:list/joining", (ctx) => saveSettings(parts, ctx));

  router.post("/lists/:list/joining/again", async (ctx) => {
    const { words: w } = ctx.state;
    await forChosen(parts, ctx, async (ids) => {
      const { sent, held } = await joining.askAgain(ctx.state.list, ids);
      return w.waiting.sentAgain(sent, held);
    });
  });
  router.post("/lists/:list/joining/add", async (ctx) => {
    const { words: w } = ctx.state;
    await forChosen(parts, ctx, async (ids) => w.waiting.added(await joining.letIn(ctx.state.list, ids)));
  });
  router.post("/lists/:list/joining/dismiss", async (ctx) => {
    const { words: w } = ctx.state;
    await forChosen(parts, ctx, async (ids) => w.waiting.dismissed(await joining.dismiss(ctx.state.list, ids)));
  });

  return router;
}

/** Does something to the people whose boxes were ticked, at most a page of them, and tells it. */
async function forChosen(
  { wake }: WebParts,
  ctx: PanelContext<OnList>,
  act: (membershipIds: readonly number[]) => Promise<string>,
): Promise<void> {
  const { form, list, words: w } = ctx.state;
  const chosen = form.getAll("who").flatMap((id) => rowId(id) ?? []);
  if (chosen.length === 0) leaveRefusal(ctx, w.waiting.nobody);
  else {
    leaveNotice(ctx, { text: await act(chosen.slice(0, waitingPage)) });
    wake();
  }
  seeOther(ctx, `/lists/${list.id}/joining`);
}

async function saveSettings(parts: WebParts, ctx: PanelContext<OnList>): Promise<void> {
  const { list, form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const joining = readJoiningForm(fields, w, list.timezone ?? parts.config.timezone);
  if (joining === undefined) {
    ctx.status = 422;
    return show(parts, ctx, fields.forPage);
  }
  await parts.store.lists.update(list.id, { joining });
  leaveNotice(ctx, { text: w.waiting.saved });
  seeOther(ctx, `/lists/${list.id}/joining`);
}

async function show({ store, config, pages }: WebParts, ctx: PanelContext<OnList>, form: object): Promise<void> {
  const { list } = ctx.state;
  const confirmed = ctx.query["only"] === "confirmed";
  const before = keyOf(ctx, "before");
  const found = await store.waiting.page(list.id, { before, limit: waitingPage + 1, confirmed });
  const counts = await store.members.counts(list.id);
  const path = `/join/${listAddress(list)}`;
  pages.show(ctx, "joining/joining", {
    list,
    ...form,
    people: found.slice(0, waitingPage).map((person) => present(person, ctx.state)),
    waiting: counts.waiting,
    toApprove: await store.waiting.awaitingApproval(list.id),
    confirmed,
    isFirst: before === undefined,
    next: found.length > waitingPage ? found[waitingPage - 1]?.membershipId : undefined,
    join: listAddress({ name: `${list.name}-subscribe`, domain: list.domain }),
    path,
    url: `${config.web.url}${path}`,
    modes: joiningModes,
    nameModes,
    timezone: list.timezone ?? config.timezone,
  });
}

function present(person: WaitingPerson, { words: w, dates }: PanelState): object {
  const { mail, confirmedAt, expiresAt } = person;
  return {
    ...person,
    asked: dates.dateTime(person.askedAt),
    askedIso: new Date(person.askedAt).toISOString(),
    mailText: mail && w.deliveryState[mail.state],
    expires: confirmedAt === undefined && expiresAt !== undefined ? w.waiting.expires(dates.dateTime(expiresAt)) : "",
  };
}
