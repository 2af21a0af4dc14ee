/** The message of a draft that is not sent yet: what a preview and a test mail are made from. */
import { randomUUID } from "node:crypto";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import { attachmentsOf, authorOf, composed } from "./send-composition.ts";
import type { SendNeeds } from "./send-composition.ts";

export type DraftMessage = {
  readonly author: { readonly name: string; readonly address: string };
  readonly message: Buffer;
  readonly messageIdField: string;
};

/** Undefined where its sender is none of the list. */
export async function draftMessage(
  { store }: SendNeeds,
  { id, content }: Composition,
  { list, withAttachments }: { readonly list: MailingList; readonly withAttachments: boolean },
): Promise<DraftMessage | undefined> {
  const sender = content.senderId === undefined ? undefined : await store.senders.find(list.id, content.senderId);
  if (sender === undefined) return undefined;
  const messageIdField = `<${randomUUID()}@${list.domain}>`;
  const attachments = withAttachments ? await attachmentsOf(store, id) : [];
  const message = await composed(content, { sender, messageId: messageIdField, to: list, attachments });
  return { author: authorOf(sender), message, messageIdField };
}
