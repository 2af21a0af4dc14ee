/** The operator's command line: reads it, runs the verb, prints the answer, and turns whatever went wrong into one line and a status. */
import { ConfigError } from "../config.ts";
import { announceChange } from "../store/database/change-feed.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { Answer } from "./answer.ts";
import { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { CommandError } from "./command-error.ts";
import type { CommandIo } from "./command-io.ts";
import { commands } from "./command-table.ts";
import { helpText } from "./help-text.ts";
import { readCommandLine } from "./read-command-line.ts";
import { version } from "./version-command.ts";

/** Everything but `serve`. Gives the exit status: 0 done, 1 failed, 2 wrong use. */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    const line = readCommandLine(args, commands);
    if (line.kind === "help") await io.out(helpText(line.topic, { commands, version: version() }));
    else await execute(line.command, new Call(io, line));
    return 0;
  } catch (error) {
    io.err(`kairan: ${cleanText(messageOf(error))}\n`);
    return exitStatus(error);
  }
}

async function execute(command: Command, call: Call): Promise<void> {
  try {
    const answer: Answer = await command.run(call);
    await answer({ json: call.flag("json"), out: call.io.out });
  } finally {
    const opened = await call.opened();
    // After a failure too: part of a change may have been made.
    if (opened !== undefined && command.changes) await announceChange(opened.store.database);
    await opened?.store.close();
  }
}

/** A faulty configuration is wrong use, for `serve` too. */
function exitStatus(error: unknown): 1 | 2 {
  if (error instanceof CommandError) return error.exitStatus;
  return error instanceof ConfigError ? 2 : 1;
}

function messageOf(error: unknown): string {
  // Node joins the failures of several addresses of a host, and leaves the message empty.
  if (error instanceof AggregateError && error.message === "") return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
