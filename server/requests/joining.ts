/** Joining from the outside and from the panel: the verbs that mail, the pages behind links, and administrators act by. */
import { NetworkBrake } from "../config/network-brake.ts";
import { isOpen } from "../lists/joining.ts";
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import { parseAddress } from "../mail/address.ts";
import { readTokenId, tokenMatches } from "../mail/token.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import { expireJoinings, forgetSettled, forgetWaiting } from "../store/joining/forget-waiting.ts";
import { markArrived } from "../store/joining/joinings.ts";
import type { Confirmed } from "../store/joining/joinings.ts";
import { sweepProvoked } from "../store/joining/provoked-mail.ts";
import type { Request } from "../store/joining/requests.ts";
import { letIn } from "../store/joining/waiting-people.ts";
import { againCap, askToJoin } from "./ask-to-join.ts";
import type { JoinNeeds } from "./ask-to-join.ts";
import type { ConfirmVerb } from "./confirm.ts";
import { confirmJoin, confirmJoinByReply } from "./confirm-join.ts";
import { join } from "./join.ts";
import { pieceRows, welcome, welcomeTo } from "./welcome.ts";

/** What a token of a confirmation mail stands for now. `over`: used, superseded, or past its time. */
export type JoinLookUp =
  | { readonly found: "unknown" }
  | { readonly found: "over"; readonly list: MailingList }
  | {
      readonly found: "open" | "closed" | "member" | "approval";
      readonly list: MailingList;
      readonly request: Request;
      readonly member: Member;
      readonly language: Language;
    };

export type Arrival = { readonly list: MailingList; readonly member: Member; readonly language: Language };

const hourMs = 3_600_000;
const testCap = { kind: "join-test", gapMs: 600_000, perDay: 3 };

export class Joinings {
  readonly #needs: JoinNeeds;
  readonly #brake: NetworkBrake;

  constructor(needs: JoinNeeds) {
    const { limits, trusted } = needs.config.smtp;
    this.#needs = needs;
    this.#brake = new NetworkBrake({ most: limits.joinsPerHour, within: hourMs, trusted });
  }

