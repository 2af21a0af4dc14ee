import { expect } from "chai";
import { Loop } from "../server/loop.ts";
import { silentLog } from "../server/log.ts";
import { TestClock } from "./support/test-clock.ts";
import { until } from "./support/until.ts";

describe("a station's loop", () => {
  it("loses no wake, at whatever moment after a turn it comes", async () => {
    for (let microtasks = 0; microtasks < 8; microtasks++) {
      let turns = 0;
      const loop = new Loop({
        name: "test",
        log: silentLog,
        clock: new TestClock(),
        turn: () => {
          turns++;
          return Promise.resolve(undefined);
        },
      });
      loop.wake();
      await until(() => turns === 1);
      loop.wake();
      for (let n = 0; n < microtasks; n++) await Promise.resolve();
      const before = turns;
      loop.wake();
      await until(() => turns > before || turns >= 3);
      await loop.stop();
    }
  });

  it("rests after trouble, and then goes on", async () => {
    const clock = new TestClock();
    let turns = 0;
    const loop = new Loop({
      name: "test",
      log: silentLog,
      clock,
      turn: () => (turns++ === 0 ? Promise.reject(new Error("no database")) : Promise.resolve(undefined)),
    });
    loop.wake();
    await until(() => turns === 1);
    await Promise.resolve();
    clock.passes("2s");
    await until(() => turns === 2);
    await loop.stop();
    expect(turns).to.equal(2);
  });
});
