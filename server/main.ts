/** The entry: `serve` starts the app and stops it on a signal; every other command is the command line's. */
import { processIo } from "./cli/command-io.ts";
import { runCommand } from "./cli/run.ts";

const args = process.argv.slice(2);
const serves = args[0] === "serve" && !args.includes("--help");

// Loaded only where it is needed: the whole server takes longer to load than most commands take to run. What clients hold open
// keeps no stopped server alive; a command ends by itself, once all that it printed is read.
if (serves) process.exit(await (await import("./serve.ts")).serve(args.slice(1), process.cwd()));
// A database that a command makes is for this account's eyes alone, as the server's.
process.umask(0o077);
process.exitCode = await runCommand(args, processIo());
