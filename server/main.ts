/** The entry: `serve` starts the app and stops it on a signal; every other command is the command line's. */
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

const args = process.argv.slice(2);
const serves = args[0] === "serve" && !args.includes("--help");

// Reading and compiling the sources is most of what a command takes: 1.3 s of processor time, 0.7 s with what the last one left. Beside the
// packages, so that it goes with them, and not in the system's temporary folder, where others could leave something for us to run.
// Where this account may not write there, commands start as slowly as the first.
enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url)));

if (serves) {
  const { serve } = await import("./serve.ts");
  // What clients hold open keeps no stopped server alive.
  process.exit(await serve(args.slice(1), process.cwd()));
}
// Loaded only where it is needed: the whole server takes longer to load than most commands take to run. A command ends by itself, once all
// that it printed is read.
const [{ processIo }, { runCommand }] = await Promise.all([import("./cli/command-io.ts"), import("./cli/run.ts")]);
// A database that a command makes is for this account's eyes alone, as the server's.
process.umask(0o077);
process.exitCode = await runCommand(args, processIo());
