/** The copy that a member would get of what is still being written: compiled as it will be, with links that lead nowhere. */
import type { Config } from "../config.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import type { Poll, PollPlan } from "../lists/poll.ts";
import { sampleSubject } from "../mail/token.ts";
import type { Claim } from "../store/deliveries/claims.ts";
import { placeholderNames } from "../store/recipients/placeholder-names.ts";
import type { Store } from "../store/store.ts";
import { compileCopies } from "./compile-post.ts";
import { personalise } from "./personalise.ts";
import { unstuffed } from "./show-copy.ts";

export type PreviewOf = {
  readonly content: CompositionContent;
  readonly list: MailingList;
  readonly author: { readonly name: string; readonly address: string };
  /** The message as it would be accepted. */
  readonly message: Buffer;
  readonly messageIdField: string;
  readonly member: Pick<Member, "personId" | "name" | "address" | "attributes">;
  readonly now: number;
};

/** Octets of the copy; undefined when nothing can be sent to the member's address. */
export async function previewCopy(
  parts: { readonly store: Store; readonly config: Config },
  { content, list, author, message, messageIdField, member, now }: PreviewOf,
): Promise<Buffer | undefined> {
  const { store } = parts;
  const language = await store.ownData.language(member.personId);
  const claim = claimFor({ ...member, language }, list.id);
  const post = {
    number: (await store.lists.postsOf(list.id)) + 1,
    subject: content.subject,
    authorName: author.name,
    authorAddress: author.address,
    senderName: author.name,
    messageIdField,
    acceptedAt: now,
    asksConfirmation: content.asksConfirmation,
    askPlace: content.askPlace,
    pollId: undefined,
    isComposed: true,
    isReminder: false,
  };
  const poll = content.poll && pollOf(content.poll);
  const names = await placeholderNames(store.database, content.listIds);
  const prepared = compileCopies(parts, { claim, list, message, signer: undefined }, { post, poll, names });
  const copy = personalise(prepared, claim);
  return copy && unstuffed(Buffer.concat(copy.template.render(copy.values, true).wire));
}

/** A delivery that there is not: its number and secret open nothing. */
function claimFor(
  { name, address, attributes, language }: PreviewOf["member"] & Pick<Claim, "language">,
  listId: number,
): Claim {
  const { id, secret } = sampleSubject("confirm-read");
  return {
    id,
    postId: null,
    messageId: 0,
    listId,
    attempts: 0,
    secret,
    address,
    name,
    language,
    membershipId: id,
    membershipSecret: secret,
    attributes: JSON.stringify(attributes),
    asked: { id, secret },
  };
}

function pollOf({ anonymous, closesAt, questions }: PollPlan): Poll {
  return {
    id: 0,
    anonymous,
    closesAt,
    questions: questions.map((question) => ({
      ...question,
      id: 0,
      choices: question.choices.map((text) => ({ id: 0, text })),
    })),
  };
}
