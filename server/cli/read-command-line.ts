/** Finds which command was typed and with what; everything mistyped is said in one line, with the nearest right word. */
import { parseArgs } from "node:util";
import type { OptionValue } from "./call.ts";
import { commonOptions } from "./command.ts";
import type { Command } from "./command.ts";
import { type CommandError, wrongUse } from "./command-error.ts";
import { suggestion } from "./nearest.ts";
import { guardAddress, parseOptions, readOptions } from "./read-options.ts";

export type CommandLine =
  | { readonly kind: "help"; readonly topic: string }
  | {
      readonly kind: "run";
      readonly command: Command;
      readonly operands: readonly string[];
      readonly options: Readonly<Record<string, OptionValue>>;
    };

/** Throws CommandError with status 2. */
export function readCommandLine(typed: readonly string[], commands: readonly Command[]): CommandLine {
  const args = typed.map(guardAddress);
  const words = leadingWords(args);
  const [first, second] = words.map((word) => word.value);
  const wantsHelp = args.slice(0, endOfOptions(args)).some((arg) => arg === "--help" || arg === "-h");
  if (first === undefined) return withoutCommand(args, wantsHelp);
  if (first === "help")
    return {
      kind: "help",
      topic: helpTopic(
        words.slice(1).map((word) => word.value),
        commands,
      ),
    };
  const command =
    commands.find((one) => one.words === `${first} ${second}`) ?? commands.find((one) => one.words === first);
  if (command === undefined && wantsHelp) return { kind: "help", topic: helpTopic([first], commands) };
  if (command === undefined) throw unknownCommand(first, second, commands);
  if (wantsHelp) return { kind: "help", topic: command.words };
  const taken = words.slice(0, command.words.split(" ").length).map((word) => word.index);
  return {
    kind: "run",
    command,
    ...readOptions(
      args.filter((_, index) => !taken.includes(index)),
      command,
    ),
  };
}

function endOfOptions(args: readonly string[]): number {
  const end = args.indexOf("--");
  return end < 0 ? args.length : end;
}

/** What stands free of options, so that `kairan --config FILE list ls` finds its command too. */
function leadingWords(args: readonly string[]): readonly { readonly value: string; readonly index: number }[] {
  const { tokens } = parseArgs({
    args: [...args],
    options: parseOptions(commonOptions),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens.flatMap((token) => (token.kind === "positional" ? [{ value: token.value, index: token.index }] : []));
}

function withoutCommand(args: readonly string[], wantsHelp: boolean): CommandLine {
  const odd = wantsHelp ? undefined : args.find((arg) => arg.startsWith("-"));
  if (odd !== undefined) throw wrongUse(`${odd} needs a command; see kairan help`);
  return { kind: "help", topic: "" };
}

/** The words of a command or a family of commands; `` for all. */
function helpTopic(words: readonly string[], commands: readonly Command[]): string {
  const topic = words.join(" ");
  const [first = "", second] = words;
  if (topic === "" || commands.some((one) => one.words === topic || one.words.startsWith(`${topic} `))) return topic;
  throw unknownCommand(first, second, commands);
}

function unknownCommand(first: string, second: string | undefined, commands: readonly Command[]): CommandError {
  const verbs = commands
    .filter((one) => one.words.startsWith(`${first} `))
    .map((one) => one.words.slice(first.length + 1));
  if (verbs.length > 0 && second === undefined)
    return wrongUse(`"${first}" needs one of ${verbs.join(", ")}; see kairan ${first} --help`);
  if (verbs.length > 0)
    return wrongUse(
      `there is no command "${first} ${second}"${suggestion(second ?? "", verbs)}; see kairan ${first} --help`,
    );
  const families = [...new Set(commands.map((one) => one.words.split(" ")[0] ?? ""))];
  return wrongUse(`there is no command "${first}"${suggestion(first, families)}; see kairan help`);
}
