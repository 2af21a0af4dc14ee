/** `kairan list create`. */
import { defaultSettings, listAddress } from "../lists/mailing-list.ts";
import { settingsLike } from "../lists/settings-like.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Store } from "../store/store.ts";
import { type Answer, said } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure, wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { readListName } from "./read-list-name.ts";
import { readListSettings } from "./list-settings.ts";
import { readAddress } from "./read-address.ts";

export const listCreateCommand: Command = {
  words: "list create",
  operands: ["NAME"],
  options: {
    title: { type: "string", value: "T", says: 'name that people read, such as "Parents of 3A"' },
    domain: { type: "string", value: "D", says: "one of the configuration's domains; the first unless said otherwise" },
    sender: { type: "string", value: "A", multiple: true, says: "address that may post" },
    like: { type: "string", value: "LIST", says: "copies the settings of this list" },
    admin: { type: "string", value: "USER", multiple: true, says: "account that administers the list" },
  },
  summary: "Makes a list and prints its address.",
  changes: true,
  run: createList,
};

async function createList(call: Call): Promise<Answer> {
  const name = readListName(call.operand(0));
  const senders = call.texts("sender").map(readAddress);
  const { title } = readListSettings([`title=${call.text("title") ?? name}`]);
  const { store, config } = await call.open();
  const domain = knownDomain(config.domains, call.text("domain"));
  const administrators = await findAccounts(store, call.texts("admin"));
  const like = call.text("like");
  const model = like === undefined ? undefined : await findList(store, like);
  const settings = model === undefined ? defaultSettings : settingsLike(model, name);
  const list = await store.lists.create({ ...settings, title: title ?? name, name, domain, createdAt: call.now });
  if (list === undefined) throw failure(await whyTaken(store, { name, domain, now: call.now }));
  for (const address of senders) await store.senders.add(list.id, { addresses: [address], name: "" }, call.now);
  for (const account of administrators) await store.accounts.addAdministrator(list.id, account.id);
  return said(listAddress(list), { name: list.name, address: listAddress(list), title: list.title });
}

async function whyTaken(
  store: Store,
  { name, domain, now }: { readonly name: string; readonly domain: string; readonly now: number },
): Promise<string> {
  const deleted = await store.deletedLists.findByAddress(name, domain, now);
  return deleted === undefined
    ? `${name}@${domain} is there already`
    : `${name}@${domain} was deleted in the panel and can be brought back there; kairan list delete ${name}@${domain} takes it away for good`;
}

function knownDomain(domains: readonly string[], typed: string | undefined): string {
  const domain = typed?.toLowerCase() ?? domains[0] ?? "";
  if (!domains.includes(domain))
    throw wrongUse(`${domain} is none of the configuration's domains (${domains.join(", ")})`);
  return domain;
}

async function findAccounts(store: Store, usernames: readonly string[]): Promise<readonly Account[]> {
  const found = await Promise.all(usernames.map((username) => store.accounts.findByUsername(username)));
  const missing = usernames.filter((_, index) => found[index] === undefined);
  if (missing.length > 0)
    throw failure(`there is no account ${missing.map((username) => `"${username}"`).join(", ")}; see kairan admin ls`);
  return found.filter((account) => account !== undefined);
}
