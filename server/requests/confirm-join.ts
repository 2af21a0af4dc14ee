/** Joining is confirmed: by a reply to the confirmation mail, from any address of the person, or on its page. */
import { isOpen, needsPage } from "../lists/joining.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { parseAddress } from "../mail/address.ts";
import { makeToken } from "../mail/token.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import type { Composed } from "../notices/notices-together.ts";
import { queueNotice } from "../notices/queue-notice.ts";
import { confirmJoining } from "../store/joining/joinings.ts";
import type { Confirmed } from "../store/joining/joinings.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import type { Cap } from "../store/joining/provoked-mail.ts";
import type { Request } from "../store/joining/requests.ts";
import type { JoinNeeds } from "./ask-to-join.ts";
import { displayName, tellOnce } from "./join.ts";
import { answerNotice, approvalNotice, joinUrl } from "./join-notices.ts";
import { welcomeTo } from "./welcome.ts";

const minuteMs = 60_000;
/** Replies to one confirmation mail that cannot be enough, each answered by a mail that says so. */
const replyCap: Cap = { kind: "join-reply", gapMs: 10 * minuteMs, perDay: 3 };
/** Administrators hear of people to be approved, not of each one. */
const approvalGapMs = 10 * minuteMs;
const approvalsPerDay = 50;

/** A reply says that the mail came; where the list asks for more, or nobody joins any more, it is answered by a word about that. */
export async function confirmJoinByReply(
  needs: JoinNeeds,
  request: Request,
  mail: RequestMail,
): Promise<RequestAnswer> {
  const { list } = mail.wish;
  const isEnough = isOpen(list.joining, mail.at) && !needsPage(list.joining);
  if (!isEnough) {
    const answer = isOpen(list.joining, mail.at) ? "page" : "closed";
    await tellRequester(needs, { list, request, answer });
    return "taken";
  }
  const name = displayName(mail.author.name);
  const confirmed = await confirmJoin(needs, { list, request }, { by: "reply", name, attributes: {} });
  if (confirmed === "approval") await tellRequester(needs, { list, request, answer: "awaits" });
  return "taken";
}

/** Durable when it resolves, with the welcome to who replied; administrators who must approve have been told. */
export async function confirmJoin(
  needs: JoinNeeds,
  { list, request }: { readonly list: MailingList; readonly request: Request },
  said: {
    readonly by: "reply" | "page";
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  },
): Promise<Confirmed> {
  const { store, clock } = needs;
  const { kind } = store.database;
  const needsApproval = list.joining.mode === "approval";
  const greeting = said.by === "reply" ? await greet(needs, list, request) : [];
  const now = clock.now();
  const confirmed = await store.database.write(async (write) => {
    const done = await confirmJoining(write, request, { ...said, kind, needsApproval, now });
    if (done === "member") await insertAll(write, greeting, now);
    return done;
  });
  if (confirmed === "approval") await tellAdministrators(needs, list);
  return confirmed;
}

/** The page offers the test that is in it; whoever only replied has no other way to it. */
async function greet(needs: JoinNeeds, list: MailingList, request: Request): Promise<readonly Composed[]> {
  const { store } = needs;
  const address = parseAddress(request.address);
  const secret = await store.members.secretOf(request.membershipId);
  if (address === undefined || secret === undefined) return [];
  const { language } = (await store.waiting.personOnList(list.id, address)) ?? {};
  const { membershipId, address: to } = request;
  return composeAll(needs, [welcomeTo(needs, list, { membershipId, secret, address: to, language })]);
}

async function tellRequester(
  needs: JoinNeeds,
  {
    list,
    request,
    answer,
  }: { readonly list: MailingList; readonly request: Request; readonly answer: "page" | "closed" | "awaits" },
): Promise<void> {
  const { store, config } = needs;
  const address = parseAddress(request.address);
  if (address === undefined) return;
  const person = await store.waiting.personOnList(list.id, address);
  const language = person?.language ?? list.language ?? config.language;
  const url = joinUrl(config, makeToken({ purpose: "join", id: request.id, secret: request.secret }));
  const notice = answerNotice({ config, list, to: request.address, language }, answer, url);
  await tellOnce(needs, address, { notice, cap: replyCap });
}

async function tellAdministrators(needs: JoinNeeds, list: MailingList): Promise<void> {
  const { store, config } = needs;
  const cap = { kind: `approval ${list.id}`, gapMs: approvalGapMs, perDay: approvalsPerDay };
  const count = await store.waiting.awaitingApproval(list.id);
  for (const to of await ownerAddresses(store.database, list.id)) {
    const address = parseAddress(to);
    const notice = approvalNotice({ config, list, to, language: list.language ?? config.language }, count);
    if (address === undefined) await queueNotice(needs, notice);
    else await tellOnce(needs, address, { notice, cap });
  }
}
