/** Questions on a terminal, one line each, on standard error, so that standard output has nothing but the answer of the command. */
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { failure } from "./command-error.ts";
import type { CommandIo } from "./command-io.ts";

/** SGR 8: what is typed then is not seen. The terminal itself echoes, so that nothing needs to be switched back after a kill. */
const conceal = "\u001b[8m";
const reveal = "\u001b[0m";

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

  constructor(io: CommandIo) {
    this.#io = io;
    this.#reader = createInterface({ input: io.stdin, terminal: false });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  /** The first answer that will do. Throws CommandError at the end of the input. */
  async ask({ text, proposal, hidden = false, fault }: Question): Promise<string> {
    for (;;) {
      this.#io.err(`${text}${proposal === "" ? "" : ` [${proposal}]`}: ${hidden ? conceal : ""}`);
      const line = await this.#lines.next();
      if (hidden) this.#io.err(reveal);
      if (line.done === true) {
        this.#io.err("\n");
        throw failure("the questions were not answered to the end; nothing was written");
      }
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

  close(): void {
    this.#reader.close();
  }
}
