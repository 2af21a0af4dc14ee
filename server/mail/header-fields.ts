/**
 * The header of a message as ordered fields. Tolerant in what it reads, exact about where the body begins, and so built that
 * no odd line end can hide a field: whoever decides on an author or a loop starts here.
 */

export type HeaderField = {
  /** As written, without the blanks some write before the colon. */
  readonly name: string;
  /** Unfolded and trimmed; one character an octet (latin1), for nothing is decoded here. */
  readonly value: string;
  /** The octets of the field with its line ends inside, without the last one; latin1 too. */
  readonly raw: string;
};

export type Header = {
  readonly fields: readonly HeaderField[];
  /** Lines that are neither a field nor the rest of one, such as the `From ` line of a mailbox file. */
  readonly garbage: readonly string[];
  /** Offset of the first octet of the body; the length of the message when it has none. */
  readonly bodyStart: number;
  /** False when the header is larger than anybody's, so that fields may be missing. */
  readonly complete: boolean;
  /** Every value of a field, in order; the name's case is ignored. */
  readonly all: (name: string) => readonly string[];
  /** The first value of a field. */
  readonly first: (name: string) => string | undefined;
};

/** Far above what real mail has, far below what hurts: a header of 25 MB in two-octet fields would take a gigabyte. */
const maxOctets = 1_000_000;
const maxFields = 10_000;

const LF = 10;
const CR = 13;
const fieldStart = /^([!-9;-~]+)[ \t]*:/;

/** Reads the header of a whole message, or of a MIME part from `start` to `end`. */
export function parseHeader(raw: Buffer, start = 0, end = raw.length): Header {
  const header = endOfHeader(raw, start, end);
  const last = Math.min(header.offset, start + maxOctets);
  const { fields, garbage, complete, textFrom } = readFields(
    splitLines(raw.toString("latin1", start, last)),
    header.bodyStart === header.offset,
  );
  const all = (name: string): readonly string[] => {
    const wanted = name.toLowerCase();
    return fields.filter((field) => field.name.toLowerCase() === wanted).map((field) => field.value);
  };
  return {
    fields,
    garbage,
    bodyStart: textFrom === undefined ? header.bodyStart : start + textFrom,
    complete: complete && last === header.offset,
    all,
    first: (name) => all(name)[0],
  };
}

/** The header ends at the first line that is empty when lines end at LF and the CRs before it count for nothing. */
function endOfHeader(raw: Buffer, start: number, end: number): { readonly offset: number; readonly bodyStart: number } {
  let line = start;
  while (line < end) {
    const lf = raw.indexOf(LF, line);
    const stop = lf < 0 || lf >= end ? end : lf;
    let filled = stop;
    while (filled > line && raw[filled - 1] === CR) filled--;
    if (filled === line) return { offset: line, bodyStart: Math.min(stop + 1, end) };
    line = stop + 1;
  }
  return { offset: end, bodyStart: end };
}

type Line = { readonly text: string; readonly at: number };

/**
 * A bare CR separates lines here as LF does, since some readers take it so: `X: y<CR>From: a` shows its second From. It ends
 * no header, since others do not take it so.
 */
function splitLines(header: string): readonly Line[] {
  return Array.from(header.matchAll(/[^\r\n]+/g), (match) => ({ text: match[0], at: match.index }));
}

type Fields = {
  readonly fields: readonly HeaderField[];
  readonly garbage: readonly string[];
  readonly complete: boolean;
  /** Where a body without an empty line before it begins. */
  readonly textFrom: number | undefined;
};

/** A field with the lines that continue it, or one line of garbage. */
type Group = { readonly lines: readonly Line[]; readonly isField: boolean };

/**
 * Text that no empty line parts from the header begins at the first line that is no field, when no field follows it, or there is no
 * empty line at all, or it looks like a delimiter of MIME. Fields behind that line count all the same: another reader may see them.
 */
function readFields(lines: readonly Line[], isUnended: boolean): Fields {
  const groups = groupLines(lines);
  const complete = groups.length < maxFields;
  const fields = groups.filter((group) => group.isField).map((group) => toField(group.lines));
  const garbage = groups.filter((group) => !group.isField).map((group) => group.lines[0]?.text ?? "");
  const isSure = (group: Group): boolean => isUnended || group.lines[0]?.text.startsWith("--") === true;
  const last = groups.findLastIndex((group) => group.isField);
  const text = groups.find((group, n) => !group.isField && (n > last || isSure(group)));
  return { fields, garbage, complete, textFrom: complete ? text?.lines[0]?.at : undefined };
}

function groupLines(lines: readonly Line[]): readonly Group[] {
  const groups: Group[] = [];
  for (let n = 0; n < lines.length && groups.length < maxFields;) {
    const first = n++;
    const isField = fieldStart.test(lines[first]?.text ?? "");
    while (isField && n < lines.length && /^[ \t]/.test(lines[n]?.text ?? "")) n++;
    groups.push({ lines: lines.slice(first, n), isField });
  }
  return groups;
}

function toField(lines: readonly Line[]): HeaderField {
  const text = lines.map((line) => line.text).join("");
  return {
    name: fieldStart.exec(text)?.[1] ?? "",
    value: trimBlanks(text.slice(text.indexOf(":") + 1)),
    raw: lines.map((line) => line.text).join("\r\n"),
  };
}

/** Without blanks at both ends; `trim` would also take octet A0, the tail of many a UTF-8 letter. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
