/** What a report says to people: its text line by line, and in it the places where servers speak. */
import { decodeOctets } from "./charset.ts";
import { partsOf } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { hasPhrase } from "./phrases.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

/** Reports say what they have to say on the first page. */
const maxOctets = 32_000;
const maxLine = 500;

/** From here on a report quotes the message that came back. */
const quoteMarks = `
  below this line is a copy | this is a copy of the message | copy of your message | original message follows |
  original message header | header of the original message | headers of the original message |
  returned message follows | original text follows | message headers follow | unsent message follows |
  your message follows | ----- original message -----
`;

/** The lines of a report's texts, without the message that it quotes. */
export function reportLines(message: Buffer, root: MimePart): readonly string[] {
  const parts = [...partsOf(root)];
  const quoted = parts.filter((part) => part.type === "message/rfc822" && part !== root).slice(0, 20);
  const texts = parts.filter((part) => isText(part) && !quoted.some((other) => liesIn(part, other)));
  const lines = texts.slice(0, 5).flatMap((part) => readLines(message, part));
  const cut = lines.findIndex((line, n) => n > 1 && line.length < 120 && hasPhrase(line.toLowerCase(), quoteMarks));
  return cut < 0 ? lines : lines.slice(0, cut);
}

/** A multipart without parts too: some servers break the field that has its boundary, or leave the delimiters out. */
function isText(part: MimePart): boolean {
  return part.children.length === 0 && /^(?:text\/(?:plain|html)$|multipart\/)/.test(part.type);
}

function liesIn(part: MimePart, other: MimePart): boolean {
  return other.bodyStart <= part.headerStart && part.bodyEnd <= other.bodyEnd;
}

/** The lines of one text, HTML as what it shows; from its first 32 KB unless told otherwise. */
export function readLines(
  message: Buffer,
  part: MimePart,
  most: { readonly octets: number; readonly line: number } = { octets: maxOctets, line: maxLine },
): readonly string[] {
  const octets = message.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + most.octets));
  const text = decodeOctets(decodeTransfer(octets, part.encoding) ?? octets, part.charset);
  const plain = part.type === "text/html" ? withoutTags(text) : text;
  return plain.split(/\r\n|\r|\n/).map((line) => line.slice(0, most.line).trim());
}

function withoutTags(html: string): string {
  const shown = ["style", "script", "title"].reduce(withoutElement, html);
  const broken = shown.replace(/<br[^<>]{0,100}>|<\/(?:p|div|tr|li|h\d)>/gi, "\n");
  const bare = broken.replace(/<[^<>]{0,1000}>/g, " ").replaceAll("&nbsp;", " ");
  return bare.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
}

/** Its content is not shown. One that is not closed hides the rest. */
function withoutElement(html: string, name: string): string {
  const lower = html.toLowerCase();
  let rest = "";
  let from = 0;
  for (let at = lower.indexOf(`<${name}`); at >= 0; at = lower.indexOf(`<${name}`, from)) {
    rest += html.slice(from, at);
    const end = lower.indexOf(`</${name}`, at);
    if (end < 0) return rest;
    from = end;
  }
  return rest + html.slice(from);
}

const replyCode = /(?:^|[^\d.\w])((?:4[25]\d|5[05]\d)(?:[ -]|$)|#?[45]\.[0-7]\.\d{1,3}(?!\.?\d))/;

/** The passage in which another server's reply is quoted: its line, and what is left of the paragraph. */
export function findReply(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => replyCode.test(line) && !/^(?:>>>|date:|received:|status:)/i.test(line));
  if (at < 0) return undefined;
  const rest = lines.slice(at + 1, at + 8);
  const end = rest.indexOf("");
  return [lines[at] ?? "", ...(end < 0 ? rest : rest.slice(0, end))].join("\n").slice(0, 1000);
}

/** Some servers lose the marks around a delivery status part, so that it stands in the text. */
export function findStatus(lines: readonly string[]): string | undefined {
  const at = lines.findIndex((line) => /^(?:reporting-mta|final-recipient|original-recipient):/i.test(line));
  return at < 0 ? undefined : lines.slice(at, at + 60).join("\n");
}
