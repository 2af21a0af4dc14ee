/** Guessing gets slow, and nobody is locked out. */
import { expect } from "chai";
import { SignInBrake } from "../../server/web/sign-in-brake.ts";

describe("the sign-in brake", () => {
  const minuteMs = 60_000;

  it("lets at most fifty of ten thousand tries in ten minutes through, at one account or from one address", () => {
    for (const [username, client] of [
      [() => "olivia", (n: number) => `10.${n >> 8}.${n & 255}.1`],
      [
        (n: number) =>
          `${n % 2 === 0 ? "" : '"'}oLiVia${n % 2 === 0 ? "" : '"'}@Example.ORG`.replace(
            /[a-z]/gi,
            (letter, at: number) => (((n >> (at % 12)) & 1) === 0 ? letter.toLowerCase() : letter.toUpperCase()),
          ),
        (n: number) => `10.${n >> 8}.${n & 255}.1`,
      ],
      [(n: number) => `user${n}`, () => "192.0.2.1"],
      [(n: number) => `user${n}`, (n: number) => `2001:db8:0:1::${n.toString(16)}`],
    ] as const) {
      const brake = new SignInBrake();
      let through = 0;
      for (let n = 0; n < 10_000; n++) if (brake.enter(username(n), client(n), n * 60) === 0) through++;
      expect(through).to.be.within(10, 50);
    }
  });

  it("never asks for more than half a minute, and forgets after a quarter of an hour", () => {
    const brake = new SignInBrake();
    let now = 0;
    for (let n = 0; n < 100; n++) now += Math.max(1, brake.enter("olivia", "192.0.2.1", now));
    const wait = brake.enter("olivia", "192.0.2.1", now);
    expect(wait).to.be.within(0, 30_000);
    expect(brake.enter("olivia", "192.0.2.1", now + 16 * minuteMs)).to.equal(0);
    expect(brake.enter("olivia", "192.0.2.1", now + 16 * minuteMs)).to.equal(0);
  });

  it("asks for no more than that when the clock is put back", () => {
    const brake = new SignInBrake();
    for (let n = 0; n < 20; n++) brake.enter("olivia", "192.0.2.1", 100 * minuteMs + n);
    for (const back of [1, 10, 90])
      expect(brake.enter("olivia", "192.0.2.1", (100 - back) * minuteMs)).to.be.at.most(30_000);
  });

  it("begins anew for an account after the right password, but not for the address of a guesser who has an account too", () => {
    const brake = new SignInBrake();
    let waits = 0;
    for (let n = 0; n < 60; n++) {
      if (brake.enter(`victim${n}`, "192.0.2.1", n) > 0) waits++;
      if (brake.enter("mallory", "192.0.2.1", n) === 0) brake.succeeded("mallory", "192.0.2.1");
    }
    expect(waits).to.be.greaterThan(40);
  });

  it("keeps an office of many people behind one address going while they know their passwords", () => {
    const brake = new SignInBrake();
    for (let n = 0; n < 200; n++) {
      expect(brake.enter(`worker${n}`, "192.0.2.1", n)).to.equal(0);
      brake.succeeded(`worker${n}`, "192.0.2.1");
    }
  });
});
