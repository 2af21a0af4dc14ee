/** A world in which anything may happen to any copy and connection: whatever comes, the account of every copy is right. */
import { expect } from "chai";
import { createSmtpCourier } from "../../server/delivery/smtp-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";
import type { OddAnswer, SinkScript } from "../support/sink-script.ts";
import { SmtpSink } from "../support/smtp-sink.ts";

const toCopies: readonly OddAnswer[] = [
  { at: "rcpt", say: "550 5.1.1 no such user" },
  { at: "rcpt", say: "450 4.2.0 later" },
  { at: "rcpt", say: "421 4.7.0 too fast", then: "close" },
  { at: "rcpt", say: "eh?", then: "close" },
  { at: "rcpt", then: "reset" },
  { at: "rcpt", then: "silence" },
  { at: "data", say: "451 4.3.0 later" },
  { at: "data", say: "554 5.7.1 no" },
  { at: "data", say: "354 go on", then: "reset" },
  { at: "text", say: "552 5.3.4 too big", then: "close" },
  { at: "dot", say: "250 2.0.0 taken", then: "close" },
  { at: "dot", say: "250 2.0.0 taken", then: "drip" },
  { at: "dot", say: "451 4.6.0 later" },
  { at: "dot", say: "554 5.7.1 spam" },
  { at: "dot", say: "421 4.3.2 closing", then: "close" },
  { at: "dot", then: "silence" },
  { at: "dot", then: "reset" },
];
const toConnections: readonly OddAnswer[] = [
  { at: "connect", then: "close" },
  { at: "connect", say: "421 4.3.2 busy", then: "close" },
  { at: "ehlo", say: "502 5.5.1 what?" },
  { at: "mail", say: "421 4.3.2 closing", then: "close" },
];

/** A small generator of repeatable dice (Park and Miller's). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

function chaos(seed: number, addresses: readonly string[]): SinkScript {
  const roll = dice(seed);
  const some = (answers: readonly OddAnswer[], oneIn: number): readonly OddAnswer[] =>
    roll(oneIn) === 0 ? answers.slice(roll(answers.length)).slice(0, 1) : [];
  const connections = Array.from({ length: 50 }, (_, number) => some(toConnections, 8).map((odd) => [number + 1, odd]));
  return {
    offers: roll(3) === 0 ? ["8BITMIME"] : ["PIPELINING", "SIZE", ...(roll(2) === 0 ? ["X-354-ANYWAY"] : [])],
    recipients: Object.fromEntries(addresses.map((address) => [address, some(toCopies, 3)])),
    connections: Object.fromEntries(connections.flat()) as SinkScript["connections"] & object,
  };
}

describe("the SMTP courier in chaos", () => {
  for (const seed of [11, 222, 3333, 44_444]) {
    it(`settles every copy once, with an outcome that the server would sign (seed ${seed})`, async () => {
      const addresses = people(60);
      const list = new CopyList(...addresses);
      const sink = await SmtpSink.start(chaos(seed, addresses));
      const relay = { host: "127.0.0.1", port: sink.port, tls: "none" } as const;
      const courier = createSmtpCourier({
        source: list,
        relay,
        hostname: "kairan.example",
        connections: 8,
        // Long enough for an answer that comes octet by octet, each in a turn of the event loop.
        timeoutMs: 600,
      });
      await list.sentBy(courier);
      await courier.stop(1000);
      await sink.stop();
      for (const address of addresses) {
        const taken = sink.copiesFor(address).map(({ text }) => text.includes("Hello."));
        expect(taken, address).to.deep.equal(list.outcome(address)?.kind === "sent" ? [true] : []);
      }
      expect(sink.violations, sink.transcript).to.deep.equal([]);
    });
  }
});
