/** The message of a post that was written in the panel: plain text as its author wrote it, and attachments. */
import MailComposer from "nodemailer/lib/mail-composer";

export type ComposedMessage = {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
};

/**
 * Without Date, which each copy gets from its post: a message may be sent more than once. Always UTF-8, for a member's name may
 * have any letter.
 */
export async function composeMessage(message: ComposedMessage): Promise<Buffer> {
  const composer = new MailComposer({
    ...message,
    from: { ...message.from },
    to: [{ name: "", address: message.to }],
    textEncoding: "base64",
    attachments: message.attachments.map((one) => ({ ...one, contentDisposition: "attachment" })),
    // Neither of these is asked anything: files and addresses on the web stay what the author wrote.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  const octets = await node.build();
  return withoutDate(octets);
}

/** The composer always writes one. */
function withoutDate(octets: Buffer): Buffer {
  const end = octets.indexOf("\r\n\r\n");
  const header = octets.toString("latin1", 0, end).replace(/(^|\r\n)Date: [^\r\n]*(?:\r\n[ \t][^\r\n]*)*\r\n/i, "$1");
  return Buffer.concat([Buffer.from(header, "latin1"), octets.subarray(end)]);
}
