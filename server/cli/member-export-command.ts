/** `kairan member export`: all members as CSV that a spreadsheet opens rightly, and that `member import` takes back. */
import { stringify } from "csv-stringify/sync";
import type { Member } from "../lists/member.ts";
import type { Store } from "../store/store.ts";
import type { Answer } from "./answer.ts";
import type { Command } from "./command.ts";
import { wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { memberPages } from "./member-pages.ts";

export const memberExportCommand: Command = {
  words: "member export",
  operands: ["LIST"],
  options: {},
  summary: "Prints all members as CSV for spreadsheets (UTF-8 with byte order mark).",
  changes: false,
  run: async (call) => {
    if (call.flag("json")) throw wrongUse("member export prints CSV; member ls --json prints JSON");
    const { store } = await call.open();
    const list = await findList(store, call.operand(0));
    return csvAnswer(store, list.id);
  },
};

function csvAnswer(store: Store, listId: number): Answer {
  return async ({ out }) => {
    const attributes = await attributeNames(store, listId);
    await out(csv([["address", "name", "status", ...attributes]], true));
    for await (const page of memberPages(store, listId)) {
      await out(
        csv(
          page.map((member) => cells(member, attributes)),
          false,
        ),
      );
    }
  };
}

/** Every attribute that any member has, in the order in which they first come: the columns must be known before the first row. */
async function attributeNames(store: Store, listId: number): Promise<readonly string[]> {
  const names = new Set<string>();
  for await (const page of memberPages(store, listId)) {
    for (const member of page) for (const name of Object.keys(member.attributes)) names.add(name);
  }
  return [...names];
}

function cells(member: Member, attributes: readonly string[]): readonly string[] {
  return [member.address, member.name, member.status, ...attributes.map((name) => member.attributes[name] ?? "")];
}

function csv(rows: readonly (readonly string[])[], isFirst: boolean): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: isFirst, escape_formulas: true, record_delimiter: "windows" },
  );
}
