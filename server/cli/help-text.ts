/** What `kairan help` prints: all commands, a family of them, or one with its options. */
import { commonOptions } from "./command.ts";
import type { Command, OptionRule } from "./command.ts";

const width = 100;

/** `topic` holds the words of a command or of a family; empty: all. */
export function helpText(
  topic: string,
  { commands, version }: { readonly commands: readonly Command[]; readonly version: string },
): string {
  const command = commands.find((one) => one.words === topic);
  if (command !== undefined) return commandHelp(command);
  if (topic !== "")
    return `${usages(commands.filter((one) => one.words.startsWith(`${topic} `)))}\nkairan ${topic} … --help tells more of one.\n`;
  return overview(commands, version);
}

function overview(commands: readonly Command[], version: string): string {
  return [
    `Kairan ${version}, a mailing-list server.`,
    "",
    usages(commands),
    "LIST is a list's name, or NAME@DOMAIN. Every command takes:",
    ...optionLines(commonOptions),
    "",
    `kairan COMMAND --help tells more of one. Exit status: 0 done, 1 failed, 2 wrong use.`,
    "",
  ].join("\n");
}

function usages(commands: readonly Command[]): string {
  return commands.map((command) => `  ${wrap(usage(command), 8)}\n      ${wrap(command.summary, 6)}\n`).join("");
}

function commandHelp(command: Command): string {
  const options = optionLines({ ...command.options, ...commonOptions });
  return [`usage: ${wrap(usage(command), 8)}`, "", wrap(command.summary, 0), "", ...options, ""].join("\n");
}

function usage(command: Command): string {
  const options = Object.entries(command.options).map(([name, rule]) =>
    rule.needed === true ? optionUsage(name, rule) : `[${optionUsage(name, rule)}]${rule.multiple === true ? "…" : ""}`,
  );
  return ["kairan", command.words, ...command.operands, ...options].join(" ");
}

function optionUsage(name: string, rule: OptionRule): string {
  return rule.type === "boolean" ? `--${name}` : `--${name} ${rule.value ?? "TEXT"}`;
}

function optionLines(options: Readonly<Record<string, OptionRule>>): readonly string[] {
  const lines = Object.entries(options).map(([name, rule]) => ({
    usage: optionUsage(name, rule),
    says: `${rule.says}${rule.multiple === true ? " (may be given several times)" : ""}`,
  }));
  const widest = Math.max(...lines.map((line) => line.usage.length));
  return lines.map((line) => `  ${line.usage.padEnd(widest)}  ${line.says}`);
}

/** Breaks at blanks outside square brackets. */
function wrap(text: string, indent: number): string {
  const lines = [""];
  for (const word of text.match(/\[[^\]]*\]\S*|\S+/g) ?? []) {
    const line = lines.at(-1) ?? "";
    if (line.length + 1 + word.length + indent > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join(`\n${" ".repeat(indent)}`);
}
