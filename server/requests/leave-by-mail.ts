/** Blank mail to `LIST-unsubscribe@`: its author leaves at once, by whichever of their addresses they wrote. */
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { depart } from "./depart.ts";
import { findMembership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { tellNotHere } from "./not-here.ts";
import { withdraw } from "./withdraw.ts";

/** With `from-only`, the one proof that there is, the author is whom From names. */
export async function leaveByMail(needs: Needs, { wish, author }: RequestMail): Promise<RequestAnswer> {
  const found = await needs.store.members.findByAddress(wish.list.id, author.address);
  const membership = found && (await findMembership(needs, found.id));
  const isHere = membership !== undefined && membership.member.status !== "waiting";
  if (isHere && (await depart(needs, membership, "mail"))) return "taken";
  await withdraw(needs, wish.list, author.address);
  await tellNotHere(needs, wish.list, author.address);
  return "taken";
}
