/**
 * Mail to `LIST-request@`: a member's command is done and answered; what a member or sender wrote and nobody can read is answered by
 * help. A stranger is answered only where they ask for help by name, as List-Help invites them to, or for what members alone can do.
 * All of it from LIST-request@ itself, so that the next command is an answer away.
 */
import { listAddress } from "../lists/mailing-list.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { makeToken } from "../mail/token.ts";
import { writtenLines } from "../mail/written-lines.ts";
import { queueNotice } from "../notices/queue-notice.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { couldProvoke } from "../store/joining/provoked-mail.ts";
import type { Cap } from "../store/joining/provoked-mail.ts";
import { words } from "../words/words.ts";
import { depart, ownerOf } from "./depart.ts";
import { findMembership } from "./membership.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { askNewAddress } from "./new-address.ts";
import { tellNotHere } from "./not-here.ts";
import { pause, resume } from "./own-page.ts";
import { readCommand } from "./read-command.ts";
import type { Command } from "./read-command.ts";
import { withdraw } from "./withdraw.ts";

const minuteMs = 60_000;
const helpCap: Cap = { kind: "help", gapMs: 10 * minuteMs, perDay: 3 };
/** A member's commands are done all the same; only the answers end. */
const reportCap: Cap = { kind: "report", gapMs: 0, perDay: 50 };
const answerCap: Cap = { kind: "command", gapMs: 0, perDay: 20 };

/** What a report says, and its files; undefined when nobody can read what was asked. */
export type WrittenReport = Pick<Notice, "subject" | "text" | "attachments">;

export type ObeyNeeds = Needs & {
  readonly join: (mail: RequestMail) => Promise<RequestAnswer>;
  readonly report: (question: {
    readonly list: MailingList;
    readonly language: Language;
    readonly asked: string;
  }) => Promise<WrittenReport | undefined>;
};

/** Somebody who wrote, and how to answer them. */
type Writer = { readonly list: MailingList; readonly address: Address; readonly language: Language };

export async function obey(needs: ObeyNeeds, mail: RequestMail): Promise<RequestAnswer> {
  const { list } = mail.wish;
  const { address } = mail.author;
  const command = readCommand(mail.subject, writtenLines(mail.beginning));
  if (command?.kind === "join") return needs.join({ ...mail, wish: { kind: "join", list } });
  // The lists do not command each other: the answers would go round.
  if (needs.config.domains.includes(address.domain)) return "taken";
  const membership = await memberBy(needs, mail);
  const language = membership?.language ?? list.language ?? needs.config.language;
  const writer = { list, address, language };
  if (command?.kind === "report" && (await tellReport(needs, writer, command.of))) return "taken";
  if (membership === undefined) await answerStranger(needs, writer, command);
  else await answerMember(needs, writer, { membership, command });
  return "taken";
}

/** Whose mail it is, by any of their addresses; undefined for who is not on the list, or not yet, or no more. */
async function memberBy(needs: Needs, { wish, author }: RequestMail): Promise<Membership | undefined> {
  const found = await needs.store.members.findByAddress(wish.list.id, author.address);
  if (found === undefined || found.status === "left" || found.status === "waiting") return undefined;
  return findMembership(needs, found.id);
}

async function answerStranger(needs: Needs, writer: Writer, command: Command | undefined): Promise<void> {
  const { list, address } = writer;
  const standing = await needs.store.senders.standing(list.id, address);
  if (standing?.isSender === true) return tellHelp(needs, writer, "sender");
  if (command?.kind === "help") return tellHelp(needs, writer, "stranger");
  if (command?.kind === "leave") await withdraw(needs, list, address);
  if (command !== undefined && command.kind !== "report") await tellNotHere(needs, list, address);
}

