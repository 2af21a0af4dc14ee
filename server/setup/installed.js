/** Whether node_modules holds what package-lock.json names. Plain JavaScript for any Node from 18 on. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A package as the lock file has it.
 * @typedef {object} Package
 * @property {string} [version]
 * @property {boolean} [dev] needed for development only
 * @property {boolean} [devOptional]
 * @property {boolean} [optional] may be absent: most of these are for other platforms
 * @property {readonly string[]} [os]
 * @property {readonly string[]} [cpu]
 */

/**
 * npm writes this file as the last act of an installation, so after an interrupted one it is missing. What it says is not
 * asked: `npm install --package-lock-only` writes it, too.
 * @param {string} root the folder of package.json
 */
export function recordOf(root) {
  return join(root, "node_modules", ".package-lock.json");
}

/**
 * @param {string} root the folder of package.json
 * @param {{ readonly development: boolean }} scope whether the packages for development count, too
 * @returns {boolean}
 */
export function isInstalled(root, { development }) {
  if (!existsSync(recordOf(root))) return false;
  /** @type {{ packages: Readonly<Record<string, Package>> }} */
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages).every(([folder, locked]) => {
    if (folder === "") return true;
    const version = versionIn(join(root, folder));
    if (locked.optional) return version === undefined || isForHere(locked);
    const isForDevelopment = locked.dev === true || locked.devOptional === true;
    return version === locked.version || (isForDevelopment && !development);
  });
}

/**
 * @param {string} folder of a package
 * @returns {string | undefined} undefined when there is none
 */
function versionIn(folder) {
  try {
    /** @type {{ version: string }} */
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return version;
  } catch {
    return undefined;
  }
}

/**
 * A node_modules that was copied, or mounted into a container, may hold another platform's programs.
 * @param {Package} locked
 */
function isForHere({ os, cpu }) {
  return (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
}
