/** `npm run bench [fan-out|acceptance|memory|pages|history|confirmations] [--quick]`: every figure beside its comparison, in the same run. Linux only. */
import { acceptance } from "./acceptance.ts";
import { confirmations } from "./confirmations.ts";
import { fanOut } from "./fan-out.ts";
import { historyTimes } from "./history.ts";
import { memory } from "./memory.ts";
import { pageTimes } from "./pages.ts";

const words = process.argv.slice(2);
const quick = words.includes("--quick");
const benches: Readonly<Record<string, () => Promise<void>>> = {
  "fan-out": () => fanOut(quick ? 10_000 : 100_000),
  acceptance: () => acceptance(quick ? 1_000 : 10_000),
  confirmations: () => confirmations(quick ? 1_000 : 10_000),
  memory: () => memory(quick ? [1_000, 20_000, 100_000] : [10_000, 100_000, 1_000_000]),
  history: () => historyTimes(quick ? [300, 3_000] : [1_000, 10_000]),
  pages: () => pageTimes(quick ? [1_000, 10_000] : [1_000, 100_000]),
};

const wanted = words.filter((word) => !word.startsWith("--"));
for (const [name, bench] of Object.entries(benches)) if (wanted.length === 0 || wanted.includes(name)) await bench();
