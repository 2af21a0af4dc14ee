/** What goes over the wire: how few round trips a copy takes, which parameters MAIL has, and how large messages leave. */
import { expect } from "chai";
import type { Courier, OutgoingCopy } from "../../server/delivery/courier.ts";
import { createSmtpCourier } from "../../server/delivery/smtp-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";
import type { CopyMade } from "../support/copy-list.ts";
import type { SinkScript } from "../support/sink-script.ts";
import { SmtpSink } from "../support/smtp-sink.ts";

const bart = "bart@b.example";

describe("the SMTP courier's dialogue", () => {
  let sink: SmtpSink;
  let courier: Courier;
  let list: CopyList;

  afterEach(async function () {
    await courier.stop(0);
    await sink.stop();
    if (this.currentTest?.state === "failed") console.error(sink.transcript.slice(0, 5000));
  });

  async function carry(script: SinkScript, ...copies: readonly (string | CopyMade)[]): Promise<void> {
    list = new CopyList(...copies);
    sink = await SmtpSink.start(script);
    const relay = { host: "127.0.0.1", port: sink.port, tls: "none" } as const;
    courier = createSmtpCourier({ source: list, relay, hostname: "kairan.example", connections: 1, timeoutMs: 60_000 });
    await list.sentBy(courier);
    expect(sink.violations).to.deep.equal([]);
  }

  /** The client's lines, one string for each read. */
  function reads(): readonly string[] {
    const lines = sink.dialogue.filter((line) => !line.includes(" S: "));
    return lines
      .join(" ")
      .split(/ ?1 -- \d+ octets ?/)
      .slice(1);
  }

  it("says EHLO once and puts a final dot and the next copy's commands into one write", async () => {
    await carry({}, ...people(6));
    expect(sink.dialogue.filter((line) => line.includes("C: EHLO"))).to.deep.equal(["1 C: EHLO kairan.example"]);
    // Two reads for the first copy, whose dot goes alone as nobody knows yet how quick the server is, and one for each of the others.
    const together = reads().filter((read) => /octets of text\) 1 C: MAIL .* 1 C: RCPT .* 1 C: DATA$/.test(read));
    expect(together).to.have.length(4);
  });

  it("says RSET only after a transaction that came to nothing, together with the next MAIL", async () => {
    await carry({ recipients: { [bart]: "550 5.1.1 no such user" } }, ...people(2), bart, ...people(2, "after"));
    expect(sink.dialogue.filter((line) => line.includes("C: RSET"))).to.have.length(1);
    expect(reads().find((read) => read.includes("RSET"))).to.match(/^1 C: RSET 1 C: MAIL .* 1 C: RCPT .* 1 C: DATA$/);
  });

  it("gives a copy back when the server closed before it answered its MAIL, and no attempt counts", async () => {
    const answer = { at: "dot", say: "421 4.3.2 closing", then: "close" } as const;
    await carry({ recipients: { [bart]: answer } }, ...people(2), bart, ...people(2, "after"));
    expect(list.outcomes.get("after1@readers.example")?.map(({ kind }) => kind)).to.deep.equal(["untried", "sent"]);
    expect(list.outcomes.get(bart)?.map(({ kind }) => kind)).to.deep.equal(["deferred"]);
    expect(sink.attempts.get("after1@readers.example")).to.equal(1);
  });

  it("names the size, and the 8-bit body where the server takes one", async () => {
    const wire = [Buffer.from("Subject: x\r\n\r\nГруппа\r\n")];
    const octets = wire[0]?.length ?? 0;
    await carry({}, { rcptTo: bart, render: () => ({ wire, octets, eightBit: true }) });
    expect(sink.copies[0]?.parameters).to.equal(` SIZE=${octets} BODY=8BITMIME`);
  });

  it("asks for the 7-bit form where the server takes no other, and names no size to a server that knows none", async () => {
    const asked: boolean[] = [];
    const render = (eightBitAllowed: boolean): ReturnType<OutgoingCopy["render"]> => {
      asked.push(eightBitAllowed);
      return { wire: [Buffer.from("Subject: x\r\n\r\n=D0=93\r\n")], octets: 23, eightBit: false };
    };
    await carry({ offers: ["PIPELINING"] }, { rcptTo: bart, render });
    expect(asked).to.deep.equal([false]);
    expect(sink.copies[0]?.parameters).to.equal("");
  });

  it("a message with stuffed dots, an empty one and one without body arrive as they were", async () => {
    const [stuffed, empty] = ["stuffed@b.example", "empty@b.example"];
    const rendered = (wire: string, octets: number) => () => ({ wire: [Buffer.from(wire)], octets, eightBit: false });
    await carry(
      {},
      { rcptTo: stuffed, render: rendered("A: b\r\n\r\n..\r\n...x\r\n", 16) },
      { rcptTo: empty, render: rendered("", 0) },
    );
    expect(sink.copiesFor(stuffed)[0]?.text.toString()).to.equal("A: b\r\n\r\n.\r\n..x\r\n");
    expect(sink.copiesFor(empty)[0]?.text.toString()).to.equal("");
  });

  for (const octets of [65_000, 66_000, 5_000_000]) {
    it(`a message of ${octets} octets arrives whole, between small ones`, async () => {
      const text = `Subject: large\r\n\r\n${"0123456789abcdef"
        .repeat(4)
        .concat("\r\n")
        .repeat(octets / 66)}`;
      await carry({}, ...people(2), { rcptTo: bart, text }, ...people(2, "after"));
      expect(sink.copiesFor(bart)[0]?.text.toString().endsWith(text)).to.equal(true);
      expect(sink.copies).to.have.length(5);
      expect(sink.connections).to.equal(1);
    });
  }

  it("a server that refuses in the middle of a large message is heard, and nothing hangs", async () => {
    const text = `${"x".repeat(900)}\r\n`.repeat(20_000);
    await carry(
      { recipients: { [bart]: { at: "text", say: "552 5.3.4 too big", then: "silence" } } },
      { rcptTo: bart, text },
      ...people(2),
    );
    expect(list.outcome(bart)).to.include({ kind: "failed", reply: "552 5.3.4 too big" });
    expect(list.kinds()).to.deep.equal({ failed: 1, sent: 2 });
  });

  it("a server that closes in the middle of a large message defers it", async () => {
    const text = `${"x".repeat(900)}\r\n`.repeat(20_000);
    await carry({ recipients: { [bart]: { at: "text", then: "reset" } } }, { rcptTo: bart, text }, ...people(2));
    expect(list.outcome(bart)?.kind).to.equal("deferred");
    expect(list.outcome(bart)?.reply).to.match(/^the message was not sent to its end: (ECONNRESET|EPIPE)$/);
  });

  it("an address that would break out of its command never reaches the server", async () => {
    const wicked = "eve@e.example>\r\nRCPT TO:<bart@b.example";
    await carry({}, wicked, ...people(1));
    expect(list.outcome(wicked)).to.include({ kind: "failed", reply: "the address cannot be written in SMTP" });
    expect(sink.copies).to.have.length(1);
  });

  it("local parts in quotes and with dots in odd places are sent as they are", async () => {
    const odd = ['"taro..x"@docomo.ne.jp', '"a b"@e.example', "taro.@ezweb.ne.jp"];
    await carry({}, ...odd);
    expect(sink.copies.map(({ rcptTo }) => rcptTo)).to.deep.equal(odd);
  });

  it("a copy that cannot be made is deferred, and the next one goes", async () => {
    const render = (): never => {
      throw new Error("no such part");
    };
    await carry({}, { rcptTo: bart, render }, ...people(1));
    expect(list.outcome(bart)).to.include({ kind: "deferred", reply: "the copy could not be made: no such part" });
    expect(sink.copies).to.have.length(1);
  });
});
