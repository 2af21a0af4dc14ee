/**
 * DATA: everything that becomes of a message between its last octet and the reply. The 250 is said only when message and
 * posts are committed; all that is refused is written down for the list's page of refused posts.
 */
import type { Clock } from "../clock.ts";
import type { Decision, PostFacts } from "../lists/decision.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { displayAddress } from "../mail/address.ts";
import { automaticReason, tooManyHops } from "../mail/automatic.ts";
import { decodeText } from "../mail/encoded-words.ts";
import { messageIdOf } from "../mail/fingerprint.ts";
import { readAuthor } from "../mail/from-field.ts";
import type { Author } from "../mail/from-field.ts";
import type { Header } from "../mail/header-fields.ts";
import type { AcceptedPost } from "../store/acceptance.ts";
import { GroupAcceptance } from "../store/group-acceptance.ts";
import type { Store } from "../store/store.ts";
import type { Recipient } from "./check-recipient.ts";
import { readBody } from "./incoming-body.ts";
import type { BodyFault, ReceivedBody } from "./incoming-body.ts";
import { headerTooBig, mailWithin, nulInMessage, taken, tooBig } from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";

/** What reception needs of the rest of the house; `app.ts` connects it. */
export type AcceptanceDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly hostname: string;
  readonly maxMessageBytes: number;
  readonly decide: (facts: PostFacts) => Decision;
  readonly recordBounce: (deliveryId: number, report: Buffer) => Promise<void>;
  readonly leave: (token: string) => Promise<unknown>;
  /** Tells an author which lists did not take a message that others took. */
  readonly tellRefused: (refused: { readonly author: string; readonly subject: string; readonly lists: readonly MailingList[] }) => Promise<void>;
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

type Judged = { readonly list: MailingList; readonly decision: Decision; readonly posterId: number | undefined };

const faultReplies: Readonly<Record<BodyFault, SessionReply>> = { "too-big": tooBig, "header-too-big": headerTooBig, nul: nulInMessage, smuggling: mailWithin };

export class MessageAcceptance {
  readonly #needs: AcceptanceDependencies;
  readonly #group: GroupAcceptance;

  constructor(needs: AcceptanceDependencies) {
    this.#needs = needs;
    this.#group = new GroupAcceptance(needs.store.database);
  }

  /** Throws on trouble of ours; nothing is then kept, and the listener says 451. */
  async receive(stream: AsyncIterable<Buffer>, envelope: Envelope): Promise<SessionReply> {
    const { store, clock, maxMessageBytes } = this.#needs;
    const now = clock.now();
    let header: Header | undefined;
    let judged: readonly Judged[] = [];
    const body = await readBody(stream, {
      messages: store.messages,
      mailFrom: envelope.mailFrom,
      maxOctets: maxMessageBytes,
      now,
      wanted: async (read) => {
        header = read;
        judged = await this.#judge(read, envelope);
        return judged.some((one) => one.decision.kind !== "refuse") || envelope.recipients.some((one) => one.kind !== "post");
      },
    });
    if (typeof body === "string" && body !== "unwanted") return faultReplies[body];
    if (header === undefined) return faultReplies["header-too-big"];
    await this.#noteRefused(header, { envelope, judged, now });
    if (body === "unwanted") return refusal(judged) ?? taken;
    return this.#keep(header, { body, envelope, judged, now });
  }

  async #judge(header: Header, envelope: Envelope): Promise<readonly Judged[]> {
    const author = readAuthor(header);
    const lists = envelope.recipients.flatMap((recipient) => (recipient.kind === "post" ? [recipient.list] : []));
    const distinct = [...new Map(lists.map((list) => [list.id, list])).values()];
    return Promise.all(distinct.map((list) => this.#judgeFor(list, { header, author, mailFrom: envelope.mailFrom })));
  }

  async #judgeFor(list: MailingList, message: { readonly header: Header; readonly author: Author; readonly mailFrom: string }): Promise<Judged> {
    const { header, author, mailFrom } = message;
    const standing = author.ok ? await this.#needs.store.senders.standing(list.id, author.address) : undefined;
    const decision = this.#needs.decide({
      author,
      mailFrom: mailFrom === "" ? undefined : mailFrom,
      automatic: automaticReason(header),
      tooManyHops: tooManyHops(header),
      posting: list.posting,
      isSender: standing?.isSender ?? false,
      isMember: standing?.isMember ?? false,
    });
    return { list, decision, posterId: standing?.personId };
  }

  async #keep(
    header: Header,
    { body, envelope, judged, now }: { readonly body: ReceivedBody; readonly envelope: Envelope; readonly judged: readonly Judged[]; readonly now: number },
  ): Promise<SessionReply> {
    for (const recipient of envelope.recipients) {
      if (recipient.kind === "bounce") await this.#needs.recordBounce(recipient.deliveryId, body.beginning);
      if (recipient.kind === "leave") await this.#needs.leave(recipient.token);
    }
    const welcome = judged.filter((one) => one.decision.kind !== "refuse");
    const author = readAuthor(header);
    if (welcome.length === 0 || !author.ok) {
      await this.#dropUnposted(body);
      return refusal(judged) ?? taken;
    }
    const posts = await this.#group.accept({
      body: body.body,
      size: body.size,
      fingerprint: body.fingerprint,
      messageIdField: messageIdOf(header, this.#needs.hostname),
      mailFrom: envelope.mailFrom,
      author: { address: displayAddress(author.address), name: author.name },
      subject: decodeText(header.first("Subject") ?? ""),
      receivedAt: now,
      posts: welcome.map(({ list, decision, posterId }) => ({
        listId: list.id,
        posterId,
        disposition: decision.kind === "hold" ? "held" : "accepted",
        asksConfirmation: false,
        startsAt: now + list.cooloffMs,
      })),
    });
    this.#needs.accepted();
    const refused = judged.filter((one) => one.decision.kind === "refuse").map((one) => one.list);
    if (refused.length > 0 && posts.some((post) => !post.again)) {
      const subject = decodeText(header.first("Subject") ?? "");
      await this.#needs.tellRefused({ author: displayAddress(author.address), subject, lists: refused });
    }
    return acceptance(posts);
  }

  /** A bounce or leaving mail that was longer than a chunk left pieces behind. */
  async #dropUnposted(body: ReceivedBody): Promise<void> {
    if ("stagedId" in body.body) await this.#needs.store.messages.discard(body.body.stagedId);
  }

  async #noteRefused(header: Header, { envelope, judged, now }: { readonly envelope: Envelope; readonly judged: readonly Judged[]; readonly now: number }): Promise<void> {
    const author = readAuthor(header);
    for (const { list, decision } of judged) {
      if (decision.kind !== "refuse") continue;
      await this.#needs.store.refusals.record({
        listId: list.id,
        at: now,
        client: envelope.client,
        mailFrom: envelope.mailFrom,
        author: author.ok ? displayAddress(author.address) : decodeText(header.all("From").join(" | ")).slice(0, 300),
        subject: decodeText(header.first("Subject") ?? "").slice(0, 300),
        reason: decision.reason,
        reply: `${decision.code} ${decision.enhanced} ${decision.text}`,
      });
    }
  }
}

function refusal(judged: readonly Judged[]): SessionReply | undefined {
  for (const { decision } of judged) if (decision.kind === "refuse") return decision;
  return undefined;
}

/** The POST-ID, or several joined by commas, is the last word. */
function acceptance(posts: readonly AcceptedPost[]): SessionReply {
  return { code: 250, enhanced: "2.0.0", text: `Accepted as ${posts.map((post) => post.id).join(",")}` };
}
