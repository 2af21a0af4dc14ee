/** One call of a command: what was typed after its words, and the store, which opens when the command first asks for it. */
import { resolve } from "node:path";
import type { CommandIo } from "./command-io.ts";
import type { Config } from "../config.ts";
import { findConfig, openServerStore } from "./open-server-store.ts";
import type { ServerStore } from "./open-server-store.ts";

export type OptionValue = string | boolean | readonly (string | boolean)[] | undefined;

export class Call {
  readonly io: CommandIo;
  readonly operands: readonly string[];
  readonly #options: Readonly<Record<string, OptionValue>>;
  #opened: Promise<ServerStore> | undefined;

  constructor(
    io: CommandIo,
    {
      operands,
      options,
    }: { readonly operands: readonly string[]; readonly options: Readonly<Record<string, OptionValue>> },
  ) {
    this.io = io;
    this.operands = operands;
    this.#options = options;
  }

  /** An operand that the command's rule promises to be there. */
  operand(index: number): string {
    return this.operands[index] ?? "";
  }

  text(option: string): string | undefined {
    const value = this.#options[option];
    return typeof value === "string" ? value : undefined;
  }

  texts(option: string): readonly string[] {
    const value = this.#options[option];
    return Array.isArray(value) ? value.map(String) : [];
  }

  flag(option: string): boolean {
    return this.#options[option] === true;
  }

  /** An operand or option that names a file. */
  path(file: string): string {
    return resolve(this.io.cwd, file);
  }

  get now(): number {
    return this.io.clock.now();
  }

  /** For commands that work on the database as it stands. Throws when there is no fit one. */
  config(): Config {
    return findConfig(this.text("config"), this.io.cwd);
  }

  /** Throws when there is no fit configuration, or the database cannot be reached. */
  open(): Promise<ServerStore> {
    this.#opened ??= openServerStore(this.config(), (file) =>
      this.io.err(
        `kairan: the database is brought to this version's layout; as it was before, it is kept as ${file}\n`,
      ),
    );
    return this.#opened;
  }

  /** Undefined when the command never opened it, or could not. */
  async opened(): Promise<ServerStore | undefined> {
    return this.#opened?.catch(() => undefined);
  }
}
