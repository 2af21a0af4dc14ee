/**
 * The document inside the frame that shows a mail. Three walls: dangerous HTML is taken out in a thread that can be given up on, the
 * policy lets nothing load or run, and the frame is sandboxed.
 */
import type { MessageView } from "../mail/message-view.ts";
import type { Words } from "../words/en.ts";
import type { MailThreads } from "./mail-threads.ts";

/** Links open in a window of their own; scripts, forms and everything remote stay out. */
export const framePolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** Octets of pictures that are put into the page. */
const mostPictures = 15_000_000;

type Readable = Exclude<MessageView, { readonly unreadable: string }>;
type FrameOptions = {
  readonly as: "html" | "text";
  readonly words: Words;
  readonly cleaner: MailThreads["cleaner"];
  /** Contents of attachments by their indexes, in the same order. */
  readonly contents: (indexes: readonly number[]) => Promise<readonly (Buffer | undefined)[]>;
};

export async function mailFrame(
  view: MessageView,
  { as, words: { mail: w }, cleaner, contents }: FrameOptions,
): Promise<string> {
  if ("unreadable" in view) return page(note(w.unreadable));
  if (as === "text" || view.html === undefined)
    return page(
      view.text === undefined || view.text.trim() === "" ? note(w.noText) : `<pre>${escape(view.text)}</pre>`,
    );
  const cleaned = await cleaner.ask({ html: view.html, pictures: await pictures(view, contents) });
  if ("gaveUp" in cleaned) return page(note(w.tooComplex));
  return page(`${cleaned.leftOut > 0 ? note(w.remote) : ""}<div class="mail">${cleaned.html}</div>`);
}

/** The pictures that stand in the mail itself, as data: URLs by Content-ID. */
async function pictures(view: Readable, contents: FrameOptions["contents"]): Promise<Readonly<Record<string, string>>> {
  let room = mostPictures;
  const shown = view.attachments.filter(({ contentId, type, size }) => {
    const fits = contentId !== undefined && /^image\/(png|jpe?g|gif|webp|bmp)$/.test(type) && size <= room;
    if (fits) room -= size;
    return fits;
  });
  if (shown.length === 0) return {};
  const bytes = await contents(shown.map(({ index }) => index));
  return Object.fromEntries(
    shown.map(({ contentId = "", type }, at) => [
      contentId,
      `data:${type};base64,${bytes[at]?.toString("base64") ?? ""}`,
    ]),
  );
}

function page(body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><base target="_blank"><style>${style}</style></head><body>${body}</body></html>`;
}

function note(text: string): string {
  return `<p class="note">${escape(text)}</p>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Mail brings its own colours, made for paper white: it is shown on white in the dark too. */
const style = `
:root { color-scheme: light }
body { margin: 0; padding: 1rem; background: #fff; color: #222; font: 16px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif; overflow-wrap: anywhere }
pre { margin: 0; font: inherit; white-space: pre-wrap }
img { max-width: 100%; height: auto }
.note { margin: 0 0 1rem; padding: .5rem .75rem; border-radius: .5rem; background: #f3efe7; color: #5b5346; font-size: 14px }
`;
