/** An address has answered: mail goes there from now on, or it is one more of the member's; and the old address takes the change back. */
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { canonicalAddress, parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { maskAddress } from "../mail/mask-address.ts";
import { makeToken } from "../mail/token.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import { queueNotice } from "../notices/queue-notice.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { changeAddress, supersedeLinks } from "../store/members/address-change.ts";
import { addAddresses } from "../store/people/people.ts";
import { insertRequest, settleRequest } from "../store/joining/requests.ts";
import type { Drawn, Request } from "../store/joining/requests.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import type { ConfirmVerb } from "./confirm.ts";
import { ownerOf } from "./depart.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";

export type Confirming = {
  readonly request: Request;
  readonly membership: Membership;
  readonly by: "reply" | "page";
};

const backLifeMs = 30 * 86_400_000;

/** False when the address is another member's by now. The old address hears of it, and can take it back for 30 days. */
export async function changeTo(needs: Needs, confirming: Confirming): Promise<boolean> {
  const { store, clock } = needs;
  const { request, membership, by } = confirming;
  const [to, from] = [parseAddress(request.address), parseAddress(membership.member.address)];
  if (to === undefined || from === undefined) return false;
  const { kind } = store.database;
  const now = clock.now();
  if (canonicalAddress(to) === canonicalAddress(from))
    return store.database.write((write) => settleRequest(write, request.id, { by, now }));
  const drawn = await store.requests.draw();
  const composed = await composeAll(needs, [takeBackNotice(needs, confirming, { drawn, now })]);
  return store.database.write(async (write) => {
    const moved = await changeAddress(write, kind, { membershipIds: idsOf(request), to, now });
    const own = moved.find(({ membershipId }) => membershipId === request.membershipId);
    if (own === undefined) return false;
    await settleRequest(write, request.id, { by, now });
    const ids = moved.filter((one) => one.from === own.from).map(({ membershipId }) => membershipId);
    await insertRequest(write, { ...backRequest(request, { drawn, from, now }), content: { ids } });
    await insertAll(write, composed, now);
    return true;
  });
}

/** False when the old address is another member's by now. Whatever else is under way for the member ends: it may not have been them. */
export async function changeBack(needs: Needs, { request, by }: Confirming): Promise<boolean> {
  const { store, clock } = needs;
  const to = parseAddress(request.address);
  if (to === undefined) return false;
  const { kind } = store.database;
  const [now, membershipIds] = [clock.now(), idsOf(request)];
  return store.database.write(async (write) => {
    const moved = await changeAddress(write, kind, { membershipIds, to, now });
    if (moved.length === 0) return false;
    await settleRequest(write, request.id, { by, now });
    await supersedeLinks(write, membershipIds, now);
    return true;
  });
}

/** False when the address is another person's. */
export async function takeSecond(needs: Needs, { request, membership, by }: Confirming): Promise<boolean> {
  const { store, clock } = needs;
  const address = parseAddress(request.address);
  if (address === undefined) return false;
  const { personId } = membership.member;
  const now = clock.now();
  return store.database.write(async (write) => {
    const { taken } = await addAddresses(write, { personId, addresses: [address], now });
    if (taken.length > 0) return false;
    return settleRequest(write, request.id, { by, now });
  });
}

/** A reply to the confirmation mail, answered at the address that was confirmed. */
export function confirmByReply(needs: Needs, kind: "address" | "second"): ConfirmVerb {
  return async (request: Request, mail: RequestMail): Promise<RequestAnswer> => {
    const membership = await findMembership(needs, request.membershipId);
    if (membership === undefined || membership.member.status === "left") return "unknown";
    const confirm = kind === "address" ? changeTo : takeSecond;
    const done = await confirm(needs, { request, membership, by: "reply" });
    const { list, language } = membership;
    const said = words(language).ownMail[done ? (`${kind}Done` as const) : "taken"];
    const text = said.text({ list: list.title, address: request.address, owner: ownerOf(mail.wish.list) });
    await queueNotice(needs, {
      list,
      to: request.address,
      subject: said.subject(list.title),
      text,
      kind: "auto-replied",
    });
    return "taken";
  };
}

/** To the old address, which may have another owner by now: the new one is masked. */
function takeBackNotice(
  { config }: Needs,
  { request, membership }: Confirming,
  { drawn, now }: { readonly drawn: Drawn; readonly now: number },
): Notice {
  const { list, language, member } = membership;
  const said = words(language).ownMail.moved;
  return {
    list,
    to: member.address,
    kind: "auto-generated",
    subject: said.subject(list.title),
    text: said.text({
      list: list.title,
      address: maskAddress(request.address),
      url: `${config.web.url}/m/back/${makeToken({ purpose: "address-back", ...drawn })}`,
      until: datesIn(language, list.timezone ?? config.timezone).date(now + backLifeMs),
    }),
  };
}

function backRequest(
  { listId, membershipId }: Request,
  { drawn, from, now }: { readonly drawn: Drawn; readonly from: Address; readonly now: number },
): Parameters<typeof insertRequest>[1] {
  const expiresAt = now + backLifeMs;
  return { drawn, kind: "address-back", listId, membershipId, address: from, now, expiresAt };
}

/** Of the memberships that the request is about, its own first. */
function idsOf({ content, membershipId }: Request): readonly number[] {
  const ids = content["ids"];
  return Array.isArray(ids) ? ids.filter((id) => Number.isSafeInteger(id)).map(Number) : [membershipId];
}
