/**
 * Every message the server itself writes goes out by here: composed by nodemailer, marked Auto-Submitted (RFC 3834), with a
 * bounce address of its own, and durable before anybody relies on it.
 */
import { randomBytes } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Clock } from "../clock.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { completeMessage } from "../store/messages.ts";
import { insertNotice } from "../store/deliveries.ts";
import type { Store } from "../store/store.ts";

export type Notice = {
  /** On whose behalf; its bounce address is the envelope sender. */
  readonly list: MailingList;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** `auto-replied` answers a mail, `auto-generated` comes by itself. */
  readonly kind: "auto-replied" | "auto-generated";
};

export async function queueNotice(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  notice: Notice,
): Promise<void> {
  const now = clock.now();
  const composer = new MailComposer({
    from: { name: notice.list.title, address: `${notice.list.name}-owner@${notice.list.domain}` },
    to: [{ name: "", address: notice.to }],
    subject: notice.subject,
    text: notice.text,
    date: new Date(now),
    messageId: `<${randomBytes(12).toString("hex")}@${notice.list.domain}>`,
    headers: { "Auto-Submitted": notice.kind, "X-Auto-Response-Suppress": "All" },
  });
  const bytes = await composer.compile().build();
  await store.database.write(async (write) => {
    const messageId = await completeMessage(write, {
      body: { bytes },
      size: bytes.length,
      mailFrom: "",
      receivedAt: now,
    });
    await insertNotice(write, { messageId, listId: notice.list.id, rcptTo: notice.to, secret: randomBytes(16), now });
  });
}
