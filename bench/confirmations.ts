/** How many readers' presses a second are on disk before their pages say so, beside bare Koa with such a page ready. */
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../server/store/database/database.ts";
import { makeToken } from "../server/mail/token.ts";
import { Child } from "./support/child.ts";
import { spread } from "./support/median.ts";
import { Presser } from "./support/presser.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";
import type { Town } from "./support/town.ts";

const connections = 50;
/** Short ones, in turn: what else the machine does then meets both alike. */
const rounds = 15;

export async function confirmations(presses: number): Promise<void> {
  // Both are warmed up by a round that does not count.
  const members = presses * (rounds + 1);
  const sink = Child.start("bench/support/sink.ts");
  const town = await openTown({ members, relayPort: Number(await sink.line()) });
  const paths = await confirmPaths(town, sink, members);
  const webPort = Number(new URL(town.webUrl).port);
  const bare = Child.start("bench/support/bare-koa.ts", [String(await octetsOfPage(webPort, paths[0] ?? ""))]);
  const barePort = Number(await bare.line());
  const ours: number[] = [];
  const theirs: number[] = [];
  const cpu = { ours: 0, theirs: 0 };
  for (let round = 0; round <= rounds; round++) {
    const some = paths.slice(round * presses, (round + 1) * presses);
    if (round === 1) cpu.ours = -town.server.cpuSeconds();
    if (round === 1) cpu.theirs = -bare.cpuSeconds();
    ours.push(await pressesPerSecond(webPort, some));
    theirs.push(await pressesPerSecond(barePort, some));
  }
  cpu.ours += town.server.cpuSeconds();
  cpu.theirs += bare.cpuSeconds();
  const kept = await confirmed(town.databaseFile);
  await town.close();
  await Promise.all([bare.stop(), sink.stop()]);
  if (kept !== members) throw new Error(`${kept} of ${members} presses are in the database`);
  report(presses, { ours: ours.slice(1), theirs: theirs.slice(1), cpu });
}

type Figures = {
  /** Presses a second, round by round. */
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** Seconds of all rounds. */
  readonly cpu: { readonly ours: number; readonly theirs: number };
};

function report(presses: number, { ours, theirs, cpu }: Figures): void {
  const each = (seconds: number): string => `${Math.round((seconds / presses / rounds) * 1e6)} us of CPU each`;
  const ratios = ours.map((one, round) => one / (theirs[round] ?? NaN));
  console.log(
    `confirmations: ${presses.toLocaleString("en")} presses over ${connections} connections, ${rounds} rounds in turn`,
  );
  console.log(`  Kairan, durable           ${spread(ours)} presses/s, ${each(cpu.ours)}`);
  console.log(`  bare Koa, a ready page    ${spread(theirs)} posts/s, ${each(cpu.theirs)}`);
  console.log(`  ratio, round by round     ${spread(ratios, 2)}, of CPU ${(cpu.theirs / cpu.ours).toFixed(2)}`);
}

async function pressesPerSecond(port: number, paths: readonly string[]): Promise<number> {
  const pressers = await Promise.all(Array.from({ length: connections }, () => Presser.open(port)));
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    pressers.map(async (presser) => {
      for (let path = paths[next++]; path !== undefined; path = paths[next++]) await presser.press(path);
      presser.close();
    }),
  );
  return paths.length / ((performance.now() - begun) / 1000);
}

/** A post that asks has gone to all members: where their copies' links lead. */
async function confirmPaths(town: Town, sink: Child, members: number): Promise<readonly string[]> {
  const poster = await Poster.open(town.smtpPort);
  await poster.post(letter(1, 500).replace("Subject: ", "Subject: [confirm] "));
  while (Number(await sink.ask()) < members) await pause(100);
  poster.close();
  const database = openDatabase(town.databaseFile);
  const rows = await database.reader.selectFrom("delivery").select(["id", "secret"]).where("post_id", "=", 1).execute();
  await database.close();
  return rows.map(({ id, secret }) => `/c/${makeToken({ purpose: "confirm-read", id, secret })}`);
}

/** Of the page that a press is answered with. */
async function octetsOfPage(port: number, path: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST" });
  return (await answer.arrayBuffer()).byteLength;
}

async function confirmed(file: string): Promise<number> {
  const database = openDatabase(file);
  const row = await database.reader
    .selectFrom("confirmation")
    .select((each) => each.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  await database.close();
  return row.count;
}
