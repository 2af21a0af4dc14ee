/** Members as a file that spreadsheets open rightly, runs nothing in them, and comes back in unchanged. */
import { stringify } from "csv-stringify/sync";
import type { Member, MemberStatus } from "../lists/member.ts";

export type CsvWords = {
  readonly address: string;
  readonly name: string;
  readonly status: string;
  readonly statuses: Readonly<Record<MemberStatus, string>>;
};

/** UTF-8 with a byte order mark, without which Excel takes it for the system's own character set. */
export async function* membersCsv(
  pages: AsyncIterable<readonly Member[]>,
  { words, attributes }: { readonly words: CsvWords; readonly attributes: readonly string[] },
): AsyncGenerator<string> {
  yield `\ufeff${lines([[words.address, words.name, words.status, ...attributes]])}`;
  for await (const page of pages) yield lines(page.map((member) => cells(member, { words, attributes })));
}

function cells(
  member: Member,
  { words, attributes }: { readonly words: CsvWords; readonly attributes: readonly string[] },
): readonly string[] {
  const status = words.statuses[member.status];
  return [member.address, member.name, status, ...attributes.map((name) => member.attributes[name] ?? "")].map(guarded);
}

/** An apostrophe that an import would take for a guard gets a guard of its own. */
function guarded(cell: string): string {
  return /^'+[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/.test(cell) ? `'${cell}` : cell;
}

function lines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { escape_formulas: true, record_delimiter: "\r\n" });
}
