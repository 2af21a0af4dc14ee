/** Questions on a terminal, one line each, on standard error, so that standard output has nothing but the answer of the command. */
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { Writable } from "node:stream";
import { failure } from "./command-error.ts";
import type { CommandIo } from "./command-io.ts";

export type Question = {
  readonly text: string;
  /** Taken when nothing is typed. */
  readonly proposal: string;
  readonly hidden?: boolean;
  /** What is wrong with the answer; it is then asked again. */
  readonly fault: (answer: string) => string | undefined;
};

export class Questions {
  readonly #io: CommandIo;
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;
  #isHidden = false;
  /** What was typed before the end of the input is still to be read. */
  #isOver = false;

  constructor(io: CommandIo) {
    this.#io = io;
    // As a terminal: what is typed is shown by us and not by the terminal itself, so that a password can be left out.
    const output = new Writable({
      write: (text, _, done) => {
        if (!this.#isHidden) io.err(String(text));
        done();
      },
    });
    this.#reader = createInterface({ input: io.stdin, output, terminal: true, historySize: 0 });
    this.#reader.on("SIGINT", () => this.#reader.close());
    this.#reader.on("close", () => (this.#isOver = true));
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The first answer that will do. Throws CommandError at the end of the input, and when Ctrl-C is typed. */
  async ask({ text, proposal, hidden = false, fault }: Question): Promise<string> {
    for (;;) {
      this.#show(`${text}${proposal === "" ? "" : ` [${proposal}]`}: `);
      this.#isHidden = hidden;
      const line = await this.#lines.next();
      this.#isHidden = false;
      if (hidden || line.done === true) this.#io.err("\n");
      if (line.done === true) throw failure("the questions were not answered to the end; nothing was written");
      const answer = line.value.trim() === "" ? proposal : line.value.trim();
      const wrong = fault(answer);
      if (wrong === undefined) return answer;
      this.#io.err(`  ${wrong}\n`);
    }
  }

  async isAgreed(text: string): Promise<boolean> {
    const answer = await this.ask({
      text,
      proposal: "yes",
      fault: (said) => (/^(y(es)?|n(o)?)$/i.test(said) ? undefined : "answer yes or no"),
    });
    return /^y/i.test(answer);
  }

  #show(prompt: string): void {
    if (this.#isOver) return this.#io.err(prompt);
    this.#reader.setPrompt(prompt);
    this.#reader.prompt();
  }

  close(): void {
    this.#reader.close();
  }
}
