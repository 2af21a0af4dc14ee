/**
 * What `npm start`, `npm test` and their like begin with: installs what package-lock.json names, and a Node where this
 * machine's is too old, into node_modules and nowhere else. Writes nothing when all is there.
 * Plain JavaScript for any Node from 18 on, without packages. With the argument `development`, the packages for it, too.
 */
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isFit, nodePackage, nodeVersionOn, pathOutside } from "./fit-node.js";
import { installPackages } from "./install-packages.js";
import { isInstalled } from "./installed.js";
import { oneAtATime } from "./one-at-a-time.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const programs = join(root, "node_modules", ".bin");
const development = process.argv.includes("development");

try {
  if (!isComplete()) await oneAtATime(join(root, ".setting-up"), async () => (isComplete() ? undefined : setUp()));
} catch (fault) {
  console.error(`Kairan cannot be set up: ${fault instanceof Error ? fault.message : String(fault)}.`);
  process.exitCode = 1;
}

/** npm puts node_modules/.bin first on the path, so a Node there is the one that comes next. */
function isComplete() {
  const hasNode = isFit(process.versions.node) || existsSync(join(programs, "node"));
  return hasNode && isInstalled(root, { development });
}

async function setUp() {
  const began = Date.now();
  // The Node inside node_modules may be running this; npm has to run on one that it does not replace.
  const path = pathOutside(
    [process.env["PATH"], dirname(process.env["npm_node_execpath"] ?? "")].join(delimiter),
    root,
  );
  const version = nodeVersionOn(path);
  const needsNode = version === undefined || !isFit(version);
  const node = needsNode ? ` and Node 24 (this machine has ${version ?? "none"})` : "";
  console.error(`Setting up Kairan, once: its packages${node} go into node_modules, in about 20 seconds …`);
  await installPackages(root, {
    development,
    path,
    besides: needsNode ? [nodePackage(process.platform, process.arch)] : [],
  });
  if (needsNode && nodeVersionOn(programs) === undefined) {
    throw new Error(
      "npm has no Node that runs on this machine: install Node 24 from https://nodejs.org, then run this again",
    );
  }
  console.error(`Kairan is set up (${String(Math.round((Date.now() - began) / 1000))} s).`);
}
