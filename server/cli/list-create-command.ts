/** `kairan list create`. */
import { listNameFault } from "../lists/list-address.ts";
import { defaultSettings, listAddress } from "../lists/mailing-list.ts";
import type { Account } from "../store/accounts.ts";
import type { Store } from "../store/store.ts";
import { type Answer, said } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure, wrongUse } from "./command-error.ts";
import { readListSettings } from "./list-settings.ts";
import { readAddress } from "./read-address.ts";

const nameFaults = {
  "list-name-shape": "use 1 to 30 of a-z, 0-9, dot, hyphen and underscore, with no dot at an end or beside another",
  "list-name-reserved":
    "the server itself needs postmaster, abuse, and names that end in -subscribe, -join, -unsubscribe, -leave, -request, -owner, -bounces or -confirm",
} as const;

export const listCreateCommand: Command = {
  words: "list create",
  operands: ["NAME"],
  options: {
    title: { type: "string", value: "T", says: 'name that people read, such as "Parents of 3A"' },
    domain: { type: "string", value: "D", says: "one of the configuration's domains; the first unless said otherwise" },
    sender: { type: "string", value: "A", multiple: true, says: "address that may post" },
    admin: { type: "string", value: "USER", multiple: true, says: "account that administers the list" },
  },
  summary: "Makes a list and prints its address.",
  changes: true,
  run: createList,
};

async function createList(call: Call): Promise<Answer> {
  const name = call.operand(0);
  const fault = listNameFault(name);
  if (fault !== undefined) throw wrongUse(`"${name}" cannot be a list's name: ${nameFaults[fault]}`);
  const senders = call.texts("sender").map(readAddress);
  const { title } = readListSettings([`title=${call.text("title") ?? name}`]);
  const { store, config } = await call.open();
  const domain = knownDomain(config.domains, call.text("domain"));
  const administrators = await findAccounts(store, call.texts("admin"));
  const list = await store.lists.create({
    ...defaultSettings,
    title: title ?? name,
    name,
    domain,
    createdAt: call.now,
  });
  if (list === undefined) throw failure(`${name}@${domain} is there already`);
  for (const address of senders) await store.senders.add(list.id, { addresses: [address], name: "" }, call.now);
  for (const account of administrators) await store.accounts.addAdministrator(list.id, account.id);
  return said(listAddress(list), { name: list.name, address: listAddress(list), title: list.title });
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
