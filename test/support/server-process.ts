/** The real server as a process of its own, as an operator runs it: started, spoken to by its ready line, killed. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const entry = fileURLToPath(new URL("../../server/main.ts", import.meta.url));

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly smtp: { readonly host: string; readonly port: number };
  readonly webUrl: string;

  private constructor(child: ChildProcess, ready: RegExpExecArray) {
    this.#child = child;
    this.smtp = { host: ready[1] ?? "", port: Number(ready[2]) };
    this.webUrl = ready[3] ?? "";
  }

  /** Resolves at the ready line; rejects with what the server said when it ends before. */
  static async start(configFile: string): Promise<ServerProcess> {
    const child = spawn(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", entry, "serve", "--config", configFile],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const said = { out: "", err: "" };
    child.stderr.on("data", (text) => (said.err += String(text)));
    return new Promise((resolve, reject) => {
      child.stdout.on("data", (text) => {
        said.out += String(text);
        const ready = /^ready smtp=(\S+):(\d+) web=(\S+)$/m.exec(said.out);
        if (ready !== null) resolve(new ServerProcess(child, ready));
      });
      child.once("exit", (code) => reject(new Error(`the server ended with ${String(code)}: ${said.err}`)));
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** SIGKILL, as a power cut of the process would be. */
  async kill(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  /** SIGTERM; the exit status. */
  async stop(): Promise<number | null> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const [code] = (await gone) as [number | null];
    return code;
  }
}
