/** A checkout with the real set-up, one dependency, and an npm and a server that only tell what they were asked. */
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** "Installs" the dependency, and a Node where one is asked for; $NPM_FAILS makes it fail with those words. */
const npm = `#!/usr/bin/env node
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
appendFileSync("npm.log", process.argv.slice(2).join(" ") + "\\n");
mkdirSync("node_modules/left-pad", { recursive: true });
if (process.env.NPM_FAILS) {
  console.error(process.env.NPM_FAILS);
  process.exit(1);
}
writeFileSync("node_modules/left-pad/package.json", '{"version":"1.3.0"}');
if (process.argv.at(-1).startsWith("node-")) {
  mkdirSync("node_modules/.bin", { recursive: true });
  symlinkSync(process.execPath, "node_modules/.bin/node");
}
writeFileSync("node_modules/.package-lock.json", "{}");
`;

export class SmallCheckout {
  readonly root: string;
  /** Programs that come first on the path. */
  readonly #programs: string;

  constructor(root: string) {
    this.root = root;
    this.#programs = join(root, "programs");
    cpSync(fileURLToPath(new URL("../../server/setup", import.meta.url)), this.path("server/setup"), {
      recursive: true,
    });
    this.write("server/main.ts", "console.log(process.argv.slice(2).join(' ')); process.exitCode = 3;");
    this.write("package.json", '{"type":"module"}');
    const packages = { "": {}, "node_modules/left-pad": { version: "1.3.0" } };
    this.write("package-lock.json", JSON.stringify({ packages }));
    this.program("npm", npm);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  program(name: string, text: string): void {
    this.write(`programs/${name}`, text);
    spawnSync("chmod", ["+x", join(this.#programs, name)]);
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  /** Runs one of the set-up's files with this process's own Node. */
  run(
    file: "set-up.js" | "kairan.js",
    words: readonly string[] = [],
    environment: NodeJS.ProcessEnv = {},
  ): SpawnSyncReturns<string> {
    const path = [this.#programs, dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    const env = { ...process.env, PATH: path, npm_node_execpath: process.execPath, ...environment };
    return spawnSync(process.execPath, [this.path(`server/setup/${file}`), ...words], { env, encoding: "utf8" });
  }

  /** The calls of npm so far. */
  npmCalls(): readonly string[] {
    return existsSync(this.path("npm.log")) ? readFileSync(this.path("npm.log"), "utf8").trimEnd().split("\n") : [];
  }

  /** Everything in the checkout with its time of change, to see that nothing was written. */
  snapshot(): readonly string[] {
    const names = readdirSync(this.root, { recursive: true, encoding: "utf8" }).sort();
    return names.map((name) => `${name} ${statSync(this.path(name)).mtimeMs}`);
  }
}
