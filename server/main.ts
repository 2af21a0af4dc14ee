/** The entry: `serve` starts the app and stops it on a signal; every other command is the command line's. */
import { runCommand } from "./cli/run.ts";
import { systemClock } from "./clock.ts";
import { serve } from "./serve.ts";

const [command, ...rest] = process.argv.slice(2);

process.exitCode =
  command === "serve"
    ? await serve(rest, process.cwd())
    : await runCommand(process.argv.slice(2), {
        stdin: process.stdin,
        out: (text) => void process.stdout.write(text),
        err: (text) => void process.stderr.write(text),
        cwd: process.cwd(),
        clock: systemClock,
      });
