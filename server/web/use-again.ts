/** A draft made of what was sent before: of the composition behind a post, or of its mail as people see it. */
import type { CompositionContent } from "../lists/composition.ts";
import type { MessageView } from "../mail/message-view.ts";
import { chunkOctets } from "../store/posts/messages.ts";
import { longestText } from "./compose-form.ts";
import { newContent } from "./compose-page.ts";
import { cleanFileName } from "./file-name.ts";
import { mediaType, mostAttachments } from "./keep-attachment.ts";
import type { OnPost, PanelContext, SignedIn } from "./panel-context.ts";
import { plainOfHtml } from "./plain-of-html.ts";
import { ownAmong } from "./viewer.ts";
import type { WebParts } from "./web-parts.ts";

/** The new draft's id. `isCut`: of a mail that has more files than a draft may, it got the first. */
type UsedAgain = { readonly id: number; readonly isCut: boolean };

export async function useAgain(parts: WebParts, ctx: PanelContext<OnPost>): Promise<UsedAgain> {
  const { post, account } = ctx.state;
  const copied = post.compositionId === undefined ? undefined : await beginFrom(parts, account, post.compositionId);
  return copied === undefined ? ofMail(parts, ctx) : { id: copied, isCut: false };
}

/** The new draft's id; undefined when there is nothing to copy. */
export async function beginFrom(
  { store, clock }: WebParts,
  account: SignedIn["account"],
  compositionId: number,
): Promise<number | undefined> {
  const as = { accountId: account.id, kind: "draft" as const, title: "" };
  const copied = await store.compositions.copy(compositionId, as, clock.now());
  if (copied === undefined) return undefined;
  // Whoever runs some of its lists only writes to those; reminders are planned anew.
  const content = {
    ...copied.content,
    listIds: await ownAmong(store, account, copied.content.listIds),
    followUp: undefined,
    // Whoever sends again has not said that it is urgent again, and may want the minute.
    urgent: false,
  };
  await store.compositions.save({ id: copied.id, edition: copied.edition, content }, clock.now());
  return copied.id;
}

async function ofMail(parts: WebParts, ctx: PanelContext<OnPost>): Promise<UsedAgain> {
  const { store, clock, mails } = parts;
  const { post, account } = ctx.state;
  const message = await store.messages.read(post.messageId);
  const view = await mails.reader.view(message);
  const begun = await newContent(parts, ctx, post.listId);
  const content: CompositionContent = {
    ...begun,
    subject: post.subject.slice(0, 300),
    text: textOf(view).slice(0, longestText),
    asksConfirmation: post.asksConfirmation,
  };
  const made = { accountId: account.id, kind: "draft" as const, title: "", content };
  const { id } = await store.compositions.create(made, clock.now());
  const files = "unreadable" in view ? [] : view.attachments.filter((one) => !one.inline);
  const taken = files.slice(0, mostAttachments).map(({ index }) => index);
  await attach(parts, id, { taken, message });
  return { id, isCut: files.length > taken.length };
}

function textOf(view: MessageView): string {
  if ("unreadable" in view) return "";
  return (view.text ?? plainOfHtml(view.html ?? "")).replace(/\r\n?/g, "\n").replaceAll("\0", "");
}

async function attach(
  { store, clock, mails }: WebParts,
  compositionId: number,
  { taken, message }: { readonly taken: readonly number[]; readonly message: Buffer },
): Promise<void> {
  const contents = taken.length === 0 ? [] : await mails.reader.attachments(message, taken);
  for (const [place, found] of contents.entries()) {
    if (found === undefined) continue;
    const made = { name: cleanFileName(found.name ?? "", `file-${place + 1}`), type: mediaType(found.type) };
    const id = await store.compositions.addAttachment(compositionId, made, clock.now());
    for (let seq = 0; seq * chunkOctets < found.content.length; seq++)
      await store.compositions.addChunk(id, seq, found.content.subarray(seq * chunkOctets, (seq + 1) * chunkOctets));
  }
}
