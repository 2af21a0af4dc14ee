/** `kairan member …`: adding and showing members. */
import { roleOf } from "../lists/column-role.ts";
import { listAddress } from "../lists/mailing-list.ts";
import { memberStatuses } from "../lists/member.ts";
import type { Attributes, MemberStatus } from "../lists/member.ts";
import { displayAddress } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import { welcome } from "../requests/welcome.ts";
import type { Store } from "../store/store.ts";
import { listed, said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { wrongUse } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { splitAssignment } from "./list-settings.ts";
import { memberPages } from "../imports/member-pages.ts";
import { memberRow, memberRowsOf } from "./member-row.ts";
import { memberStatusCommands } from "./member-status-commands.ts";
import { readAddress } from "./read-address.ts";

const add: Command = {
  words: "member add",
  operands: ["LIST", "ADDRESS"],
  options: {
    name: { type: "string", value: "N", says: "the member's name" },
    welcome: { type: "boolean", says: "send a welcome mail that asks whether mail arrives" },
    set: { type: "string", value: "KEY=VALUE", multiple: true, says: "an attribute; an empty value takes it away" },
  },
  summary:
    "Makes somebody an active member at once, without any mail unless --welcome; of who is there already, it changes what is said.",
  changes: true,
  run: addMember,
};

async function addMember(call: Call): Promise<Answer> {
  const address = readAddress(call.operand(1));
  const attributes = readAttributes(call.texts("set"));
  const { store, config } = await call.open();
  const list = await findList(store, call.operand(0));
  const known = await store.members.findByAddress(list.id, address);
  const name = cleanText(call.text("name") ?? known?.name ?? "").trim();
  const counts = await store.members.save(
    list.id,
    [{ address, name, attributes: merge(known?.attributes ?? {}, attributes), status: "active" }],
    call.now,
  );
  const done =
    counts.added > 0 ? "is now a member of" : counts.changed > 0 ? "is changed as said on" : "was a member already of";
  const member = call.flag("welcome") ? await store.members.findByAddress(list.id, address) : undefined;
  if (member !== undefined) await welcome({ store, config, clock: call.io.clock }, list, [member.id]);
  return said(
    `${displayAddress(address)} ${done} ${listAddress(list)}`,
    ...(await memberRowsOf(store, list.id, address)),
  );
}

function readAttributes(assignments: readonly string[]): Attributes {
  const faults: string[] = [];
  const pairs = assignments.map((assignment) => {
    const [key, value] = splitAssignment(assignment);
    if (key === "" || value === undefined) faults.push(`"${assignment}" is not KEY=VALUE`);
    else if (roleOf(key) !== undefined) faults.push(`"${key}" cannot be an attribute's name`);
    return [cleanText(key), value ?? ""] as const;
  });
  if (faults.length > 0) throw wrongUse(faults.join("; "));
  return Object.fromEntries(pairs);
}

function merge(before: Attributes, said: Attributes): Attributes {
  return Object.fromEntries(Object.entries({ ...before, ...said }).filter(([, value]) => value !== ""));
}

const ls: Command = {
  words: "member ls",
  operands: ["LIST"],
  options: {
    status: { type: "string", value: "S", says: `only these: ${memberStatuses.join(", ")}` },
    search: { type: "string", value: "TEXT", says: "only who has this in address, name or attributes" },
  },
  summary: "Prints the members of a list.",
  changes: false,
  run: async (call) => {
    const status = readStatus(call.text("status"));
    const { store } = await call.open();
    const list = await findList(store, call.operand(0));
    const pages = memberRows(store, list.id, { search: call.text("search") ?? "", ...(status && { status }) });
    return listed({
      pages,
      none: "no members",
      columns: [
        { title: "ADDRESS", text: (row) => row.address },
        { title: "NAME", text: (row) => row.name, most: 30 },
        { title: "STATUS", text: (row) => row.status },
        {
          title: "ATTRIBUTES",
          text: (row) =>
            Object.entries(row.attributes)
              .map(([key, value]) => `${key}=${value}`)
              .join(" "),
          most: 60,
        },
      ],
    });
  },
};

function readStatus(typed: string | undefined): MemberStatus | undefined {
  const status = memberStatuses.find((one) => one === typed);
  if (typed !== undefined && status === undefined)
    throw wrongUse(`"${typed}" is no status; use one of ${memberStatuses.join(", ")}`);
  return status;
}

async function* memberRows(
  store: Store,
  listId: number,
  narrow: { readonly status?: MemberStatus; readonly search?: string },
) {
  for await (const page of memberPages(store, listId, narrow)) yield page.map(memberRow);
}

export const memberCommands: readonly Command[] = [add, ls, ...memberStatusCommands];
