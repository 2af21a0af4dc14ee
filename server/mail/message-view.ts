/** A message as a person sees it. Reading hostile mail can take minutes or gigabytes, so it is done apart; the original stays what it was. */
import { Apart } from "./apart.ts";
import type { ApartLimits, GivenUp } from "./apart.ts";
import { decodeText } from "./encoded-words.ts";
import { parseHeader } from "./header-fields.ts";
import type { Header } from "./header-fields.ts";
import type { ParsedAttachment, ParsedBody, ParseRequest } from "./message-view-worker.ts";

export type AttachmentView = {
  /** As the author named it, never fit for a path; undefined when there is none. */
  readonly name: string | undefined;
  /** Media type as declared. */
  readonly type: string;
  /** Octets. */
  readonly size: number;
  /** Without angle brackets. */
  readonly contentId: string | undefined;
  readonly index: number;
  /** Whether the HTML shows it in its text. */
  readonly inline: boolean;
};

export type MessageView =
  | {
      readonly subject: string;
      /** The From field decoded, for reading only: it decides nothing. */
      readonly from: string;
      readonly date: Date | undefined;
      /** Decoded; cut after four million characters. Undefined when there is none. */
      readonly text: string | undefined;
      /** As the author wrote it and dangerous as such. */
      readonly html: string | undefined;
      readonly attachments: readonly AttachmentView[];
    }
  | {
      /** An English sentence without a full stop. */
      readonly unreadable: string;
    };

export type AttachmentContent = { readonly name: string | undefined; readonly type: string; readonly content: Buffer };

export class MessageReader {
  readonly #threads: Apart<ParseRequest, ParsedBody | ParsedAttachment[] | Unreadable>;

  constructor(limits: ApartLimits) {
    this.#threads = new Apart(new URL("./message-view-worker.ts", import.meta.url), limits);
  }

  /** Never rejects; what cannot be read in time says so. */
  async view(message: Buffer): Promise<MessageView> {
    const parsed = await this.#parse<ParsedBody>({ message });
    if ("unreadable" in parsed) return parsed;
    const header = parseHeader(message);
    return { subject: shown(header, "Subject"), from: shown(header, "From"), date: dateOf(header), ...parsed };
  }

  /** One attachment by its index in the view; undefined when there is none or the message cannot be read. */
  async attachment(message: Buffer, index: number): Promise<AttachmentContent | undefined> {
    const [found] = await this.attachments(message, [index]);
    return found;
  }

  /** Several attachments in one reading, in the order of `indexes`. */
  async attachments(message: Buffer, indexes: readonly number[]): Promise<readonly (AttachmentContent | undefined)[]> {
    const parsed = await this.#parse<ParsedAttachment[]>({ message, indexes });
    if ("unreadable" in parsed) return indexes.map(() => undefined);
    return indexes.map((index) => parsed.filter((one) => one.index === index).map(contentOf)[0]);
  }

  /** What is being read is given up. */
  close(): void {
    this.#threads.close();
  }

  async #parse<Parsed extends ParsedBody | ParsedAttachment[]>(request: ParseRequest): Promise<Parsed | Unreadable> {
    const answer = await this.#threads.ask(request);
    return "gaveUp" in answer ? { unreadable: whyUnreadable[answer.gaveUp] } : (answer as Parsed | Unreadable);
  }
}

type Unreadable = { readonly unreadable: string };

const whyUnreadable: Readonly<Record<GivenUp["gaveUp"], string>> = {
  late: "the message takes too long to read",
  tooMuch: "the message is too large or too complex to read",
  ended: "the message cannot be read",
};

function contentOf({ name, type, content }: ParsedAttachment): AttachmentContent {
  return { name, type, content: Buffer.from(content.buffer, content.byteOffset, content.byteLength) };
}

/** Enough for any honest field. */
const maxShown = 10_000;

function shown(header: Header, name: string): string {
  return decodeText((header.first(name) ?? "").slice(0, maxShown));
}

function dateOf(header: Header): Date | undefined {
  const date = new Date(decodeText((header.first("Date") ?? "").slice(0, 100)));
  return Number.isNaN(date.getTime()) ? undefined : date;
}
