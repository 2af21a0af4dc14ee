/** A footer as a part of its own, after all that the author wrote: for posts that have no text, or one that may not change. */
import { isEightBit, joinParts } from "./copy-parts.ts";
import type { Entity } from "./copy-parts.ts";
import { addFooter } from "./copy-text.ts";
import type { TextForm, TextSource } from "./copy-text.ts";
import type { Pieces } from "./slots.ts";

const blank: Omit<TextSource, "octets"> = {
  content: { value: "text/plain", parameters: [] },
  charset: "utf-8",
  encoding: "7bit",
  flowed: false,
  html: false,
};

export type FooterBeside = {
  readonly authors: Entity;
  readonly footer: Pieces;
  readonly boundary: string;
  readonly form: TextForm;
};

/** A mixed message: what the author wrote, then the footer. */
export function footerBeside({ authors, footer, boundary, form }: FooterBeside): Entity {
  const text = addFooter({ ...blank, octets: Buffer.alloc(0) }, footer, form);
  if (text === undefined) return authors;
  const head = `Content-Type: ${text.contentType}\r\nContent-Transfer-Encoding: ${text.encoding}\r\n\r\n`;
  const parts = [
    [Buffer.from(`${authors.fields}\r\n`, "latin1"), ...authors.body],
    [Buffer.from(head), text.before, text.personal, text.after],
  ];
  const body = joinParts(parts, boundary);
  const encoding = body.some(isEightBit) ? "Content-Transfer-Encoding: 8bit\r\n" : "";
  return { fields: `Content-Type: multipart/mixed; boundary="${boundary}"\r\n${encoding}`, body };
}