  /** Blank mail to the joining address. */
  askByMail(mail: RequestMail): Promise<RequestAnswer> {
    return join({ ...this.#needs, brake: this.#brake }, mail);
  }

  readonly confirmByMail: ConfirmVerb = (request, mail) => confirmJoinByReply(this.#needs, request, mail);

  /** Changes nothing. */
  async lookUp(token: string): Promise<JoinLookUp> {
    const { store, clock } = this.#needs;
    const found = await store.requests.findByToken(token);
    const isOther = found !== undefined && "request" in found && found.request.kind !== "join";
    if (found === undefined || isOther) return { found: "unknown" };
    const list = await store.lists.find("request" in found ? found.request.listId : found.outlived.listId);
    if (list === undefined) return { found: "unknown" };
    const member = "request" in found ? await store.members.find(found.request.membershipId) : undefined;
    if (!("request" in found) || member === undefined) return { found: "over", list };
    const { request } = found;
    const state = stateOf({ request, member, list }, clock.now());
    if (state === "over") return { found: "over", list };
    return { found: state, list, request, member, language: await this.#language(list, member) };
  }

  /** The page's button; `over` also for a token that is no good. */
  async confirmOnPage(
    token: string,
    said: { readonly name: string; readonly attributes: Readonly<Record<string, string>> },
  ): Promise<Confirmed> {
    const seen = await this.lookUp(token);
    if (seen.found !== "open") return "over";
    return confirmJoin(this.#needs, seen, { ...said, by: "page" });
  }

  /** A test mail to whoever has joined by this token. False: one went a short while ago, or the token is no good. */
  async sendTest(token: string): Promise<boolean> {
    const { store, clock } = this.#needs;
    const seen = await this.lookUp(token);
    const address = seen.found === "member" ? parseAddress(seen.member.address) : undefined;
    if (seen.found !== "member" || address === undefined) return false;
    if (!(await store.requests.mayProvoke(address, testCap, clock.now()))) return false;
    return (await welcome(this.#needs, seen.list, [seen.member.id])) > 0;
  }

  /** Whose test mail a token came with; undefined when it is forged, or they are gone. */
  async lookUpArrival(token: string): Promise<Arrival | undefined> {
    const { store } = this.#needs;
    const id = readTokenId(token);
    const secret = id === undefined ? undefined : await store.members.secretOf(id);
    if (id === undefined || secret === undefined || !tokenMatches(token, { purpose: "arrived", id, secret }))
      return undefined;
    const member = await store.members.find(id);
    const list = member && (await store.lists.find(member.listId));
    return member && list && { list, member, language: await this.#language(list, member) };
  }

  async arrived(membershipId: number): Promise<void> {
    const { store, clock } = this.#needs;
    await store.database.write((write) => markArrived(write, membershipId, clock.now()));
  }

  /** An administrator makes members of who waits; they are told. How many. */
  async letIn(list: MailingList, membershipIds: readonly number[]): Promise<number> {
    let count = 0;
    for (let start = 0; start < membershipIds.length; start += pieceRows)
      count += await this.#letIn(list, membershipIds.slice(start, start + pieceRows));
    return count;
  }

  async #letIn(list: MailingList, membershipIds: readonly number[]): Promise<number> {
    const { store, clock } = this.#needs;
    const { kind } = store.database;
    const now = clock.now();
    const people = await store.newcomers.find(list.id, membershipIds, "waiting");
    const mails = await composeAll(
      this.#needs,
      people.map((person) => welcomeTo(this.#needs, list, person)),
    );
    const asked = { kind, listId: list.id, membershipIds: people.map((person) => person.membershipId), now };
    return store.database.write(async (write) => {
      const isIn = new Set(await letIn(write, asked));
      const due = mails.filter((_, place) => isIn.has(people[place]?.membershipId ?? 0));
      await insertAll(write, due, now);
      return isIn.size;
    });
  }

  /** Nobody is told. How many. */
  async dismiss(list: MailingList, membershipIds: readonly number[]): Promise<number> {
    const { store, clock } = this.#needs;
    const people = await store.waiting.find(list.id, membershipIds);
    const forgotten = {
      kind: store.database.kind,
      membershipIds: people.map((person) => person.membershipId),
      now: clock.now(),
    };
    return (await store.database.write((write) => forgetWaiting(write, forgotten))).length;
  }

  /** `held`: how many got none, since one went a short while ago, or they have confirmed already. */
  async askAgain(
    list: MailingList,
    membershipIds: readonly number[],
  ): Promise<{ readonly sent: number; readonly held: number }> {
    const { store, config } = this.#needs;
    const people = await store.waiting.find(list.id, membershipIds);
    let sent = 0;
    for (const { confirmedAt, ...person } of people) {
      const address = confirmedAt === undefined ? parseAddress(person.mail?.sentTo ?? person.address) : undefined;
      if (address === undefined) continue;
      const known = await store.waiting.personOnList(list.id, address);
      const language = known?.language ?? list.language ?? config.language;
      const asked = { list, address, name: person.name, language };
      if (await askToJoin(this.#needs, asked, againCap)) sent++;
    }
    return { sent, held: people.length - sent };
  }

  /** By the clock: who never confirmed is forgotten, and what others asked long ago. */
  async sweep(): Promise<void> {
    const { store, clock } = this.#needs;
    await expireJoinings(store.database, clock.now());
    await forgetSettled(store.database, clock.now());
    await sweepProvoked(store.database, clock.now());
  }

  async #language(list: MailingList, member: Member): Promise<Language> {
    const { store, config } = this.#needs;
    const address = parseAddress(member.address);
    const person = address && (await store.waiting.personOnList(list.id, address));
    return person?.language ?? list.language ?? config.language;
  }
}

function stateOf(
  { request, member, list }: { readonly request: Request; readonly member: Member; readonly list: MailingList },
  now: number,
): "open" | "closed" | "member" | "approval" | "over" {
  const { doneBy } = request;
  if (doneBy === "reply" || doneBy === "page") {
    if (member.status === "left") return "over";
    return member.status === "waiting" ? "approval" : "member";
  }
  if (doneBy !== undefined || request.expiresAt <= now || member.status === "left") return "over";
  return isOpen(list.joining, now) ? "open" : "closed";
}
