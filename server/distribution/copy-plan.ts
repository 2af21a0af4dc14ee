/** What a copy says about its list: every header field that the contract names, with slots for what differs by member. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { slot } from "../mail/copy-template.ts";
import type { CopyPlan } from "../mail/copy-template.ts";
import { encodePhrase, encodeText } from "../mail/encoded-words.ts";
import { listFields } from "../mail/list-fields.ts";
import type { CopiedPost } from "../store/posts/posts.ts";

/** Slots that `personalValues` fills. */
export const toSlot = slot("to");
export const leaveSlot = slot("leave");
export const memberSlot = slot("member");
export const confirmSlot = slot("confirm");
export const pollSlot = slot("poll");
export const subjectSlot = slot("subject");

/** What is added to the author's text, in both of the forms that it may have. */
export type AddedText = { readonly text: string; readonly html: string };

export type PlanContext = {
  readonly list: MailingList;
  readonly post: CopiedPost;
  readonly webUrl: string;
  /** Whether the author's message has a Date of its own, which is kept. */
  readonly dated: boolean;
  readonly footer: AddedText;
  /** Whether the subject has placeholders: it is then a slot. */
  readonly isSubjectPersonal?: boolean;
  readonly rewrite?: CopyPlan["rewrite"];
};

export function copyPlan({ list, post, webUrl, dated, footer, isSubjectPersonal, rewrite }: PlanContext): CopyPlan {
  const address = listAddress(list);
  const own = `${list.name}-owner@${list.domain}`;
  const replyTo = { owner: own, author: post.authorAddress, list: address }[list.replyTo];
  return {
    fields: [
      ["From", `${encodePhrase(shownAuthor(list, post))} <${address}>`],
      ["Sender", `<${address}>`],
      ["Reply-To", `<${replyTo}>`],
      ["To", toSlot],
      ["Subject", isSubjectPersonal === true ? subjectSlot : encodeText(shownSubject(list, post))],
      ["Message-ID", post.messageIdField],
      ...(dated ? [] : [["Date", mailDate(post.acceptedAt)] as const]),
      ...listFields({ name: list.name, domain: list.domain, title: list.title, webUrl, leaveToken: leaveSlot }),
    ],
    footer,
    ...(rewrite && { rewrite }),
  };
}

/**
 * The author keeps the name; the address is the list's, which can be signed for (DMARC). Where nobody gave a name, what
 * stands before the @ is shown, and "via" says that it is no name.
 */
function shownAuthor(list: MailingList, post: CopiedPost): string {
  const name = post.authorName.trim() || post.senderName.trim();
  const local = post.authorAddress.slice(0, post.authorAddress.lastIndexOf("@"));
  return name === "" ? `${local} (${list.title}) via Kairan` : `${name} (${list.title})`;
}

/** An answer to an earlier copy brings that copy's prefix along; it goes, so that prefixes do not pile up behind "Re:". */
export function shownSubject(list: MailingList, post: Pick<CopiedPost, "subject" | "number">): string {
  const template = list.prefix.trim();
  if (template === "") return post.subject;
  const earlier = template.split("%n").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  // A whole number each: digits that could be shared out among several would be tried in every way.
  const number = String.raw`(?<!\d)\d{1,15}(?!\d)`;
  const bare = post.subject.replace(new RegExp(`${earlier.join(number)}\\s*`, "g"), "");
  return `${template.replaceAll("%n", String(post.number))} ${bare}`;
}

/** RFC 5322 3.3, in UTC. */
function mailDate(ms: number): string {
  return new Date(ms).toUTCString().replace("GMT", "+0000");
}
