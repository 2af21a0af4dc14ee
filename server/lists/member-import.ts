/** A file that becomes members: its states, what its columns mean, what is wrong with it or with one of its lines. */
import type { MemberStatus } from "./member.ts";

/**
 * `arriving`: its octets come in; `reading`: its lines are read and laid beside the members; `faulty`: as a whole it cannot be
 * read; `ready`: it waits for an administrator's yes; the rest is doing it, done, taking it back, taken back.
 */
export type ImportState =
  "arriving" | "reading" | "faulty" | "ready" | "applying" | "applied" | "undoing" | "undone" | "discarded";

/** What a line would do, or has done. `stays`: left by themselves, and the file does not say that they are active. */
export const rowFates = ["added", "changed", "unchanged", "stays", "repeated", "fault"] as const;
export type RowFate = (typeof rowFates)[number];

export type ColumnUse =
  { readonly as: "address" | "name" | "status" | "nothing" } | { readonly as: "attribute"; readonly name: string };

/**
 * How a file's columns are taken, one by one; `titled`: its first line names them and is no member's. `above`: as many lines before
 * that are the sheet's own heading, as class lists have it, and nobody's.
 */
export type ImportColumns = { readonly titled: boolean; readonly uses: readonly ColumnUse[]; readonly above?: number };

/** Why a file cannot be taken at all. Lines count from 1. */
export type FileFault =
  | { readonly kind: "empty" | "encoding" | "no-address-column" | "old-workbook" | "broken-workbook" | "unreadable" }
  | { readonly kind: "large"; readonly mostMegabytes: number }
  | { readonly kind: "many-columns"; readonly most: number }
  | { readonly kind: "open-quote" | "unreadable-line"; readonly line: number }
  | { readonly kind: "column-twice"; readonly column: string; readonly titles: readonly string[] };

/** Why a line cannot be taken. */
export type RowFault =
  | { readonly kind: "no-address" | "name-break" }
  | { readonly kind: "cells"; readonly has: number; readonly wants: number }
  | { readonly kind: "address" | "status"; readonly text: string }
  | { readonly kind: "name-long"; readonly most: number };

export type ImportCounts = Readonly<Record<RowFate, number>> & {
  readonly rows: number;
  readonly mended: number;
  /** Members who are not in the file, where they leave. */
  readonly leaving: number;
};

export const noCounts: ImportCounts = {
  rows: 0,
  added: 0,
  changed: 0,
  unchanged: 0,
  stays: 0,
  repeated: 0,
  fault: 0,
  mended: 0,
  leaving: 0,
};

/** What has happened to members so far. */
export type ImportDone = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left: number;
};

export type MemberImport = {
  readonly id: number;
  readonly listId: number;
  readonly state: ImportState;
  /** The file's, or empty for pasted text. */
  readonly fileName: string;
  readonly accountId: number | undefined;
  /** By the command line, whose process does the work itself. */
  readonly byCommand: boolean;
  readonly size: number;
  readonly readOctets: number;
  /** Undefined: found out from the first line. */
  readonly columns: ImportColumns | undefined;
  /** The first lines as they stand in the file. */
  readonly sample: readonly (readonly string[])[];
  readonly replaces: boolean;
  readonly welcomes: boolean;
  /** Rises with every reading. */
  readonly edition: number;
  readonly fault: FileFault | undefined;
  readonly counts: ImportCounts;
  readonly done: ImportDone;
  /** Members as they were before again, and those that had been changed since and stay. */
  readonly undone: { readonly restored: number; readonly kept: number };
  readonly createdAt: number;
  readonly readAt: number | undefined;
  /** When it began to change members. */
  readonly applyAt: number | undefined;
  readonly appliedAt: number | undefined;
  readonly undoneAt: number | undefined;
  /** When it is forgotten, and with it the way back. */
  readonly expiresAt: number;
  /** How far its work has come: the last row applied, and the last memberships that left or were taken back. */
  readonly reached: { readonly row: number; readonly leaving: number; readonly undone: number };
};

/** One line of the file, read. */
export type ImportRow = {
  /** Rises with the line. */
  readonly id: number;
  readonly line: number;
  readonly fate: RowFate;
  readonly address: string;
  readonly name: string | undefined;
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: MemberStatus | undefined;
  /** The address as it stands in the file, where it was mended. */
  readonly mended: string | undefined;
  readonly fault: RowFault | undefined;
};
