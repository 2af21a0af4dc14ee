/** What a command of the operator's command line is: its words, what it takes, and the verb behind it. */
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";

export type OptionRule = {
  readonly type: "string" | "boolean";
  /** Whether it may be given several times. */
  readonly multiple?: true;
  /** Whether the command cannot do without it. */
  readonly needed?: true;
  /** How help names its value. */
  readonly value?: string;
  readonly says: string;
};

export type Command = {
  /** `list create`. */
  readonly words: string;
  /** What follows the words, in order; one that ends in `…` may be repeated. */
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, OptionRule>>;
  readonly summary: string;
  /** Whether a running server must be told. */
  readonly changes: boolean;
  readonly run: (call: Call) => Promise<Answer>;
};

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionRule>> = {
  config: {
    type: "string",
    value: "FILE",
    says: "configuration to use; without it config.json, and without that the trial mode's",
  },
  json: { type: "boolean", says: "print one JSON array of objects" },
  help: { type: "boolean", says: "print how the command is used" },
};
