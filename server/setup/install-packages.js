/** The one call of npm: makes node_modules what package-lock.json says. Plain JavaScript for any Node from 18 on. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, recordOf } from "./installed.js";
import { npmTrouble } from "./npm-trouble.js";

/**
 * Not `npm ci`: that takes no package besides the lock file's, and a second call for just one package resolves all anew. The
 * rest keeps a person's npm configuration from changing what is installed: exactly what the lock file names.
 */
const installCommand = [
  "install",
  "--no-save",
  "--package-lock",
  "--include=optional",
  "--engine-strict=false",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--loglevel=error",
];

/**
 * @typedef {object} Wish
 * @property {boolean} development whether the packages for development are wanted, too
 * @property {string} path on which npm and its Node are found
 * @property {readonly string[]} besides packages that the lock file does not name
 */

/**
 * @param {string} root the folder of package.json
 * @param {Wish} wish
 * @throws an error that says in half a sentence why it could not be done
 */
export async function installPackages(root, wish) {
  discardDoubtful(root);
  const { status, output } = await npm(root, wish);
  if (status !== 0) throw new Error(npmTrouble(output));
  if (!isInstalled(root, wish))
    throw new Error("package-lock.json does not fit package.json: run `npm install`, which mends it");
}

/**
 * @param {string} root
 * @param {Wish} wish
 * @returns {Promise<{ status: number | null, output: string }>} what npm wrote to standard error
 */
async function npm(root, { development, path, besides }) {
  const scope = development ? "--include=dev" : "--omit=dev";
  const child = spawn("npm", [...installCommand, scope, ...besides], {
    cwd: root,
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (/** @type {string} */ text) => (output += text));
  // Left alone, npm would go on for a while, and get in the way of the next attempt. What it leaves is discarded then.
  const stop = () => child.kill("SIGKILL");
  for (const signal of signals) process.on(signal, stop);
  const fault = await once(child, "close").then(() => "", String);
  for (const signal of signals) process.off(signal, stop);
  return { status: child.exitCode, output: child.killed ? "npm was stopped" : fault + output };
}

const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * A tree without npm's record was left by an interrupted installation: no part of it can be trusted. The record of a sound
 * tree goes before the tree is changed; the tree itself stays, and what runs from it runs on.
 * @param {string} root
 */
function discardDoubtful(root) {
  const record = recordOf(root);
  rmSync(existsSync(record) ? record : join(root, "node_modules"), { recursive: true, force: true, maxRetries: 3 });
}
