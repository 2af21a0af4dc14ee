/** `kairan admin …`: who may sign in to the panel, and one-time links for whoever has no password. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Account } from "../store/accounts/account-rows.ts";
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
import { readUsername } from "./read-username.ts";
import { linkUrl, mailSignInLink } from "../notices/sign-in-mail.ts";

/** 24 hours. */
const linkMs = 86_400_000;

const add: Command = {
  words: "admin add",
  operands: ["USERNAME"],
  options: {
    address: { type: "string", value: "A", needed: true, says: "the account's mail address" },
    owner: { type: "boolean", says: "may do everything, on every list" },
    list: { type: "string", value: "LIST", multiple: true, says: "a list that the account administers" },
    invite: { type: "boolean", says: "mail the link, good for seven days, to the address instead of printing it" },
  },
  summary:
    "Makes an account. The password is read from standard input; without one, a link is printed that signs in once within 24 hours. With --invite the link goes by mail.",
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
  const password = call.flag("invite") ? undefined : await readPassword(call.io);
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  const listIds = [...new Set(lists.map((list) => list.id))];
  const account = await store.accounts.add({ username, address, passwordHash, isOwner, listIds }, call.now);
  if (account === undefined) throw taken(username);
  const row = { username, owner: isOwner, lists: lists.map((list) => list.name) };
  if (password !== undefined) return said(`${username} can sign in at ${config.web.url}`, { ...row, link: null });
  return call.flag("invite") ? inviteAnswer(call, { account, list: lists[0] }, row) : linkAnswer(call, account, row);
}

async function inviteAnswer(
  call: Call,
  { account, list }: { readonly account: Account; readonly list: MailingList | undefined },
  row: object,
): Promise<Answer> {
  const { store, config } = await call.open();
  const link = await mailSignInLink({ store, config, clock: call.io.clock }, { account, list, kind: "invitation" });
  const isKept = config.outbound.via === "outbox";
  const text = `an invitation to ${account.address} is in the queue${isKept ? `, where it stays (outbound.via); its link: ${link}` : ""}`;
  return said(text, { ...row, invited: account.address, link: isKept ? link : null });
}

function taken(username: string): Error {
  return failure(
    `there is an account "${username}" already; kairan admin link ${username} makes a sign-in link for it`,
  );
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
  const url = linkUrl(config, await store.accounts.makeLink(account.id, expiresAt));
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
