/**
 * Every message the server itself writes goes out by here: composed by nodemailer, marked Auto-Submitted (RFC 3834), with a
 * bounce address of its own, and durable before anybody relies on it.
 */
import { randomBytes } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Write } from "../store/database/database.ts";
import { insertNotice, serverMail } from "../store/deliveries/deliveries.ts";
import { completeMessage } from "../store/posts/messages.ts";
import type { Store } from "../store/store.ts";

export type Notice = {
  /** On whose behalf; its bounce address is the envelope sender. Undefined: the server's own, from postmaster. */
  readonly list: MailingList | undefined;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** `auto-replied` answers a mail, `auto-generated` comes by itself. */
  readonly kind: "auto-replied" | "auto-generated";
  /** Where an answer goes, and what stands in From; undefined: the people behind the list. */
  readonly from?: string;
  readonly attachments?: readonly NoticeAttachment[];
  /** Further header fields. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type NoticeAttachment = { readonly filename: string; readonly contentType: string; readonly content: Buffer };

type Writing = { readonly store: Store; readonly clock: Clock; readonly config: Config };

/** Durable when it resolves; the id of its delivery. */
export async function queueNotice(needs: Writing, notice: Notice): Promise<number> {
  const bytes = await composeNotice(needs, notice);
  return needs.store.database.write((write) => insertComposed(write, { notice, bytes, now: needs.clock.now() }));
}

/** The notice's octets: to be had before a transaction begins, which waits for nothing outside. */
export async function composeNotice({ clock, config }: Writing, notice: Notice): Promise<Buffer> {
  const domain = notice.list?.domain ?? config.domains[0] ?? config.hostname;
  const own = notice.list === undefined ? `postmaster@${domain}` : `${notice.list.name}-owner@${domain}`;
  const composer = new MailComposer({
    from: { name: notice.list?.title ?? "Kairan", address: notice.from ?? own },
    ...(notice.from !== undefined && { replyTo: { name: "", address: notice.from } }),
    to: [{ name: "", address: notice.to }],
    subject: notice.subject,
    text: notice.text,
    date: new Date(clock.now()),
    messageId: `<${randomBytes(12).toString("hex")}@${domain}>`,
    attachments: (notice.attachments ?? []).map((one) => ({ ...one })),
    headers: { "Auto-Submitted": notice.kind, "X-Auto-Response-Suppress": "All", ...notice.headers },
  });
  return composer.compile().build();
}

/** Puts it on its way within the caller's transaction; the id of its delivery. */
export async function insertComposed(
  write: Write,
  { notice, bytes, now }: { readonly notice: Notice; readonly bytes: Buffer; readonly now: number },
): Promise<number> {
  const whole = { body: { bytes }, size: bytes.length, mailFrom: "", receivedAt: now };
  const messageId = await completeMessage(write, whole);
  const listId = notice.list?.id ?? serverMail;
  return insertNotice(write, { messageId, listId, rcptTo: notice.to, secret: randomBytes(16), now });
}
