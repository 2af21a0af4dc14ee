/**
 * A message as a person sees it. Reading hostile mail can take minutes or gigabytes, so it is done in a worker thread that is given
 * up on when it takes too long or too much; the original stays what it was.
 */
import { Worker } from "node:worker_threads";
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

export type ViewLimits = {
  readonly ms: number;
  /** Of the worker's heap; the message itself comes on top. */
  readonly megabytes: number;
};

export type AttachmentContent = { readonly name: string | undefined; readonly type: string; readonly content: Buffer };

const defaultLimits: ViewLimits = { ms: 10_000, megabytes: 256 };

/** Never rejects; what cannot be read in time says so. */
export async function readMessageView(message: Buffer, limits: ViewLimits): Promise<MessageView> {
  const parsed = await parseApart<ParsedBody>({ message }, limits);
  if ("unreadable" in parsed) return parsed;
  const header = parseHeader(message);
  return { subject: shown(header, "Subject"), from: shown(header, "From"), date: dateOf(header), ...parsed };
}

/** One attachment by its index in the view; undefined when there is none or the message cannot be read. */
export async function readAttachment(
  message: Buffer,
  index: number,
  limits: ViewLimits = defaultLimits,
): Promise<AttachmentContent | undefined> {
  const [found] = await readAttachments(message, [index], limits);
  return found;
}

/** Several attachments in one reading, in the order of `indexes`. */
export async function readAttachments(
  message: Buffer,
  indexes: readonly number[],
  limits: ViewLimits = defaultLimits,
): Promise<readonly (AttachmentContent | undefined)[]> {
  const parsed = await parseApart<ParsedAttachment[]>({ message, indexes }, limits);
  if ("unreadable" in parsed) return indexes.map(() => undefined);
  const view = ({ name, type, content }: ParsedAttachment): AttachmentContent => ({
    name,
    type,
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  });
  return indexes.map((index) => parsed.filter((one) => one.index === index).map(view)[0]);
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

type Unreadable = { readonly unreadable: string };

function parseApart<Parsed extends object>(request: ParseRequest, limits: ViewLimits): Promise<Parsed | Unreadable> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./message-view-worker.ts", import.meta.url), {
      workerData: request,
      resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32 },
    });
    const finish = (parsed: Parsed | Unreadable): void => {
      clearTimeout(timer);
      resolve(parsed);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish({ unreadable: "the message takes too long to read" }), limits.ms);
    worker.once("message", (parsed: Parsed | Unreadable) => finish(parsed));
    worker.once("error", () => finish({ unreadable: "the message is too large or too complex to read" }));
    worker.once("exit", () => finish({ unreadable: "the message cannot be read" }));
  });
}
