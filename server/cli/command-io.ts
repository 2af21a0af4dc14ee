/** What a command has of the process around it, so that tests run commands without one. */
import { once } from "node:events";
import type { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import { systemClock } from "../clock.ts";

export type CommandIo = {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  /** The promise, if there is one, is that more can be written: a slow reader must not fill the memory. */
  readonly out: (text: string) => Promise<void> | undefined;
  readonly err: (text: string) => void;
  /** The folder that relative paths and the default config.json are looked up in. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Whether standard error is a terminal, on which a line of progress may overwrite itself. */
  readonly showsProgress?: boolean;
};

/** This process's own. A reader that goes away (`| head`) ends the command quietly, as other programs do. */
export function processIo(): CommandIo {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));
  return {
    stdin: process.stdin,
    out: (text) => (process.stdout.write(text) ? undefined : drained(process.stdout)),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    clock: systemClock,
    showsProgress: process.stderr.isTTY,
  };
}

async function drained(stream: NodeJS.WriteStream): Promise<void> {
  await once(stream, "drain");
}
