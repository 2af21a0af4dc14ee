/** When another connection may be opened. */
import { expect } from "chai";
import { ConnectionGate } from "../../server/delivery/connection-gate.ts";

describe("the gate for new connections", () => {
  it("lets one through at a time while nothing is known, and any number once a connection worked", () => {
    const gate = new ConnectionGate(() => 0);
    expect(gate.waitMs(0)).to.equal(0);
    gate.opened(0);
    expect(gate.waitMs(0)).to.equal(50);
    expect(gate.waitMs(50)).to.equal(0);
    gate.succeeded();
    gate.opened(60);
    expect(gate.waitMs(60)).to.equal(0);
  });

  it("closes for pauses that double from a quarter of a second to half a minute, and success ends them", () => {
    const gate = new ConnectionGate(() => 0);
    const pauses: number[] = [];
    for (let now = 0; pauses.length < 9; now += gate.waitMs(now)) {
      gate.opened(now);
      gate.failed(now, now);
      pauses.push(gate.waitMs(now));
    }
    expect(pauses).to.deep.equal([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    gate.succeeded();
    gate.failed(1e6, 1e6);
    expect(gate.waitMs(1e6)).to.equal(250);
  });

  it("makes pauses up to half as long again by chance, never over half a minute", () => {
    const gate = new ConnectionGate(() => 0.5);
    gate.failed(0, 0);
    expect(gate.waitMs(0)).to.equal(312.5);
    for (let now = 1; now < 20; now += 1) gate.failed(now, now);
    expect(gate.waitMs(19)).to.equal(30_000);
  });

  it("counts connections that were under way together as one failure", () => {
    const gate = new ConnectionGate(() => 0);
    gate.failed(0, 100);
    gate.failed(1, 101);
    gate.failed(2, 102);
    expect(gate.waitMs(100)).to.equal(250);
  });

  it("is careful after a connection that worked has broken", () => {
    const gate = new ConnectionGate(() => 0);
    gate.succeeded();
    gate.opened(0);
    gate.doubted();
    expect(gate.waitMs(0)).to.equal(50);
  });
});
