/** The file of a report: every recipient of a post, up to what a mailbox takes. */
import type { Post } from "../lists/post.ts";
import type { Store } from "../store/store.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import { csvBegin, csvLines } from "../words/csv-lines.ts";
import { recipientsTable } from "./recipient-lines.ts";

export type RecipientsFile = { readonly content: Buffer; readonly isWhole: boolean };

const mostLines = 20_000;

export async function recipientsFile(
  store: Store,
  post: Post,
  telling: { readonly words: Words; readonly dates: Dates },
): Promise<RecipientsFile> {
  const { head, pieces } = await recipientsTable(store, post, telling);
  const lines = [head];
  let isWhole = true;
  for await (const piece of pieces) {
    isWhole = lines.length + piece.length <= mostLines + 1;
    if (!isWhole) break;
    lines.push(...piece);
  }
  return { content: Buffer.from(`${csvBegin}${csvLines(lines)}`), isWhole };
}
