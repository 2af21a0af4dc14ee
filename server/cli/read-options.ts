/** Reads a command's operands and options by its rules. */
import { parseArgs } from "node:util";
import type { OptionValue } from "./call.ts";
import { type Command, type OptionRule, commonOptions } from "./command.ts";
import { CommandError, wrongUse } from "./command-error.ts";
import { suggestion } from "./nearest.ts";

/** `-hanako@example.jp` is an address of a carrier's customer and no heap of options; a mark keeps it from parseArgs. */
const mark = "\0";

export function guardAddress(arg: string): string {
  return /^-[^-].*@/.test(arg) ? mark + arg : arg;
}

function withoutMark(text: string): string {
  return text.startsWith(mark) ? text.slice(mark.length) : text;
}

/** Everything after the command's words. Throws CommandError with status 2. */
export function readOptions(
  args: readonly string[],
  command: Command,
): { operands: readonly string[]; options: Readonly<Record<string, OptionValue>> } {
  const rules = { ...command.options, ...commonOptions };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: parseOptions(rules),
      strict: true,
      allowPositionals: true,
    });
    const operands = positionals.map(withoutMark);
    checkOperands(operands, command);
    checkNeeded(values, command);
    return {
      operands,
      options: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, withoutMarks(value)])),
    };
  } catch (error) {
    throw error instanceof CommandError ? error : optionFault(error, { command, rules });
  }
}

function withoutMarks(value: OptionValue): OptionValue {
  if (typeof value === "string") return withoutMark(value);
  if (typeof value !== "object") return value;
  return value.map((one) => (typeof one === "string" ? withoutMark(one) : one));
}

function checkOperands(operands: readonly string[], command: Command): void {
  const wanted = command.operands;
  const missing = wanted.slice(operands.length);
  if (missing.length > 0)
    throw wrongUse(
      `${command.words} needs ${missing.map((name) => name.replace("…", "")).join(" and ")}; see kairan ${command.words} --help`,
    );
  const extra = operands[wanted.length];
  if (extra !== undefined && wanted.at(-1)?.endsWith("…") !== true)
    throw wrongUse(`"${extra}" is too much for ${command.words}; see kairan ${command.words} --help`);
}

function checkNeeded(values: Readonly<Record<string, OptionValue>>, command: Command): void {
  const missing = Object.entries(command.options).find(
    ([name, rule]) => rule.needed === true && values[name] === undefined,
  );
  if (missing !== undefined)
    throw wrongUse(
      `${command.words} needs --${missing[0]} ${missing[1].value ?? "TEXT"}; see kairan ${command.words} --help`,
    );
}

function optionFault(
  error: unknown,
  { command, rules }: { readonly command: Command; readonly rules: Readonly<Record<string, OptionRule>> },
): unknown {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("ERR_PARSE_ARGS")) return error;
  const option = /'-?-([^'\s<=]+)/.exec(error.message)?.[1] ?? "";
  const see = `see kairan ${command.words} --help`;
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION")
    return wrongUse(`${command.words} has no option --${option}${optionSuggestion(option, rules)}; ${see}`);
  const rule = rules[option];
  if (rule?.type === "string")
    return wrongUse(
      `--${option} needs a value: --${option} ${rule.value ?? "TEXT"} (one that begins with a dash as --${option}=TEXT); ${see}`,
    );
  return wrongUse(
    rule === undefined ? `${error.message.replace(/\s+/g, " ")}; ${see}` : `--${option} takes no value; ${see}`,
  );
}

function optionSuggestion(option: string, rules: Readonly<Record<string, OptionRule>>): string {
  return suggestion(option, Object.keys(rules)).replace('"', '"--');
}

export function parseOptions(
  rules: Readonly<Record<string, OptionRule>>,
): Record<string, { type: "string" | "boolean"; multiple?: boolean }> {
  return Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, { type: rule.type, multiple: rule.multiple === true }]),
  );
}
