/** `kairan member remove | pause | resume`: who receives, from the next claim of copies on. */
import { listAddress } from "../lists/mailing-list.ts";
import type { MemberStatus } from "../lists/member.ts";
import { displayAddress } from "../mail/address.ts";
import { type Answer, said } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { memberRowsOf } from "./member-row.ts";
import { readAddress } from "./read-address.ts";

type Change = { readonly status: MemberStatus; readonly from: readonly MemberStatus[]; readonly done: string };

const changes = {
  remove: { status: "left", from: ["waiting", "active", "paused", "bounced"], done: "is no member any more of" },
  pause: { status: "paused", from: ["active", "bounced"], done: "gets nothing until resumed from" },
  resume: { status: "active", from: ["paused", "bounced"], done: "gets mail again from" },
} as const satisfies Readonly<Record<string, Change>>;

function statusCommand(verb: keyof typeof changes, summary: string): Command {
  return {
    words: `member ${verb}`,
    operands: ["LIST", "ADDRESS"],
    options: {},
    summary,
    changes: true,
    run: (call) => changeStatus(call, verb),
  };
}

async function changeStatus(call: Call, verb: keyof typeof changes): Promise<Answer> {
  const change: Change = changes[verb];
  const address = readAddress(call.operand(1));
  const { store } = await call.open();
  const list = await findList(store, call.operand(0));
  const member = await store.members.findByAddress(list.id, address);
  if (member === undefined) throw failure(`${displayAddress(address)} is no member of ${listAddress(list)}`);
  const isDone = member.status === change.status;
  if (!isDone && !change.from.includes(member.status))
    throw failure(
      `${member.address} cannot be ${verb}d: the status is ${member.status} (member add makes an active member)`,
    );
  await store.members.setStatus(member.id, change.status, call.now);
  return said(
    `${member.address} ${isDone ? `was ${change.status} already on` : change.done} ${listAddress(list)}`,
    ...(await memberRowsOf(store, list.id, address)),
  );
}

export const memberStatusCommands: readonly Command[] = [
  statusCommand("remove", "Takes a member off the list; what has not left yet goes no more."),
  statusCommand("pause", "The member gets nothing until resumed."),
  statusCommand("resume", "A paused or bounced member gets mail again."),
];
