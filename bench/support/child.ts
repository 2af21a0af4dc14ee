/** Programs under measurement run as processes of their own, so that each one's processor time and memory can be told apart. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** Linux reports processor time in these. */
const ticksPerSecond = 100;

export class Child {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    if (child.stdout === null) throw new Error("a child has no output");
    this.#lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  }

  /** Runs a TypeScript file, named relative to this folder's parent's parent. */
  static start(file: string, args: readonly string[] = []): Child {
    const path = fileURLToPath(new URL(`../../${file}`, import.meta.url));
    return new Child(
      spawn(process.execPath, ["--disable-warning=ExperimentalWarning", path, ...args], {
        stdio: ["pipe", "pipe", "ignore"],
      }),
    );
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    const next = await this.#lines.next();
    if (next.done === true) throw new Error(`the program ended: ${this.#child.spawnargs.join(" ")}`);
    return next.value;
  }

  async ask(question = ""): Promise<string> {
    this.#child.stdin?.write(`${question}\n`);
    return this.line();
  }

  /** Seconds of processor time so far, user and system. */
  cpuSeconds(): number {
    const fields =
      readFileSync(`/proc/${this.#child.pid ?? 0}/stat`, "utf8")
        .split(") ")[1]
        ?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }

  /** The most memory it ever held, in megabytes. */
  peakMegabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid ?? 0}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await gone;
  }
}
