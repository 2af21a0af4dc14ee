/** `kairan version`. */
import { readFileSync } from "node:fs";
import { said } from "./answer.ts";
import type { Command } from "./command.ts";

/** Of package.json. */
export function version(): string {
  const file = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  return file.version;
}

export const versionCommand: Command = {
  words: "version",
  operands: [],
  options: {},
  summary: "Prints the version of Kairan and of Node.",
  changes: false,
  run: () => {
    const node = process.versions.node;
    return Promise.resolve(said(`kairan ${version()} (node ${node})`, { version: version(), node }));
  },
};
