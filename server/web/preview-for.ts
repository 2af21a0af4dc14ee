/** The copy of a draft as one of its recipients would get it, in the parts that a mail program shows. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import { readPlainCopy } from "../mail/plain-copy.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { countRecipients } from "../store/recipients/recipient-count.ts";
import type { Reached } from "../store/recipients/reach-rows.ts";
import { nameOf } from "./compose-view.ts";
import { linkedText } from "./linked-text.ts";
import type { PanelContext, SignedIn } from "./panel-context.ts";
import { rowId } from "./row-id.ts";
import type { WebParts } from "./web-parts.ts";

export type Preview = {
  /** Of the membership whose copy it is. */
  readonly id: number;
  readonly as: string;
  readonly from: string;
  readonly subject: string;
  /** Without attachments. */
  readonly octets: number;
  /** Pieces of the text, links apart. */
  readonly text: ReturnType<typeof linkedText>;
  /** The first who would get it: their memberships, and what they are called. */
  readonly others: readonly { readonly id: number; readonly name: string; readonly isShown: boolean }[];
};

export type Previewed = {
  readonly lists: readonly MailingList[];
  readonly composition: Composition;
  /** Who gets a copy first, where somebody has asked already. */
  readonly reached?: readonly Reached[] | undefined;
};

/** Whose copy is shown, and the others who would get one: as `?as=MEMBERSHIP` says, or the first; undefined when there is nobody. */
export async function shownMember(
  { store }: WebParts,
  ctx: PanelContext<SignedIn>,
  { lists, composition, reached }: Previewed,
): Promise<{ readonly member: Member; readonly list: MailingList; readonly first: readonly Reached[] } | undefined> {
  const { content } = composition;
  const listIds = content.listIds.filter((id) => lists.some((list) => list.id === id));
  const reach = { listIds, recipients: content.recipients, posterId: content.senderId };
  const first = reached ?? (await countRecipients(store.database, reach, { enough: 8 })).first;
  const asked = rowId(String(ctx.query["as"] ?? ""));
  const shown = first.find(({ id }) => id === asked) ?? first[0];
  const member: Member | undefined = shown && (await store.members.find(shown.id));
  const list = lists.find(({ id }) => id === member?.listId);
  return member === undefined || list === undefined ? undefined : { member, list, first };
}

/** Undefined when nobody's copy can be made. */
export async function previewFor(
  parts: WebParts,
  ctx: PanelContext<SignedIn>,
  of: Previewed,
): Promise<Preview | undefined> {
  const shown = await shownMember(parts, ctx, of);
  if (shown === undefined) return undefined;
  const { member, list, first } = shown;
  const octets = await parts.composing.previewCopy(of.composition, { member, list });
  const read = octets && readPlainCopy(octets);
  if (octets === undefined || read === undefined) return undefined;
  const others = first.map((one) => ({ id: one.id, name: nameOf(one), isShown: one.id === member.id }));
  return {
    id: member.id,
    as: nameOf(member),
    octets: octets.length,
    from: read.from,
    subject: read.subject,
    text: linkedText(read.text),
    others,
  };
}
