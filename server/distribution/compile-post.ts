/** A post compiled for the members of one language: what its copies share, with slots for what differs. */
import type { Config } from "../config.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { CopySigner } from "../mail/copy-signature.ts";
import { compileCopy } from "../mail/copy-template.ts";
import { parseHeader } from "../mail/header-fields.ts";
import type { Claim } from "../store/deliveries/claims.ts";
import type { Poll } from "../lists/poll.ts";
import { placeholderNamesOf } from "../store/recipients/placeholder-names.ts";
import { findPoll } from "../store/answers/polls.ts";
import type { CopiedPost } from "../store/posts/posts.ts";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { askingBlock } from "./asking.ts";
import { copyPlan, shownSubject } from "./copy-plan.ts";
import type { AddedText, PlanContext } from "./copy-plan.ts";
import { footer } from "./footer.ts";
import { PersonalText } from "./personal-text.ts";
import type { Prepared } from "./personalise.ts";

type Parts = { readonly store: Store; readonly config: Config };
type Source = {
  readonly claim: Pick<Claim, "postId" | "language">;
  readonly list: MailingList;
  readonly message: Buffer;
  readonly signer: CopySigner | undefined;
};

/** Undefined when the post is gone. */
export async function compilePost(parts: Parts, source: Source): Promise<Prepared | undefined> {
  const { store } = parts;
  const { postId } = source.claim;
  const post = postId === null ? undefined : await store.posts.forCopies(postId);
  if (post === undefined) return undefined;
  const poll = post.pollId === undefined ? undefined : await findPoll(store.database, post.pollId);
  const names = post.isComposed ? await placeholderNamesOf(store.database, postId ?? 0) : new Set<string>();
  return compileCopies(parts, source, { post, poll, names });
}

/** Of a post that is there, or of one that somebody wants to see before it is sent. `names`: of attributes that are places in its text. */
export function compileCopies(
  parts: Parts,
  source: Source,
  {
    post,
    poll,
    names,
  }: { readonly post: CopiedPost; readonly poll: Poll | undefined; readonly names: ReadonlySet<string> },
): Prepared {
  const { list, message, signer } = source;
  const asks = { confirmation: post.asksConfirmation, poll: poll !== undefined };
  const added = addedText(parts, source, { post, poll });
  if (!post.isComposed) {
    const plan = copyPlan({ ...common(parts, source, post), footer: added.footer });
    return { list, template: compileCopy(message, plan, signer), asks };
  }
  const text = new PersonalText(names);
  const plan = copyPlan({
    ...common(parts, source, post),
    footer: added.footer,
    isSubjectPersonal: text.withSlots(post.subject) !== post.subject,
    rewrite: rewriting(text, added.top),
  });
  return {
    list,
    template: compileCopy(message, plan, signer),
    asks,
    personal: { text, subject: subjectOf(list, post) },
  };
}

function common({ config }: Parts, { list, message }: Source, post: CopiedPost): Omit<PlanContext, "footer"> {
  const dated = parseHeader(message).first("Date") !== undefined;
  return { list, post, webUrl: config.web.url, dated };
}

/** What the reader is asked, at the top or in the footer. */
function addedText(
  { config }: Parts,
  { claim, list }: Source,
  { post, poll }: { readonly post: CopiedPost; readonly poll: Poll | undefined },
): { readonly top: AddedText | undefined; readonly footer: AddedText } {
  const language = claim.language ?? list.language ?? config.language;
  const w = words(language);
  const webUrl = config.web.url;
  const block = askingBlock(
    { asksConfirmation: post.asksConfirmation, poll, isReminder: post.isReminder },
    { words: w, dates: datesIn(language, list.timezone ?? config.timezone), webUrl },
  );
  // The text of mail is its author's: what we ask stands below it.
  const isAtTop = post.isComposed && post.askPlace === "top" && block.text !== "";
  const asking = isAtTop ? { text: "", html: "" } : block;
  return { top: isAtTop ? block : undefined, footer: footer({ list, words: w, webUrl, asking }) };
}

/** The text of a post from the panel, which is ours to the last letter: placeholders filled in, and what it asks before it. */
function rewriting(text: PersonalText, before: AddedText | undefined): (written: string, isHtml: boolean) => string {
  return (written, isHtml) => {
    const top = isHtml ? before?.html : before && `${before.text}\r\n`;
    return `${top ?? ""}${text.withSlots(written)}`;
  };
}

function subjectOf(list: MailingList, post: CopiedPost): (fill: (text: string) => string) => string {
  return (fill) => shownSubject(list, { number: post.number, subject: fill(post.subject) });
}
