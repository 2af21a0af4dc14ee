/** The most memory that the server holds while it sends one post to a small and to a large list. */
import { setTimeout as pause } from "node:timers/promises";
import { Child } from "./support/child.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";

export async function memory(sizes: readonly number[]): Promise<void> {
  console.log("memory: the server's peak while one post goes to all");
  let before: number | undefined;
  for (const members of sizes) {
    const peak = await peakFor(members);
    const growth = before === undefined ? "" : `   ${(peak / before).toFixed(2)} times the line above`;
    console.log(`  ${members.toLocaleString("en").padStart(9)} members   ${peak.toFixed(0)} MB${growth}`);
    before = peak;
  }
}

async function peakFor(members: number): Promise<number> {
  const sink = Child.start("bench/support/sink.ts");
  const town = await openTown({ members, relayPort: Number(await sink.line()) });
  const poster = await Poster.open(town.smtpPort);
  await poster.post(letter(1, 2000));
  while (Number(await sink.ask()) < members) await pause(100);
  const peak = town.server.peakMegabytes();
  poster.close();
  await town.close();
  await sink.stop();
  return peak;
}
