/** `kairan sender …`: who may post to a list. Several addresses are one person's, so that two phones are one sender. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { Store } from "../store/store.ts";
import { listed, said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { readAddress } from "./read-address.ts";

const add: Command = {
  words: "sender add",
  operands: ["LIST", "ADDRESS…"],
  options: { name: { type: "string", value: "N", says: "the sender's name" } },
  summary: "Registers a sender; several addresses are one person's.",
  changes: true,
  run: addSender,
};

async function addSender(call: Call): Promise<Answer> {
  const [name = "", ...typed] = call.operands;
  const addresses = typed.map(readAddress);
  const { store } = await call.open();
  const list = await findList(store, name);
  const [first, ...more] = await onePerson(store, { list, addresses });
  if (first === undefined) throw failure("there is no address");
  const { taken } = await store.senders.add(
    list.id,
    { addresses: [first, ...more], name: cleanText(call.text("name") ?? "").trim() },
    call.now,
  );
  if (taken.length > 0)
    throw failure(`${taken.join(", ")} belongs to somebody else, who may not post yet; register them on their own`);
  return said(`${addresses.map(displayAddress).join(", ")} may post to ${listAddress(list)}`, {
    list: list.name,
    addresses: addresses.map(displayAddress),
  });
}

/** An address that is known goes first, for the others become that person's. Throws when they are several people's. */
async function onePerson(
  store: Store,
  { list, addresses }: { readonly list: MailingList; readonly addresses: readonly Address[] },
): Promise<readonly Address[]> {
  const known = await Promise.all(
    addresses.map(async (address) => ({ address, person: (await store.senders.standing(list.id, address))?.personId })),
  );
  const people = Map.groupBy(
    known.filter(({ person }) => person !== undefined),
    ({ person }) => person,
  );
  if (people.size > 1) {
    const groups = [...people.values()].map((same) => same.map(({ address }) => displayAddress(address)).join(", "));
    throw failure(
      `these are the addresses of several people (${groups.join("; ")}): register each with a command of their own`,
    );
  }
  return known
    .toSorted((one, other) => Number(one.person === undefined) - Number(other.person === undefined))
    .map(({ address }) => address);
}

const ls: Command = {
  words: "sender ls",
  operands: ["LIST"],
  options: {},
  summary: "Prints who may post to a list.",
  changes: false,
  run: async (call) => {
    const { store } = await call.open();
    const list = await findList(store, call.operand(0));
    const rows = (await store.senders.all(list.id)).map(({ name, addresses }) => ({ name, addresses }));
    return listed({
      pages: [rows],
      none: "no senders: nobody may post",
      columns: [
        { title: "NAME", text: (row) => row.name },
        { title: "ADDRESSES", text: (row) => row.addresses.join(", ") },
      ],
    });
  },
};

const remove: Command = {
  words: "sender remove",
  operands: ["LIST", "ADDRESS"],
  options: {},
  summary: "The person of this address may post no more, from none of their addresses.",
  changes: true,
  run: async (call) => {
    const address = readAddress(call.operand(1));
    const { store } = await call.open();
    const list = await findList(store, call.operand(0));
    if (!(await store.senders.remove(list.id, address)))
      throw failure(
        `${displayAddress(address)} is no sender of ${listAddress(list)}; see kairan sender ls ${list.name}`,
      );
    return said(`${displayAddress(address)} may post to ${listAddress(list)} no more`, {
      list: list.name,
      address: displayAddress(address),
      removed: true,
    });
  },
};

export const senderCommands: readonly Command[] = [add, ls, remove];
