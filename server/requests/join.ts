/** Blank mail to `LIST-subscribe@`: its author, whatever else the mail holds, asks to be a member. */
import type { NetworkBrake } from "../config/network-brake.ts";
import { isOpen } from "../lists/joining.ts";
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import { makeToken } from "../mail/token.ts";
import { composeNotice, insertComposed } from "../notices/queue-notice.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { couldProvoke, provoke } from "../store/joining/provoked-mail.ts";
import type { Cap } from "../store/joining/provoked-mail.ts";
import { askToJoin, joinCap } from "./ask-to-join.ts";
import type { JoinNeeds } from "./ask-to-join.ts";
import { answerNotice } from "./join-notices.ts";

/** Characters. */
const longestName = 200;

/**
 * Exactly one mail answers, or none: over a cap the mail is taken and nothing is said, since a refusal would tell a stranger whom
 * others have asked for.
 */
export async function join(
  needs: JoinNeeds & { readonly brake: NetworkBrake },
  mail: RequestMail,
): Promise<RequestAnswer> {
  const { store, config, brake } = needs;
  const { list } = mail.wish;
  const { address, name } = mail.author;
  if (!brake.enter(mail.client, mail.at)) return "busy";
  // Our own lists do not join each other: the answers would go round.
  if (config.domains.includes(address.domain)) return "taken";
  if (!(await couldProvoke(store.database, address, { ...joinCap, now: mail.at }))) return "taken";
  const person = await store.waiting.personOnList(list.id, address);
  const language = person?.language ?? list.language ?? config.language;
  const answer = await answerInstead(needs, mail, person?.awaitsApproval ?? false);
  if (answer === undefined) await askToJoin(needs, { list, address, name: displayName(name), language }, joinCap);
  else {
    const told = { config, list, to: displayAddress(address), language };
    await tellOnce(needs, address, { notice: answerNotice(told, answer.kind, answer.url), cap: joinCap });
  }
  return "taken";
}

/** Why there is nothing to confirm; undefined when there is. */
async function answerInstead(
  { store, config }: JoinNeeds,
  { wish: { list }, author, at }: RequestMail,
  awaitsApproval: boolean,
): Promise<{ readonly kind: "already" | "awaits" | "closed"; readonly url: string } | undefined> {
  const member = await store.members.findByAddress(list.id, author.address);
  if (member?.status === "active") {
    const secret = (await store.members.secretOf(member.id)) ?? Buffer.alloc(0);
    const token = makeToken({ purpose: "member", id: member.id, secret });
    return { kind: "already", url: `${config.web.url}/m/${token}` };
  }
  if (awaitsApproval) return { kind: "awaits", url: "" };
  return isOpen(list.joining, at) ? undefined : { kind: "closed", url: "" };
}

/** Many telephones write the address where the name should be. */
export function displayName(text: string): string {
  const name = [...cleanText(text).trim()].slice(0, longestName).join("");
  return name.includes("@") ? "" : name;
}

/** Queues the notice unless the cap is reached; both in one transaction. */
export async function tellOnce(
  needs: JoinNeeds,
  address: Address,
  { notice, cap }: { readonly notice: Notice; readonly cap: Cap },
): Promise<boolean> {
  const now = needs.clock.now();
  const bytes = await composeNotice(needs, notice);
  return needs.store.database.write(async (write) => {
    if (!(await provoke(write, address, { ...cap, now }))) return false;
    await insertComposed(write, { notice, bytes, now });
    return true;
  });
}
