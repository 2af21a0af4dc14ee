/** One post to a large list, durable and personalised, beside nodemailer's pool sending as many copies to the same sink. */
import { setTimeout as pause } from "node:timers/promises";
import { Child } from "./support/child.ts";
import { median, spread } from "./support/median.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";

const octets = 2000;
const rounds = 3;

type Figures = { readonly perSecond: number; readonly cpuMicroseconds: number };

export async function fanOut(members: number): Promise<void> {
  const sink = Child.start("bench/support/sink.ts");
  const relayPort = Number(await sink.line());
  const town = await openTown({ members, relayPort });
  const ours: Figures[] = [];
  const theirs: Figures[] = [];
  for (let round = 1; round <= rounds; round++) {
    ours.push(await measure(sink, town.server, { copies: members, start: () => postOnce(town.smtpPort, round) }));
    const pool = Child.start("bench/support/nodemailer-pool.ts", [relayPort, members, octets].map(String));
    await pool.line();
    theirs.push(
      await measure(sink, pool, { copies: members, start: async () => void pool.ask().catch(() => undefined) }),
    );
    await pool.stop();
  }
  await town.close();
  await sink.stop();
  report(members, ours, theirs);
}

async function postOnce(port: number, number: number): Promise<void> {
  const poster = await Poster.open(port);
  await poster.post(letter(number, octets));
  poster.close();
}

/** From the start until the sink has every copy. */
async function measure(
  sink: Child,
  sender: Child,
  { copies, start }: { readonly copies: number; readonly start: () => Promise<void> },
): Promise<Figures> {
  const before = Number(await sink.ask());
  const cpu = sender.cpuSeconds();
  const begun = performance.now();
  await start();
  while (Number(await sink.ask()) - before < copies) await pause(20);
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: copies / seconds, cpuMicroseconds: ((sender.cpuSeconds() - cpu) / copies) * 1e6 };
}

function report(members: number, ours: readonly Figures[], theirs: readonly Figures[]): void {
  const ratio = median(ours.map((one, round) => one.perSecond / (theirs[round]?.perSecond ?? NaN)));
  console.log(
    `fan-out: one post of ${octets} octets to ${members.toLocaleString("en")} members, ${rounds} rounds in turn`,
  );
  console.log(
    `  Kairan, every outcome on disk   ${spread(ours.map((one) => one.perSecond))} copies/s, ${spread(ours.map((one) => one.cpuMicroseconds))} us of CPU a copy`,
  );
  console.log(
    `  nodemailer's pool, ready-made   ${spread(theirs.map((one) => one.perSecond))} copies/s, ${spread(theirs.map((one) => one.cpuMicroseconds))} us of CPU a copy`,
  );
  console.log(`  ratio, round by round           ${ratio.toFixed(2)}`);
}
