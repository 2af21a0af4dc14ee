/** `kairan serve` as help shows it; the entry point starts the server itself, since that is no command that ends. */
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";

export const serveCommand: Command = {
  words: "serve",
  operands: [],
  options: {},
  summary:
    "Runs the server until SIGTERM or SIGINT. Without a configuration: trial mode, from which no mail leaves this machine.",
  changes: false,
  run: () => Promise.reject(failure("serve runs from the entry point only")),
};
