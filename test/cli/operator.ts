/** An operator at a terminal: runs commands in a folder of their own, on a real database, and keeps what they print. */
import { PassThrough, Readable } from "node:stream";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { runCommand } from "../../server/cli/run.ts";
import { checkConfig } from "../../server/config.ts";
import { type Store, openStore } from "../../server/store/store.ts";
import { laidOut } from "../support/laid-out.ts";
import { TestClock } from "../support/test-clock.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

export type Printed = { readonly status: number; readonly out: string; readonly err: string };

/** `answers`: of somebody at a terminal, who types one line after each question. */
export type Typed = {
  readonly answers?: readonly string[];
  readonly stdin?: string | Buffer;
  readonly terminal?: boolean;
  readonly cwd?: string;
};

const config = { hostname: "lists.example.org", timezone: "Asia/Tokyo", language: "en", outbound: { via: "outbox" } };

export class Operator {
  readonly clock = new TestClock();
  readonly #folder: TemporaryFolder;

  private constructor(folder: TemporaryFolder) {
    this.#folder = folder;
  }

  /** With a config.json in the folder, whose sections `changes` replaces, and a database without a row. */
  static async open(changes: object = {}): Promise<Operator> {
    const operator = await Operator.atFirst(changes);
    await mkdir(operator.path("data"));
    await laidOut(operator.path("data/kairan.db"));
    return operator;
  }

  /** Before there is a database. */
  static async atFirst(changes: object = {}): Promise<Operator> {
    const operator = new Operator(await temporaryFolder());
    await operator.writes("config.json", JSON.stringify({ ...config, ...changes }));
    return operator;
  }

  get folder(): string {
    return this.#folder.path;
  }

  path(name: string): string {
    return join(this.#folder.path, name);
  }

  async writes(name: string, content: string | Buffer): Promise<string> {
    await writeFile(this.path(name), content);
    return name;
  }

  async runs(
    args: readonly string[],
    { answers, stdin = "", terminal = answers !== undefined, cwd = this.folder }: Typed = {},
  ): Promise<Printed> {
    const said = { out: "", err: "" };
    const typist = new PassThrough();
    const lines = [...(answers ?? [])];
    const types = (): void => {
      const line = lines.shift();
      if (line === undefined) typist.end();
      else typist.write(`${line}\n`);
    };
    const source = answers === undefined ? Readable.from([Buffer.from(stdin)]) : typist;
    const input = Object.assign(source, { isTTY: terminal });
    const status = await runCommand(args, {
      stdin: input,
      out: (text) => void (said.out += text),
      err: (text) => {
        said.err += text;
        if (text.endsWith(": ")) setImmediate(types);
      },
      cwd,
      clock: this.clock,
    });
    return { status, ...said };
  }

  /** What a command prints that must succeed; words are split at blanks. */
  async does(line: string): Promise<string> {
    const printed = await this.runs(line.split(" "));
    expect(printed.status, printed.err).to.equal(0);
    return printed.out;
  }

  /** The rows of `--json`. */
  async rows(line: string): Promise<readonly Record<string, unknown>[]> {
    return JSON.parse(await this.does(`${line} --json`)) as Record<string, unknown>[];
  }

  /** The one line on standard error of a command that fails with this status. */
  async fails(args: string | readonly string[], status: 1 | 2): Promise<string> {
    const printed = await this.runs(typeof args === "string" ? args.split(" ") : args);
    expect(printed.status, printed.err).to.equal(status);
    expect(printed.out).to.equal("");
    expect(printed.err).to.match(/^kairan: [^\n]+\n$/);
    return printed.err.slice("kairan: ".length, -1);
  }

  /** The database beside the commands, as a running server has it open. */
  async store(): Promise<Store> {
    return openStore(checkConfig(config, { file: "test", folder: this.folder, trial: false }).database);
  }

  close(): Promise<void> {
    return this.#folder.remove();
  }
}
