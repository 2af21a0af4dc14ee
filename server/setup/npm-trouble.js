/** Says in one sentence why npm could not install. Plain JavaScript for any Node from 18 on. */

/** What npm prints, and what a person can do about it; the first that fits. */
const troubles = [
  { sign: /^npm was stopped$/, sentence: "it was interrupted; the next attempt begins anew" },
  { sign: /ENOSPC|EDQUOT/, sentence: "the disk is full: about 600 MB are needed in this folder, then run this again" },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT|code E5\d\d/,
    sentence:
      "the package registry cannot be reached: check the network (and npm's proxy settings), then run this again",
  },
  {
    sign: /EACCES|EPERM|EROFS/,
    sentence: "this folder cannot be written to: it must belong to the user who runs this",
  },
  {
    sign: /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    sentence: "the package registry's certificate is not trusted: set npm's cafile to your network's certificate",
  },
  {
    sign: /EINTEGRITY/,
    sentence:
      "a downloaded package is not the one in package-lock.json: run `npm cache clean --force`, then this again",
  },
  {
    sign: /command not found|ENOENT.*\bnpm\b|spawn npm/,
    sentence: "npm is not on the path: install it together with Node",
  },
];

/**
 * @param {string} output what npm wrote to standard error
 * @returns {string} a sentence without its full stop
 */
export function npmTrouble(output) {
  const known = troubles.find(({ sign }) => sign.test(output));
  return known?.sentence ?? `npm says: ${firstWords(output)}`;
}

/** @param {string} output */
function firstWords(output) {
  const lines = output.split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim());
  return (
    lines
      .filter((line) => line !== "" && !line.startsWith("code "))
      .slice(0, 2)
      .join(" ") || "nothing"
  );
}
