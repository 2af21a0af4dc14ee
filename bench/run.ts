/**
 * `npm run bench [fan-out|acceptance|memory|pages|history|confirmations|writes] [--quick] [--postgres]`: every figure beside its comparison,
 * in the same run. `--postgres` asks pages and writes of PostgreSQL. Linux only.
 */
import { freshDatabase } from "../test/support/postgres.ts";
import { acceptance } from "./acceptance.ts";
import { confirmations } from "./confirmations.ts";
import { fanOut } from "./fan-out.ts";
import { historyTimes } from "./history.ts";
import { memory } from "./memory.ts";
import { pageTimes } from "./pages.ts";
import { writes } from "./writes.ts";

const words = process.argv.slice(2);
const database = words.includes("--postgres") ? async () => (await freshDatabase()).url : undefined;
const quick = words.includes("--quick");
const benches: Readonly<Record<string, () => Promise<void>>> = {
  "fan-out": () => fanOut(quick ? 10_000 : 100_000),
  acceptance: () => acceptance(quick ? 1_000 : 10_000),
  confirmations: () => confirmations(quick ? 200 : 2_000),
  memory: () => memory(quick ? [1_000, 20_000, 100_000] : [10_000, 100_000, 1_000_000]),
  history: () => historyTimes(quick ? [300, 3_000] : [1_000, 10_000]),
  pages: () => pageTimes(quick ? [1_000, 10_000] : [1_000, 100_000], database),
  writes: async () => writes(quick ? 10_000 : 100_000, await database?.()),
};

const wanted = words.filter((word) => !word.startsWith("--"));
for (const [name, bench] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await bench();
