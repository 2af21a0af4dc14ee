/** One row of a file as a member, or what is wrong with it. */
import type { ImportColumns, RowFault } from "../lists/member-import.ts";
import type { Attributes } from "../lists/member.ts";
import { parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { ReadRow } from "../store/imports/import-rows.ts";
import { readMemberStatus } from "./member-columns.ts";
import { mendAddress } from "./mend-address.ts";

const maxName = 200;
/** In characters: as much of a faulty cell as is shown. */
const shownText = 100;

type Row = { readonly line: number; readonly cells: readonly string[] };

export function readMemberRow({ line, cells }: Row, columns: ImportColumns): ReadRow {
  const cellOf = (as: "address" | "name" | "status"): string | undefined => {
    const place = columns.uses.findIndex((use) => use.as === as);
    return place < 0 ? undefined : (cells[place] ?? "").trim();
  };
  const typed = cellOf("address") ?? "";
  const plain = mendAddress(typed);
  const address = parseAddress(plain);
  const [name, status] = [cellOf("name"), cellOf("status") ?? ""];
  const fault =
    cellsFault(cells, columns) ?? addressFault(typed, address) ?? nameFault(name ?? "") ?? statusFault(status);
  if (fault !== undefined || address === undefined)
    return { ok: false, line, fault: fault ?? { kind: "no-address" }, address, typed: short(whose(name, typed)) };
  return {
    ok: true,
    line,
    address,
    name: name === undefined ? undefined : cleanText(name),
    attributes: attributesOf(cells, columns),
    status: readMemberStatus(status),
    // Whatever the address reader itself would have let pass: who looks at the preview sees each one that is not as it was typed.
    mended: plain === typed ? undefined : short(typed),
  };
}

/** Whom a faulty line is about, for whoever has the list on paper: 7 and "no address" find nobody. */
function whose(name: string | undefined, typed: string): string {
  return `${name ?? ""} ${typed}`.trim();
}

/** An empty one takes away what the member had; one that the line does not have, as Excel leaves them out at its end, takes nothing. */
function attributesOf(cells: readonly string[], { uses }: ImportColumns): Attributes {
  const pairs = uses.flatMap((use, place) =>
    use.as === "attribute" && place < cells.length ? [[use.name, (cells[place] ?? "").trim()] as const] : [],
  );
  return Object.fromEntries(pairs);
}

function cellsFault(cells: readonly string[], { uses }: ImportColumns): RowFault | undefined {
  const isMore = cells.slice(uses.length).some((cell) => cell.trim() !== "");
  const isLess = uses.slice(cells.length).some(({ as }) => as !== "attribute" && as !== "nothing");
  return isMore || isLess ? { kind: "cells", has: cells.length, wants: uses.length } : undefined;
}

function addressFault(typed: string, address: Address | undefined): RowFault | undefined {
  if (typed === "") return { kind: "no-address" };
  return address === undefined ? { kind: "address", text: short(typed) } : undefined;
}

function nameFault(name: string): RowFault | undefined {
  if (/[\r\n]/.test(name)) return { kind: "name-break" };
  return name.length > maxName ? { kind: "name-long", most: maxName } : undefined;
}

function statusFault(status: string): RowFault | undefined {
  return status === "" || readMemberStatus(status) !== undefined ? undefined : { kind: "status", text: short(status) };
}

function short(text: string): string {
  return cleanText(text).slice(0, shownText);
}
