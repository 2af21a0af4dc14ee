/** A password from standard input, when something is connected to it. */
import { leastPassword, passwordFault } from "../password.ts";
import { wrongUse } from "./command-error.ts";
import type { CommandIo } from "./command-io.ts";

/** Far above the longest password; ends the reading of whatever else was piped in. */
const mostOctets = 10_000;
const hintMs = 1500;

/** Undefined on a terminal and for empty input. Throws CommandError when it will not do as a password. */
export async function readPassword({ stdin, err }: CommandIo): Promise<string | undefined> {
  if (stdin.isTTY === true) return undefined;
  const hint = setTimeout(
    () => err("reading the password from standard input (from /dev/null: a sign-in link is made instead)\n"),
    hintMs,
  );
  try {
    const password = (await readAll(stdin)).replace(/\r?\n$/, "");
    if (password === "") return undefined;
    if (/[\r\n]/.test(password)) throw wrongUse("the password on standard input has several lines");
    if (passwordFault(password) === "short")
      throw wrongUse(`the password is too short: it needs ${leastPassword} characters`);
    if (passwordFault(password) === "long") throw wrongUse("the password is too long");
    return password;
  } finally {
    clearTimeout(hint);
  }
}

async function readAll(stdin: CommandIo["stdin"]): Promise<string> {
  const pieces: Buffer[] = [];
  let octets = 0;
  for await (const piece of stdin) {
    const bytes = Buffer.from(piece as Buffer | string);
    pieces.push(bytes);
    octets += bytes.length;
    if (octets > mostOctets) throw wrongUse("the password is too long");
  }
  return Buffer.concat(pieces).toString("utf8");
}
