#!/usr/bin/env node
/**
 * The command `kairan`, as npx runs it: goes to the entry (main.ts) when Kairan is set up, on a Node that is fit for it; `init` sets it up first.
 * Plain JavaScript for any Node from 18 on, without packages.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { isFit } from "./fit-node.js";
import { isInstalled } from "./installed.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

// The first command that anybody types: it may take its own set-up along.
if (process.argv[2] === "init") await import("./set-up.js");

if (process.exitCode === 1) {
  // The set-up has said why.
} else if (!isInstalled(root, { development: false })) {
  console.error("Kairan is not set up here yet: run npm start first.");
  process.exitCode = 1;
} else if (isFit(process.versions.node)) {
  await import("../main.ts");
} else {
  runOn(join(root, "node_modules", ".bin", "node"));
}

/**
 * Runs the entry on another Node, as if it were this process: the same terminal, signals handed on, its exit status ours.
 * @param {string} node
 */
function runOn(node) {
  const entry = join(root, "server", "main.ts");
  const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.on("error", () => {
    console.error("Kairan is not set up here yet: run npm start first.");
    process.exitCode = 1;
  });
  child.on("exit", (status, signal) => {
    process.exitCode = status ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}
