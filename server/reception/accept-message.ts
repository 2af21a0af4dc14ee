/**
 * DATA: everything that becomes of a message between its last octet and the reply. The 250 is said only when message and
 * posts are committed; all that is refused is written down for the list's page of refused posts.
 */
import type { Clock } from "../clock.ts";
import type { Decision, PostFacts } from "../lists/decision.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import type { Log } from "../log.ts";
import { displayAddress } from "../mail/address.ts";
import { messageIdOf } from "../mail/fingerprint.ts";
import { GroupAcceptance } from "../store/posts/group-acceptance.ts";
import type { WholeMessage } from "../store/posts/messages.ts";
import type { Store } from "../store/store.ts";
import type { Recipient } from "./check-recipient.ts";
import { readBody } from "./incoming-body.ts";
import type { BodyFault, ReceivedBody } from "./incoming-body.ts";
import { judgeOwnerMail } from "./judge-owner-mail.ts";
import { judgeRequest } from "./judge-request.ts";
import { judgeMessage, noteRefused, readMessageHeader } from "./judge-message.ts";
import type { Judged, ReadHeader } from "./judge-message.ts";
import {
  headerTooBig,
  mailWithin,
  noSuchRequest,
  nobodyThere,
  nulInMessage,
  taken,
  tooBig,
  tooMuch,
} from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";
import { addressOfPeople, traceFields } from "./trace-fields.ts";

/** What reception needs of the rest of the house; `app.ts` connects it. */
export type AcceptanceDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly hostname: string;
  /** Ours. */
  readonly domains: readonly string[];
  readonly maxMessageBytes: number;
  readonly decide: (facts: PostFacts) => Decision;
  readonly recordBounce: (deliveryId: number, report: Buffer) => Promise<void>;
  readonly leave: (token: string) => Promise<unknown>;
  /** Does what mail to an address such as `LIST-subscribe@` asks for. */
  readonly answerRequest: (mail: RequestMail) => Promise<RequestAnswer>;
  /** Sends a message on to the people behind a list, or without one behind the server; false when there is nobody. */
  readonly writeToOwners: (list: MailingList | undefined, message: WholeMessage) => Promise<boolean>;
  /** Tells an author which lists did not take a message that others took. */
  readonly tellRefused: (refused: {
    readonly author: string;
    readonly subject: string;
    readonly lists: readonly MailingList[];
  }) => Promise<void>;
  /** Posts are waiting to be distributed. */
  readonly accepted: () => void;
};

export type Envelope = {
  /** Empty for the null sender. */
  readonly mailFrom: string;
  readonly recipients: readonly Recipient[];
  /** The client's address. */
  readonly client: string;
};

/** A message that was read to its end and is wanted somewhere. */
type Received = {
  readonly read: ReadHeader;
  readonly body: ReceivedBody;
  readonly judged: readonly Judged[];
  readonly envelope: Envelope;
  readonly at: number;
};

const faultReplies: Readonly<Record<BodyFault, SessionReply>> = {
  "too-big": tooBig,
  "header-too-big": headerTooBig,
  nul: nulInMessage,
  smuggling: mailWithin,
};

export class MessageAcceptance {
  readonly #needs: AcceptanceDependencies;
  readonly #group: GroupAcceptance;

  constructor(needs: AcceptanceDependencies) {
    this.#needs = needs;
    this.#group = new GroupAcceptance(needs.store.database);
  }

  /** Throws on trouble of ours; nothing is then kept, and the listener says 451. */
  async receive(stream: AsyncIterable<Buffer>, envelope: Envelope): Promise<SessionReply> {
    const { store, clock, hostname, domains, maxMessageBytes } = this.#needs;
    const { mailFrom, client } = envelope;
    const [first] = envelope.recipients;
    const to = addressOfPeople(first, hostname);
    const at = clock.now();
    let read: ReadHeader | undefined;
    let judged: readonly Judged[] = [];
    let refused: SessionReply | undefined;
    const body = await readBody(stream, {
      messages: store.messages,
      mailFrom,
      maxOctets: maxMessageBytes,
      now: at,
      before: to === undefined ? undefined : traceFields({ to, client, hostname, at }),
      wanted: async (header) => {
        read = readMessageHeader(header);
        if (to !== undefined) {
          const takesComplaints = first?.kind === "server" && first.name === "abuse";
          refused = judgeOwnerMail(header, { mailFrom, domains, to, takesComplaints });
          return refused === undefined;
        }
        judged = await judgeMessage(this.#needs, { ...read, mailFrom }, postedLists(envelope));
        const fault = judgeRequest(read, envelope);
        refused = refusal(judged) ?? fault;
        return isWanted(judged) || envelope.recipients.some((recipient) => isKept(recipient, fault));
      },
    });
    if (typeof body === "string" && body !== "unwanted") return faultReplies[body];
    if (read === undefined) return headerTooBig;
    await noteRefused(store, read, { judged, client, mailFrom, at });
    if (body === "unwanted") return refused ?? taken;
    return this.#keep({ read, body, judged, envelope, at });
  }

  async #keep(received: Received): Promise<SessionReply> {
    const { body, judged, envelope } = received;
    if (isForPeople(envelope)) return this.#writeToOwners(received);
    const answered = await this.#answerRequests(received);
    if (answered !== undefined) {
      await this.#discard(body);
      return answered;
    }
    for (const recipient of envelope.recipients) {
      if (recipient.kind === "bounce") await this.#needs.recordBounce(recipient.deliveryId, body.beginning);
      if (recipient.kind === "leave") await this.#needs.leave(recipient.token);
    }
    if (isWanted(judged)) return this.#post(received);
    await this.#discard(body);
    return refusal(judged) ?? taken;
  }

