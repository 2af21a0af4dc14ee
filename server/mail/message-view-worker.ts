/** Runs in a thread of `message-view.ts` and is the one place that lets mailparser see a message. */
import { parentPort } from "node:worker_threads";
import { simpleParser } from "mailparser";
import type { Attachment } from "mailparser";
import { loaded } from "./apart.ts";

/** With `indexes` those attachments are wanted, without it the body. */
export type ParseRequest = { readonly message: Uint8Array; readonly indexes?: readonly number[] };

export type ParsedBody = {
  readonly text: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly {
    readonly name: string | undefined;
    readonly type: string;
    readonly size: number;
    readonly contentId: string | undefined;
    readonly index: number;
    readonly inline: boolean;
  }[];
};

export type ParsedAttachment = {
  readonly index: number;
  readonly name: string | undefined;
  readonly type: string;
  readonly content: Uint8Array;
};

/** Longer texts would stall whoever shows them. */
const maxCharacters = 4_000_000;
const maxAttachments = 1000;

parentPort?.on("message", (request: ParseRequest) => {
  void parse(request).then((parsed) => parentPort?.postMessage(parsed));
});
parentPort?.postMessage(loaded);

async function parse({ message, indexes }: ParseRequest): Promise<object> {
  try {
    // html-to-text takes minutes for deeply nested HTML, and linkifying is not wanted.
    const mail = await simpleParser(Buffer.from(message.buffer, message.byteOffset, message.byteLength), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
    const attachments = mail.attachments.slice(0, maxAttachments);
    return indexes === undefined ? bodyOf(mail.text, mail.html, attachments) : contents(attachments, indexes);
  } catch {
    return { unreadable: "the message is built in a way that cannot be read" };
  }
}

function bodyOf(text: string | undefined, page: string | false, attachments: readonly Attachment[]): ParsedBody {
  const html = page === false || page === "" ? undefined : page.slice(0, maxCharacters);
  return {
    text: text?.slice(0, maxCharacters),
    html,
    attachments: attachments.map((attachment, index) => {
      const contentId = attachment.cid;
      const inline = contentId !== undefined && html?.includes(`cid:${contentId}`) === true;
      return {
        name: attachment.filename,
        type: attachment.contentType,
        size: attachment.content.length,
        contentId,
        index,
        inline,
      };
    }),
  };
}

function contents(attachments: readonly Attachment[], wanted: readonly number[]): readonly ParsedAttachment[] {
  return wanted.flatMap((index) => {
    const attachment = attachments[index];
    return attachment === undefined
      ? []
      : [{ index, name: attachment.filename, type: attachment.contentType, content: attachment.content }];
  });
}
