/** `kairan member export`: all members as CSV that a spreadsheet opens rightly, and that `member import` takes back. */
import { membersCsv } from "../imports/members-csv.ts";
import type { Store } from "../store/store.ts";
import type { Answer } from "./answer.ts";
import type { Command } from "./command.ts";
import { wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { memberPages } from "../imports/member-pages.ts";

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

/** Names and statuses as `member ls --json` says them. */
const words = {
  address: "address",
  name: "name",
  status: "status",
  statuses: { waiting: "waiting", active: "active", paused: "paused", bounced: "bounced", left: "left" },
};

function csvAnswer(store: Store, listId: number): Answer {
  return async ({ out }) => {
    const attributes = await store.members.attributeNames(listId);
    for await (const piece of membersCsv(memberPages(store, listId), { words, attributes })) await out(piece);
  };
}
