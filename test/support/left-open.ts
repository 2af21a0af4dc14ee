/**
 * What a file of tests leaves open (a server, a timer, another process) fails its last hook, in whichever process it ran: it
 * would otherwise show as a run that never ends, if at all. Mocha requires this before the tests.
 */
import { setImmediate as turn } from "node:timers/promises";
import type { Context, RootHookObject } from "mocha";
import { until } from "./until.ts";

/** How long what a test has stopped may take to end on a slow machine; where nothing is left, nobody waits. */
const graceMs = 60_000;

/** The test processes' own words to each other and to the terminal. */
const pipes = /^(Pipe|TTY)Wrap$/;

/** Open before the file's first test: another's, who has failed for it. */
let before: readonly string[] = [];

export const mochaHooks: RootHookObject = {
  async beforeAll() {
    before = await open();
  },
  async afterAll(this: Context) {
    this.timeout(2 * graceMs);
    const deadline = performance.now() + graceMs;
    let left: readonly string[] = [];
    await until(async () => {
      left = without(await open(), before);
      return left.length === 0 || performance.now() > deadline;
    });
    if (left.length > 0) throw new Error(`left open after the last test: ${left.join(", ")}`);
  },
};

/** The kinds of what keeps this process alive, once for each. */
async function open(): Promise<readonly string[]> {
  // Mocha sets the hook's own limit, which is one timer, when it has got the hook's promise.
  await turn();
  const kinds = process.getActiveResourcesInfo().filter((kind) => !pipes.test(kind));
  return without(kinds, ["Timeout"]);
}

function without(kinds: readonly string[], others: readonly string[]): readonly string[] {
  const taken = [...others];
  return kinds.filter((kind) => {
    const place = taken.indexOf(kind);
    if (place >= 0) taken.splice(place, 1);
    return place < 0;
  });
}