  /** A bounce or request that was longer than a chunk left pieces behind. */
  async #discard({ body }: ReceivedBody): Promise<void> {
    if ("stagedId" in body) await this.#needs.store.messages.discard(body.stagedId);
  }

  /** Undefined when none stands in the way of the rest; a limit that is reached is said before anything else is done. */
  async #answerRequests({ read, body, envelope, at }: Received): Promise<SessionReply | undefined> {
    const { author, subject } = read;
    for (const recipient of envelope.recipients) {
      if (recipient.kind !== "request" || !author.ok || judgeRequest(read, envelope) !== undefined) continue;
      const mail = { wish: recipient.wish, author, subject, beginning: body.beginning, client: envelope.client, at };
      const answer = await this.#needs.answerRequest(mail);
      if (answer === "busy") return tooMuch;
      if (answer === "unknown") return noSuchRequest;
      this.#needs.accepted();
    }
    return undefined;
  }

  async #writeToOwners({ body, envelope, at }: Received): Promise<SessionReply> {
    const [recipient] = envelope.recipients;
    const list = recipient?.kind === "owner" ? recipient.list : undefined;
    const { writeToOwners, accepted } = this.#needs;
    const message = { body: body.body, size: body.size, mailFrom: envelope.mailFrom, receivedAt: at };
    if (await writeToOwners(list, message)) {
      accepted();
      return taken;
    }
    await this.#discard(body);
    return nobodyThere;
  }

  async #post({ read, body, judged, envelope, at }: Received): Promise<SessionReply> {
    const { header, author, subject } = read;
    const posts = await this.#group.accept({
      body: body.body,
      size: body.size,
      fingerprint: body.fingerprint,
      messageIdField: messageIdOf(header, this.#needs.hostname),
      mailFrom: envelope.mailFrom,
      author: author.ok ? { address: displayAddress(author.address), name: author.name } : { address: "", name: "" },
      subject,
      receivedAt: at,
      posts: judged.flatMap(({ list, decision, posterId }) => {
        if (decision.kind === "refuse") return [];
        const disposition = decision.kind === "hold" ? ("held" as const) : ("accepted" as const);
        const asksConfirmation = read.asksConfirmation || isAskedAt(envelope, list);
        return [{ listId: list.id, posterId, disposition, asksConfirmation, startsAt: at + list.cooloffMs }];
      }),
    });
    this.#needs.accepted();
    if (posts.some((post) => !post.again)) await this.#tellRefused(read, judged);
    // The POST-ID, or several joined by commas, is the last word.
    return { code: 250, enhanced: "2.0.0", text: `Accepted as ${posts.map((post) => post.id).join(",")}` };
  }

  /** The post is on disk: trouble with the notice must not turn its 250 into something else. */
  async #tellRefused({ authorText, subject }: ReadHeader, judged: readonly Judged[]): Promise<void> {
    const lists = judged.flatMap(({ list, decision }) => (decision.kind === "refuse" ? [list] : []));
    if (lists.length === 0) return;
    try {
      await this.#needs.tellRefused({ author: authorText, subject, lists });
    } catch (error) {
      this.#needs.log.error("the author could not be told which lists refused", error);
    }
  }
}

/** Whether it goes to the people behind a list or the server as it is; such mail comes alone. */
function isForPeople(envelope: Envelope): boolean {
  return envelope.recipients.some(({ kind }) => kind === "owner" || kind === "server");
}

/** Blank mail that cannot be answered is worth no body; everything else beside posts is read to its end. */
function isKept(recipient: Recipient, requestFault: SessionReply | undefined): boolean {
  return recipient.kind === "request" ? requestFault === undefined : recipient.kind !== "post";
}

/** Each list once, however often it was named. */
function postedLists(envelope: Envelope): readonly MailingList[] {
  const lists = envelope.recipients.flatMap((recipient) => (recipient.kind === "post" ? [recipient.list] : []));
  return [...new Map(lists.map((list) => [list.id, list])).values()];
}

/** By the address `LIST+confirm@`. */
function isAskedAt(envelope: Envelope, list: MailingList): boolean {
  return envelope.recipients.some((one) => one.kind === "post" && one.list.id === list.id && one.asksConfirmation);
}

function isWanted(judged: readonly Judged[]): boolean {
  return judged.some(({ decision }) => decision.kind !== "refuse");
}

function refusal(judged: readonly Judged[]): SessionReply | undefined {
  for (const { decision } of judged) if (decision.kind === "refuse") return decision;
  return undefined;
}
