/** The server's own mail as it waits in the queue or was kept, newest last. */
import type { Store } from "../../server/store/store.ts";

export type NoticeMail = { readonly to: string; readonly text: string; readonly mailFrom: string };

export async function noticesTo(store: Store, to: string): Promise<readonly NoticeMail[]> {
  const rows = await store.database.reader
    .selectFrom("delivery")
    .innerJoin("message", "message.id", "delivery.message_id")
    .innerJoin("message_chunk", "message_chunk.message_id", "message.id")
    .select(["delivery.rcpt_to", "message_chunk.bytes", "message.mail_from"])
    .where("delivery.rcpt_to", "=", to)
    .orderBy("delivery.id")
    .execute();
  return rows.map((row) => ({
    to: row.rcpt_to ?? "",
    text: readable(Buffer.from(row.bytes).toString("latin1")),
    mailFrom: row.mail_from,
  }));
}

/** The path of the sign-in link in a mail. */
export function linkIn({ text }: NoticeMail): string {
  const path = /\/sign-in\/link\/[\w-]+/.exec(text)?.[0];
  if (path === undefined) throw new Error(`no link in ${text}`);
  return path;
}

/** Header and text as people read them; nodemailer writes quoted-printable or base64 where there is more than ASCII. */
function readable(mail: string): string {
  const end = mail.indexOf("\r\n\r\n");
  const [header, body] = [mail.slice(0, end), mail.slice(end)];
  if (/transfer-encoding: base64/i.test(header)) return `${header}${Buffer.from(body, "base64").toString("utf8")}`;
  if (!/transfer-encoding: quoted-printable/i.test(header)) return mail;
  const octets = body
    .replace(/=\r\n/g, "")
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return `${header}${Buffer.from(octets, "latin1").toString("utf8")}`;
}
