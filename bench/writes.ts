/** How much work a write transaction is while many members come and go: no other writer gets in before it ends. Beside the barest one there is. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { sql } from "kysely";
import { advanceImport } from "../server/imports/advance-import.ts";
import { stageImport } from "../server/imports/stage-import.ts";
import type { Write } from "../server/store/database/database.ts";
import { deleteList } from "../server/store/deletion/delete-list.ts";
import { indexPosts } from "../server/store/posts/index-posts.ts";
import type { Store } from "../server/store/store.ts";
import { openStore } from "../server/store/store.ts";
import { createNews } from "./support/town.ts";
import { livePosts } from "./support/years.ts";

const chunk = 256 * 1024;
const posts = 2000;
/** Of the bare transaction. */
const rows = 50;
const now = Date.now();

type Piece = { readonly cpu: number; readonly wall: number };

export async function writes(members: number, database?: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "kairan-bench-"));
  const store = await openStore(database ?? join(folder, "kairan.db"));
  const measured = new Map<string, readonly Piece[]>();
  const phase = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    measured.set(name, await piecesOf(store, work));
  };
  const list = await createNews(store, now);
  const listId = list?.id ?? 0;
  const first = await beginImport(store, listId, { text: csv(members), replaces: false });
  await phase("a file is read", () => read(store, first));
  await phase("it is applied", () => apply(store, first));
  await phase("and undone", () => undo(store, first));
  const again = await beginImport(store, listId, { text: csv(members), replaces: false });
  await read(store, again);
  await apply(store, again);
  const nearlyEmpty = await beginImport(store, listId, { text: csv(1), replaces: true });
  await read(store, nearlyEmpty);
  await phase("all but one leave", () => apply(store, nearlyEmpty));
  await livePosts(store, { listId, posts, now });
  await phase(`${posts.toLocaleString("en")} posts are put into the search`, async () => {
    while ((await indexPosts(store.database)) > 0);
  });
  await phase("the list is deleted", () => deleteList(store.database, listId));
  await store.close();
  if (database === undefined) measured.set(`better-sqlite3 alone, ${rows} rows`, barePieces(folder, members));
  await rm(folder, { recursive: true });
  report(members, measured);
}

/** Each write transaction while `work` is done. Nothing else runs in this process. */
async function piecesOf({ database }: Store, work: () => Promise<unknown>): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  const write = database.write.bind(database);
  const backend = database.kind === "postgres" ? await write(backendOf) : () => 0;
  database.write = async (change) => {
    const cpu = process.threadCpuUsage();
    const begun = performance.now();
    const there = backend();
    const result = await write(change);
    const piece = pieceSince(cpu, begun);
    pieces.push({ ...piece, cpu: piece.cpu + backend() - there });
    return result;
  };
  await work();
  database.write = write;
  return pieces;
}

/** Milliseconds of processor time of PostgreSQL's process for the only writing connection. */
async function backendOf(write: Write): Promise<() => number> {
  const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(write);
  const file = `/proc/${rows[0]?.pid ?? 0}/schedstat`;
  return () => Number(readFileSync(file, "utf8").split(" ")[0]) / 1_000_000;
}

function pieceSince(cpu: NodeJS.CpuUsage, begun: number): Piece {
  const used = process.threadCpuUsage(cpu);
  return { cpu: (used.user + used.system) / 1000, wall: performance.now() - begun };
}

function csv(members: number): string {
  const line = (n: number): string =>
    `member${n}@readers.example,Member ${n},${1 + (n % 6)}-${"ABC"[n % 3] ?? ""},${n}\r\n`;
  return `address,name,組,番号\r\n${Array.from({ length: members }, (_, n) => line(n)).join("")}`;
}

async function beginImport(
  store: Store,
  listId: number,
  { text, replaces }: { readonly text: string; readonly replaces: boolean },
): Promise<number> {
  const { id } = await store.imports.begin(
    { listId, fileName: "members.csv", byCommand: false, replaces, welcomes: false },
    now,
  );
  const bytes = Buffer.from(text);
  for (let seq = 0; seq * chunk < bytes.length; seq++)
    await store.imports.addChunk(id, seq, bytes.subarray(seq * chunk, (seq + 1) * chunk));
  await store.imports.arrived(id);
  return id;
}

async function read(store: Store, id: number): Promise<void> {
  const of = await store.imports.find(id);
  if (of === undefined) return;
  const staging = { store, source: () => store.imports.chunks(id), isStrict: true, now: () => now };
  await Array.fromAsync(stageImport(staging, of));
}

async function apply(store: Store, id: number): Promise<void> {
  await store.imports.apply(id, now);
  await advance(store, id, "applied");
}

async function undo(store: Store, id: number): Promise<void> {
  await store.imports.undo(id, now);
  await advance(store, id, "undone");
}

async function advance(store: Store, id: number, end: string): Promise<void> {
  const advancing = { store, now: () => now, welcome: () => Promise.resolve() };
  for (let of = await store.imports.find(id); of?.state !== end; of = await store.imports.find(id)) {
    if (of?.state !== "applying" && of?.state !== "undoing") throw new Error(`the import is ${of?.state ?? "gone"}`);
    await advanceImport(advancing, of);
  }
}

function barePieces(folder: string, members: number): readonly Piece[] {
  const bare = new BetterSqlite3(join(folder, "bare.db"));
  bare.pragma("journal_mode = WAL");
  bare.exec("CREATE TABLE member (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE)");
  const insert = bare.prepare("INSERT INTO member (address) VALUES (?)");
  const piece = bare.transaction((from: number) => {
    for (let n = from; n < from + rows; n++) insert.run(`member${n}@readers.example`);
  });
  const pieces: Piece[] = [];
  for (let from = 0; from < members; from += rows) {
    const cpu = process.threadCpuUsage();
    const begun = performance.now();
    piece.immediate(from);
    pieces.push(pieceSince(cpu, begun));
  }
  bare.close();
  return pieces;
}

function report(members: number, measured: ReadonlyMap<string, readonly Piece[]>): void {
  console.log(`writes: milliseconds of a write transaction, ${members.toLocaleString("en")} members`);
  console.log(`  ${"".padEnd(40)}  writes   of CPU: p99     max   on the clock: p99     max`);
  for (const [name, pieces] of measured) {
    const [cpu, wall] = [pieces.map((one) => one.cpu), pieces.map((one) => one.wall)];
    console.log(
      `  ${name.padEnd(40)}${String(pieces.length).padStart(8)}${figures(cpu).padStart(24)}${figures(wall).padStart(24)}`,
    );
  }
}

function figures(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
  return `${p99.toFixed(1).padStart(8)}${(sorted.at(-1) ?? NaN).toFixed(1).padStart(8)}`;
}
