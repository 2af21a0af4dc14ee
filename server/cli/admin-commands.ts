/** `kairan admin …`: who may sign in to the panel, and one-time links for whoever has no password. */
import type { Account } from "../store/account-rows.ts";
import type { Store } from "../store/store.ts";
import { hashPassword } from "../password.ts";
import { listed, said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure, wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { isoTime } from "../words/zone-time.ts";
import { suggestion } from "./nearest.ts";
import { readAddress } from "./read-address.ts";
import { readPassword } from "./read-password.ts";

/** 24 hours. */
const linkMs = 86_400_000;

const add: Command = {
  words: "admin add",
  operands: ["USERNAME"],
  options: {
    address: { type: "string", value: "A", needed: true, says: "the account's mail address" },
    owner: { type: "boolean", says: "may do everything, on every list" },
    list: { type: "string", value: "LIST", multiple: true, says: "a list that the account administers" },
  },
  summary:
    "Makes an account. The password is read from standard input; without one, a link is printed that signs in once within 24 hours.",
  changes: true,
  run: addAccount,
};

async function addAccount(call: Call): Promise<Answer> {
  const username = readUsername(call.operand(0));
  const address = readAddress(call.text("address") ?? "");
  const isOwner = call.flag("owner");
  if (isOwner && call.texts("list").length > 0)
    throw wrongUse("an owner administers every list: give --owner or --list, not both");
  const { store, config } = await call.open();
  const lists = await Promise.all(call.texts("list").map((name) => findList(store, name)));
  if ((await store.accounts.findByUsername(username)) !== undefined) throw taken(username);
  const password = await readPassword(call.io);
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const listIds = [...new Set(lists.map((list) => list.id))];
  const account = await store.accounts.add({ username, address, passwordHash, isOwner, listIds }, call.now);
  if (account === undefined) throw taken(username);
  const row = { username, owner: isOwner, lists: lists.map((list) => list.name) };
  if (password !== undefined) return said(`${username} can sign in at ${config.web.url}`, { ...row, link: null });
  return linkAnswer(call, account, row);
}

function taken(username: string): Error {
  return failure(
    `there is an account "${username}" already; kairan admin link ${username} makes a sign-in link for it`,
  );
}

/** Anything that is typed easily and cannot be mistaken for an option, a list of words or another account. */
function readUsername(typed: string): string {
  if (!/^[a-z0-9][a-z0-9._@-]{0,63}$/i.test(typed))
    throw wrongUse(`"${typed}" cannot be a user name: use 1 to 64 letters, digits, dots, hyphens and underscores`);
  return typed;
}

const link: Command = {
  words: "admin link",
  operands: ["USERNAME"],
  options: {},
  summary: "Prints a link that signs in once within 24 hours.",
  changes: true,
  run: async (call) => {
    const { store } = await call.open();
    const account = await findAccount(store, call.operand(0));
    return linkAnswer(call, account, { username: account.username });
  },
};

async function linkAnswer(call: Call, account: Account, row: object): Promise<Answer> {
  const { store, config } = await call.open();
  const expiresAt = call.now + linkMs;
  const url = `${config.web.url}/sign-in/link/${await store.accounts.makeLink(account.id, expiresAt)}`;
  return said(url, { ...row, link: url, expires: isoTime(expiresAt) });
}

async function findAccount(store: Store, username: string): Promise<Account> {
  const account = await store.accounts.findByUsername(username);
  if (account !== undefined) return account;
  const names = (await store.accounts.all()).map((one) => one.username);
  throw failure(`there is no account "${username}"${suggestion(username, names)}; see kairan admin ls`);
}

const ls: Command = {
  words: "admin ls",
  operands: [],
  options: {},
  summary: "Prints all accounts.",
  changes: false,
  run: async (call) => {
    const { store } = await call.open();
    const rows = (await store.accounts.all()).map(({ username, isOwner, lists, addresses, passwordHash }) => ({
      username,
      owner: isOwner,
      lists,
      addresses,
      password: passwordHash !== undefined,
    }));
    return listed({
      pages: [rows],
      none: "no accounts yet; kairan admin add USERNAME --address A --owner makes the first",
      columns: [
        { title: "USERNAME", text: (row) => row.username },
        { title: "ADMINISTERS", text: (row) => (row.owner ? "everything (owner)" : row.lists.join(", ")) },
        { title: "ADDRESSES", text: (row) => row.addresses.join(", ") },
        { title: "PASSWORD", text: (row) => (row.password ? "yes" : "no") },
      ],
    });
  },
};

const remove: Command = {
  words: "admin remove",
  operands: ["USERNAME"],
  options: {},
  summary: "Deletes an account; its sessions and links end at once.",
  changes: true,
  run: async (call) => {
    const { store } = await call.open();
    const account = await findAccount(store, call.operand(0));
    await store.accounts.remove(account.id);
    return said(`${account.username} can sign in no more`, { username: account.username, removed: true });
  },
};

export const adminCommands: readonly Command[] = [add, link, ls, remove];
