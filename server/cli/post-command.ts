/** `kairan post`: a message from a file goes to a list, vouched for by the operator. */
import { readFile } from "node:fs/promises";
import { listAddress } from "../lists/mailing-list.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { postFile } from "./post-file.ts";
import { unreadable } from "./unreadable.ts";

export const postCommand: Command = {
  words: "post",
  operands: ["LIST", "FILE.eml"],
  options: {},
  summary: "Sends a message from a file to a list. The author is the file's From, for whom you vouch.",
  changes: true,
  run: post,
};

async function post(call: Call): Promise<Answer> {
  const { store, config } = await call.open();
  const list = await findList(store, call.operand(0));
  const message = await readMessage(call.path(call.operand(1)), config.smtp.maxMessageBytes);
  const result = await postFile(store, { list, message, hostname: config.hostname, clock: call.io.clock });
  if (!result.ok) throw failure(`${call.operand(1)} cannot be posted: ${result.why}`);
  const { id, number, again } = result.post;
  const { active } = await store.members.counts(list.id);
  const text = again
    ? `this message is post ${id} (number ${number}) of ${listAddress(list)} already`
    : `post ${id} (number ${number}) goes to ${listAddress(list)}: ${active} active ${active === 1 ? "member" : "members"}`;
  return said(text, { id: String(id), number, list: list.name, again });
}

async function readMessage(file: string, maxOctets: number): Promise<Buffer> {
  const message = await readFile(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (message.length > maxOctets)
    throw failure(`${file} has ${message.length} octets; smtp.maxMessageBytes allows ${maxOctets}`);
  return message;
}
