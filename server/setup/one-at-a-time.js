/** Lets one process after the other work on the same folder, such as `npm start` and `npm test` in two terminals. Plain JavaScript for any Node from 18 on. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** No set-up takes longer; a file older than this was left by a process that was killed. */
const longestMs = 600_000;

/**
 * Does the work while the file is ours; waits for a living process that has it.
 * @param {string} file
 * @param {() => Promise<void>} work
 */
export async function oneAtATime(file, work) {
  while (!take(file)) await setTimeout(200);
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (fault) {
    if (codeOf(fault) !== "EEXIST") throw fault;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

/** @param {string} file */
function isAbandoned(file) {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (Date.now() - statSync(file).mtimeMs > longestMs) return true;
    // In containers a new process often has the number of the killed one.
    if (holder === process.pid) return true;
    process.kill(holder, 0);
    return false;
  } catch (fault) {
    return codeOf(fault) === "ESRCH";
  }
}

/** @param {unknown} fault */
function codeOf(fault) {
  return fault instanceof Error && "code" in fault ? fault.code : undefined;
}
