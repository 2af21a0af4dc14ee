/** `kairan list …`: showing, changing and deleting lists. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { ListSummary } from "../store/lists/lists.ts";
import type { Store } from "../store/store.ts";
import { listed, said } from "./answer.ts";
import type { Command } from "./command.ts";
import { findDeletedList, findList } from "./find-list.ts";
import { listCreateCommand } from "./list-create-command.ts";
import { listSettings, readListSettings } from "./list-settings.ts";
import { isoTime, localTime } from "../words/zone-time.ts";

const ls: Command = {
  words: "list ls",
  operands: [],
  options: { search: { type: "string", value: "TEXT", says: "only lists with this in their name or title" } },
  summary: "Prints all lists with their sizes.",
  changes: false,
  run: async (call) => {
    const { store, config } = await call.open();
    const lists = await store.lists.summaries({ search: call.text("search") ?? "" });
    const rows = lists.map(summaryRow);
    const zones = new Map(lists.map((list) => [listAddress(list), list.timezone ?? config.timezone]));
    return listed({
      pages: [rows],
      none: "no lists yet",
      columns: [
        { title: "ADDRESS", text: (row) => row.address },
        { title: "TITLE", text: (row) => row.title, most: 40 },
        { title: "MEMBERS", text: (row) => String(row.members), right: true },
        { title: "POSTS", text: (row) => String(row.posts), right: true },
        {
          title: "LAST POST",
          text: ({ address, last_post: at }) =>
            localTime(at === null ? undefined : Date.parse(at), zones.get(address) ?? config.timezone),
        },
      ],
    });
  },
};

function summaryRow(list: ListSummary) {
  const { name, domain, title, members, posts } = list;
  return {
    name,
    domain,
    address: listAddress(list),
    title,
    members,
    posts,
    last_post: isoTime(list.lastPostAt),
    created: isoTime(list.createdAt),
  };
}

const show: Command = {
  words: "list show",
  operands: ["NAME"],
  options: {},
  summary: "Prints a list's settings, its numbers of members by status, and who may post.",
  changes: false,
  run: async (call) => {
    const { store, config } = await call.open();
    const list = await findList(store, call.operand(0));
    const senders = (await store.senders.all(list.id)).flatMap((sender) => sender.addresses);
    const administrators = await administratorsOf(store, list);
    const row = {
      name: list.name,
      address: listAddress(list),
      ...settingsOf(list, list.timezone ?? config.timezone),
      members: await store.members.counts(list.id),
      senders,
      administrators,
      created: isoTime(list.createdAt),
    };
    const created = localTime(list.createdAt, list.timezone ?? config.timezone);
    return said(shown({ ...row, created }), row);
  },
};

async function administratorsOf(store: Store, list: MailingList): Promise<readonly string[]> {
  const accounts = await store.accounts.all();
  const administers = await Promise.all(accounts.map((account) => store.accounts.administers(account.id, list.id)));
  return accounts.filter((_, index) => administers[index] === true).map((account) => account.username);
}

function settingsOf(list: MailingList, timezone: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(listSettings).map(([key, setting]) => [key, setting.show(list, timezone)]));
}

function shown(row: Readonly<Record<string, Shown>>): string {
  const width = Math.max(...Object.keys(row).map((key) => key.length));
  return Object.entries(row)
    .map(([key, value]) => `${key.padEnd(width)}  ${shownValue(value)}`.trimEnd())
    .join("\n");
}

type Shown = string | null | readonly string[] | Readonly<Record<string, number>>;

function shownValue(value: Shown): string {
  if (typeof value === "string" || value === null) return cleanText(value ?? "");
  const parts = Object.entries(value).map(([key, one]) => (typeof one === "string" ? one : `${key} ${one}`));
  return parts.join(", ");
}

const set: Command = {
  words: "list set",
  operands: ["NAME", "KEY=VALUE…"],
  options: {},
  summary: `Changes settings: ${Object.keys(listSettings).join(", ")}. An empty language or timezone is the server's.`,
  changes: true,
  run: async (call) => {
    const [name = "", ...assignments] = call.operands;
    const { store, config } = await call.open();
    const list = await findList(store, name);
    const timezone = list.timezone ?? config.timezone;
    const { joining, ...changes } = readListSettings(assignments, timezone);
    const after = { ...list, ...changes, joining: { ...list.joining, ...joining } };
    await store.lists.update(list.id, { ...changes, ...(joining && { joining: after.joining }) });
    const settings = settingsOf(after, timezone);
    return said(`${listAddress(list)}: ${assignments.map((one) => one.trim()).join(", ")}`, {
      name: list.name,
      address: listAddress(list),
      ...settings,
    });
  },
};

const remove: Command = {
  words: "list delete",
  operands: ["NAME"],
  options: {},
  summary:
    "Deletes a list with its members, posts and their deliveries, also one deleted in the panel. There is no way back.",
  changes: true,
  run: async (call) => {
    const { store } = await call.open();
    const typed = call.operand(0);
    const list = (await findDeletedList(store, typed, call.now)) ?? (await findList(store, typed));
    // Hidden at once, however long the rest takes.
    await store.deletedLists.add(list.id, call.now);
    await store.lists.delete(list.id);
    return said(`${listAddress(list)} is deleted`, { name: list.name, address: listAddress(list), deleted: true });
  },
};

export const listCommands: readonly Command[] = [listCreateCommand, ls, show, set, remove];
