/** How many readers' presses a second are on disk before their pages say so, beside bare Koa with such a page ready. */
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../server/store/database.ts";
import { makeToken } from "../server/mail/token.ts";
import { Child } from "./support/child.ts";
import { median, spread } from "./support/median.ts";
import { Presser } from "./support/presser.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";

const connections = 50;
const rounds = 3;

export async function confirmations(presses: number): Promise<void> {
  const members = presses * rounds;
  const sink = Child.start("bench/support/sink.ts");
  const town = await openTown({ members, relayPort: Number(await sink.line()) });
  const poster = await Poster.open(town.smtpPort);
  await poster.post(letter(1, 500).replace("Subject: ", "Subject: [confirm] "));
  while (Number(await sink.ask()) < members) await pause(100);
  poster.close();
  const paths = await confirmPaths(town.databaseFile);
  const bare = Child.start("bench/support/bare-koa.ts", ["2500"]);
  const barePort = Number(await bare.line());
  const ours: number[] = [];
  const theirs: number[] = [];
  const webPort = Number(new URL(town.webUrl).port);
  const cpu = { ours: -town.server.cpuSeconds(), theirs: -bare.cpuSeconds() };
  for (let round = 0; round < rounds; round++) {
    const some = paths.slice(round * presses, (round + 1) * presses);
    ours.push(await pressesPerSecond(webPort, some));
    theirs.push(await pressesPerSecond(barePort, some));
  }
  cpu.ours += town.server.cpuSeconds();
  cpu.theirs += bare.cpuSeconds();
  const each = (seconds: number): string => `${Math.round((seconds / members) * 1e6)} us of CPU each`;
  const kept = await confirmed(town.databaseFile);
  await town.close();
  await Promise.all([bare.stop(), sink.stop()]);
  if (kept !== members) throw new Error(`${kept} of ${members} presses are in the database`);
  const ratio = median(ours.map((one, round) => one / (theirs[round] ?? NaN)));
  console.log(
    `confirmations: ${presses.toLocaleString("en")} presses over ${connections} connections, ${rounds} rounds in turn`,
  );
  console.log(`  Kairan, durable           ${spread(ours)} presses/s, ${each(cpu.ours)}`);
  console.log(`  bare Koa, a ready page    ${spread(theirs)} posts/s, ${each(cpu.theirs)}`);
  console.log(`  ratio, round by round     ${ratio.toFixed(2)}`);
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

async function confirmPaths(file: string): Promise<readonly string[]> {
  const database = openDatabase(file);
  const rows = await database.reader.selectFrom("delivery").select(["id", "secret"]).where("post_id", "=", 1).execute();
  await database.close();
  return rows.map(({ id, secret }) => `/c/${makeToken({ purpose: "confirm-read", id, secret })}`);
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