async function answerMember(
  needs: Needs,
  writer: Writer,
  { membership, command }: { readonly membership: Membership; readonly command: Command | undefined },
): Promise<void> {
  const { member } = membership;
  if (command === undefined || command.kind === "help" || command.kind === "report" || command.kind === "join") {
    const standing = await needs.store.senders.standing(writer.list.id, writer.address);
    return tellHelp(needs, writer, standing?.isSender === true ? "sender" : "member");
  }
  if (command.kind === "leave") {
    await depart(needs, membership, "mail");
    return;
  }
  if (command.kind === "address") return changeAddress(needs, writer, { membership, to: command.to });
  await (command.kind === "pause" ? pause(needs, member.id) : resume(needs, member.id));
  await tellState(needs, writer, membership);
}

/** What stands now, whether the command changed it or found it so. */
async function tellState(needs: Needs, writer: Writer, { member, standing }: Membership): Promise<void> {
  const { memberStatus, ownPage, commandMail } = words(writer.language);
  const now = (await needs.store.members.find(member.id))?.status ?? member.status;
  const token = makeToken({ purpose: "member", id: member.id, secret: standing.secret });
  const said = {
    subject: commandMail.stateSubject(writer.list.title, memberStatus[now]),
    text: commandMail.stateText({ state: ownPage.stateOf[now], url: `${needs.config.web.url}/m/${token}` }),
  };
  await tell(needs, writer, { ...said, cap: answerCap });
}

async function changeAddress(
  needs: Needs,
  writer: Writer,
  { membership, to }: { readonly membership: Membership; readonly to: Address | undefined },
): Promise<void> {
  const { list } = writer;
  const { commandMail, ownData } = words(writer.language);
  const owner = ownerOf(list);
  const asked = to === undefined ? undefined : await askNewAddress(needs, membership, { to, alsoIds: [], by: "mail" });
  const text =
    to === undefined || asked === undefined
      ? commandMail.addressMissing(requestAddress(list))
      : asked === "mailed"
        ? commandMail.addressMailed({ address: displayAddress(to), owner })
        : asked === "taken"
          ? ownData.taken(owner)
          : ownData[asked];
  await tell(needs, writer, { subject: commandMail.addressSubject(list.title), text: `${text}\n`, cap: answerCap });
}

/** To registered senders alone: to anybody else the word means nothing. False: it is not answered yet. */
async function tellReport(needs: ObeyNeeds, writer: Writer, asked: string): Promise<boolean> {
  const { list, address, language } = writer;
  const standing = await needs.store.senders.standing(list.id, address);
  if (standing?.isSender !== true) return false;
  // Looked at before the report is made, for that is work, and anybody may write under a sender's name.
  if (!(await couldProvoke(needs.store.database, address, { ...reportCap, now: needs.clock.now() }))) return true;
  const said = await needs.report({ list, language, asked });
  if (said === undefined) return false;
  await tell(needs, writer, { ...said, cap: reportCap });
  return true;
}

async function tellHelp(needs: Needs, writer: Writer, who: "stranger" | "member" | "sender"): Promise<void> {
  const { list } = writer;
  const { commandMail } = words(writer.language);
  const text = commandMail.help[who]({
    list: list.title,
    address: listAddress(list),
    request: requestAddress(list),
    join: listAddress({ name: `${list.name}-subscribe`, domain: list.domain }),
    isClosed: list.joining.mode === "closed",
    leave: listAddress({ name: `${list.name}-unsubscribe`, domain: list.domain }),
    owner: ownerOf(list),
  });
  await tell(needs, writer, { subject: commandMail.helpSubject(list.title), text, cap: helpCap });
}

async function tell(
  needs: Needs,
  { list, address }: Writer,
  said: WrittenReport & { readonly cap: Cap },
): Promise<void> {
  if (!(await needs.store.requests.mayProvoke(address, said.cap, needs.clock.now()))) return;
  const { subject, text, attachments = [] } = said;
  const to = displayAddress(address);
  await queueNotice(needs, { list, to, from: requestAddress(list), subject, text, attachments, kind: "auto-replied" });
}

function requestAddress(list: MailingList): string {
  return listAddress({ name: `${list.name}-request`, domain: list.domain });
}
