/** What each answer of a server, good or bad, makes of the copy it meets and of those beside it. */
import { expect } from "chai";
import type { Courier } from "../../server/delivery/courier.ts";
import { createSmtpCourier } from "../../server/delivery/smtp-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";
import type { OddAnswer, SinkScript } from "../support/sink-script.ts";
import { freePort } from "../support/free-port.ts";
import { SmtpSink } from "../support/smtp-sink.ts";

/** Where the server falls silent; elsewhere nothing is to be waited for, however busy the machine is. */
const shortMs = 120;
const longMs = 60_000;
const bart = "bart@b.example";

type Row = {
  readonly when: string;
  readonly answer: OddAnswer;
  readonly becomes: "sent" | "deferred" | "failed";
  readonly reply: RegExp;
  readonly copies?: number;
};

const toRecipients: readonly Row[] = [
  {
    when: "the copy is taken",
    answer: { at: "dot", say: "250 2.0.0 taken id=7" },
    becomes: "sent",
    reply: /^250 2\.0\.0 taken id=7$/,
  },
  {
    when: "the yes drips in octet by octet",
    answer: { at: "dot", say: "250 2.0.0 taken", then: "drip" },
    becomes: "sent",
    reply: /^250 2\.0\.0 taken$/,
  },
  {
    when: "the server says yes and closes",
    answer: { at: "dot", say: "250 2.0.0 taken", then: "close" },
    becomes: "sent",
    reply: /^250/,
  },
  {
    when: "the yes has no enhanced status code",
    answer: { at: "dot", say: "250 ok" },
    becomes: "sent",
    reply: /^250 ok$/,
  },
  { when: "the yes has no words", answer: { at: "dot", say: "250" }, becomes: "sent", reply: /^250$/ },
  {
    when: "the yes has three lines",
    answer: { at: "dot", say: "250-2.0.0 taken\n250-2.0.0 with thanks\n250 2.0.0 id=7" },
    becomes: "sent",
    reply: /^250 2\.0\.0 taken with thanks id=7$/,
  },
  {
    when: "RCPT is answered with 251",
    answer: { at: "rcpt", say: "251 2.1.5 will forward" },
    becomes: "sent",
    reply: /^250/,
  },
  {
    when: "RCPT gets 4xx",
    answer: { at: "rcpt", say: "450 4.2.0 later" },
    becomes: "deferred",
    reply: /^450 4\.2\.0 later$/,
  },
  {
    when: "the mailbox is full",
    answer: { at: "rcpt", say: "452 4.2.2 mailbox full" },
    becomes: "deferred",
    reply: /^452 4\.2\.2/,
  },
  {
    when: "the recipient is greylisted",
    answer: { at: "rcpt", say: "451 4.7.1 greylisted" },
    becomes: "deferred",
    reply: /^451 4\.7\.1/,
  },
  {
    when: "RCPT gets 421 and the server closes",
    answer: { at: "rcpt", say: "421 4.7.0 too fast", then: "close" },
    becomes: "deferred",
    reply: /^421 4\.7\.0/,
  },
  {
    when: "RCPT gets what is no reply",
    answer: { at: "rcpt", say: "eh? 5.1.1", then: "close" },
    becomes: "deferred",
    reply: /^not an SMTP reply: eh\? 5\.1\.1$/,
  },
  {
    when: "RCPT is never answered",
    answer: { at: "rcpt", then: "silence" },
    becomes: "deferred",
    reply: /^no answer after RCPT TO: silence for 0\.12 s$/,
  },
  {
    when: "RCPT gets 5xx",
    answer: { at: "rcpt", say: "550 5.1.1 no such user" },
    becomes: "failed",
    reply: /^550 5\.1\.1 no such user$/,
  },
  {
    when: "RCPT gets 5xx without enhanced code",
    answer: { at: "rcpt", say: "550 no" },
    becomes: "failed",
    reply: /^550 no$/,
  },
  {
    when: "RCPT gets 5xx in three lines",
    answer: { at: "rcpt", say: "550-5.1.1 no such user\n550-5.1.1 see our pages\n550 5.1.1 good bye" },
    becomes: "failed",
    reply: /^550 5\.1\.1 no such user see our pages good bye$/,
  },
  { when: "DATA gets 4xx", answer: { at: "data", say: "451 4.3.0 later" }, becomes: "deferred", reply: /^451 4\.3\.0/ },
  { when: "DATA gets 5xx", answer: { at: "data", say: "554 5.7.1 no" }, becomes: "failed", reply: /^554 5\.7\.1/ },
  {
    when: "the text is never answered",
    answer: { at: "data", say: "354 go on", then: "silence" },
    becomes: "deferred",
    reply: /^no answer after the final dot.*silence/,
  },
  {
    when: "the connection is reset after 354",
    answer: { at: "data", say: "354 go on", then: "reset" },
    becomes: "deferred",
    reply: /ECONNRESET|EPIPE/,
  },
  {
    when: "the final dot gets 4xx",
    answer: { at: "dot", say: "451 4.6.0 later" },
    becomes: "deferred",
    reply: /^451 4\.6\.0/,
  },
  {
    when: "the final dot gets 421 and the server closes",
    answer: { at: "dot", say: "421 4.3.2 closing", then: "close" },
    becomes: "deferred",
    reply: /^421 4\.3\.2/,
  },
  {
    when: "the final dot gets 5xx",
    answer: { at: "dot", say: "554 5.7.1 we think it is spam" },
    becomes: "failed",
    reply: /^554 5\.7\.1/,
  },
  {
    when: "the final dot is never answered",
    answer: { at: "dot", then: "silence" },
    becomes: "deferred",
    reply: /may have taken the copy: silence for 0\.24 s$/,
  },
  {
    when: "the copy is taken and the connection reset",
    answer: { at: "dot", takes: true, then: "reset" },
    becomes: "deferred",
    reply: /may have taken the copy: ECONNRESET$/,
    copies: 1,
  },
  {
    when: "the copy is taken and the connection closed",
    answer: { at: "dot", takes: true, then: "close" },
    becomes: "deferred",
    reply: /may have taken the copy: closed by the server$/,
    copies: 1,
  },
];

const toConnections: readonly Row[] = [
  {
    when: "nothing is said",
    answer: { at: "connect", then: "silence" },
    becomes: "deferred",
    reply: /^no greeting: silence/,
  },
  {
    when: "the greeting is 421",
    answer: { at: "connect", say: "421 4.3.2 busy", then: "close" },
    becomes: "deferred",
    reply: /^421 4\.3\.2 busy$/,
  },
  {
    when: "the greeting is 554",
    answer: { at: "connect", say: "554 5.3.2 no service here", then: "close" },
    becomes: "deferred",
    reply: /^554 5\.3\.2/,
  },
  {
    when: "the greeting is not SMTP",
    answer: { at: "connect", say: "SSH-2.0-wrong_door", then: "close" },
    becomes: "deferred",
    reply: /^not an SMTP reply: SSH-2\.0-wrong_door$/,
  },
  {
    when: "the connection is closed at once",
    answer: { at: "connect", then: "close" },
    becomes: "deferred",
    reply: /^no greeting: closed by the server$/,
  },
  {
    when: "the connection is reset at once",
    answer: { at: "connect", then: "reset" },
    becomes: "deferred",
    reply: /^no greeting: (cannot connect, )?ECONNRESET$/,
  },
  {
    when: "the greeting has three lines",
    answer: { at: "connect", say: "220-sink.example\n220-welcome\n220 ESMTP" },
    becomes: "sent",
    reply: /^250/,
  },
  {
    when: "EHLO is never answered",
    answer: { at: "ehlo", then: "silence" },
    becomes: "deferred",
    reply: /^no answer after EHLO: silence/,
  },
  {
    when: "EHLO is unknown and HELO works",
    answer: { at: "ehlo", say: "502 5.5.1 what?" },
    becomes: "sent",
    reply: /^250/,
  },
  { when: "EHLO gets 4xx", answer: { at: "ehlo", say: "450 4.3.2 later" }, becomes: "deferred", reply: /^450 4\.3\.2/ },
  { when: "MAIL gets 4xx", answer: { at: "mail", say: "451 4.3.0 later" }, becomes: "deferred", reply: /^451 4\.3\.0/ },
  {
    when: "MAIL gets 421 and the server closes",
    answer: { at: "mail", say: "421 4.3.2 closing", then: "close" },
    becomes: "deferred",
    reply: /^421 4\.3\.2/,
  },
  {
    when: "MAIL gets 5xx about our sender address",
    answer: { at: "mail", say: "553 5.1.8 sender domain does not exist" },
    becomes: "deferred",
    reply: /^553 5\.1\.8/,
  },
];

describe("the SMTP courier meets the answers of the world", () => {
  let sink: SmtpSink;
  let courier: Courier;

  afterEach(async function () {
    await courier.stop(0);
    await sink.stop();
    if (this.currentTest?.state === "failed") console.error(sink.transcript);
  });

  async function carry(list: CopyList, script: SinkScript, timeoutMs = longMs): Promise<void> {
    sink = await SmtpSink.start(script);
    courier = createSmtpCourier({
      source: list,
      relay: { host: "127.0.0.1", port: sink.port, tls: "none" },
      hostname: "kairan.example",
      connections: 1,
      timeoutMs,
    });
    await list.sentBy(courier);
  }
  const patience = ({ then }: OddAnswer): number => (then === "silence" ? shortMs : longMs);

  for (const offers of [["PIPELINING", "SIZE"], []]) {
    const way = offers.length > 0 ? "pipelining" : "one command at a time";
    for (const { when, answer, becomes, reply, copies = becomes === "sent" ? 1 : 0 } of toRecipients) {
      it(`${becomes} when ${when} (${way}), and its neighbours on the same connection are sent`, async () => {
        const [before, after] = [people(3, "before"), people(3, "after")];
        const list = new CopyList(...before, bart, ...after);
        await carry(list, { offers, recipients: { [bart]: answer } }, patience(answer));
        expect(list.outcome(bart)).to.include({ kind: becomes, host: "127.0.0.1" });
        expect(list.outcome(bart)?.reply).to.match(reply);
        expect(sink.copiesFor(bart)).to.have.length(copies);
        for (const other of [...before, ...after]) {
          expect(list.outcome(other)?.kind, other).to.equal("sent");
          expect(sink.copiesFor(other), other).to.have.length(1);
        }
        expect(sink.violations).to.deep.equal([]);
      });
    }
  }

  for (const { when, answer, becomes, reply } of toConnections) {
    it(`the copy that a connection was opened for is ${becomes} when ${when}, and the others are sent`, async () => {
      const others = people(3);
      const list = new CopyList(bart, ...others);
      await carry(list, { connections: { 1: answer } }, patience(answer));
      expect(list.outcome(bart)?.kind).to.equal(becomes);
      expect(list.outcome(bart)?.reply).to.match(reply);
      for (const other of others) expect(list.outcome(other)?.kind, other).to.equal("sent");
      expect(sink.violations).to.deep.equal([]);
    });
  }

  it("nobody fails for a server that only takes some recipients in one session: each refused copy costs one attempt", async () => {
    const list = new CopyList(...people(10));
    await carry(list, { sessionLimit: 4 });
    expect(list.kinds()).to.deep.include({ sent: 8, deferred: 2 });
    expect(sink.connections).to.equal(2);
    expect(sink.violations).to.deep.equal([]);
  });

  it("5xx at MAIL fails the copy where it speaks of the message, and the connection stays", async () => {
    const list = new CopyList(...people(3));
    await carry(list, { everyConnection: { at: "mail", say: "552 5.3.4 message too big" } });
    expect(list.kinds()).to.deep.equal({ failed: 3 });
    expect(sink.connections).to.equal(1);
    expect(sink.violations).to.deep.equal([]);
  });

  it("a server that says 354 with no recipient left gets a lone dot, and nobody an empty message", async () => {
    const list = new CopyList(...people(2), bart, ...people(2, "after"));
    await carry(list, { offers: ["PIPELINING", "X-354-ANYWAY"], recipients: { [bart]: "550 5.1.1 no such user" } });
    expect(list.outcome(bart)?.reply).to.equal("550 5.1.1 no such user");
    expect(list.kinds()).to.deep.equal({ sent: 4, failed: 1 });
    expect(sink.connections).to.equal(1);
    expect(sink.violations).to.deep.equal([]);
  });

  it("a refused connection defers the copy with the reason", async () => {
    const list = new CopyList(bart);
    sink = await SmtpSink.start();
    courier = createSmtpCourier({
      source: list,
      relay: { host: "127.0.0.1", port: await freePort(), tls: "none" },
      hostname: "kairan.example",
      connections: 1,
      timeoutMs: longMs,
    });
    await list.sentBy(courier);
    expect(list.outcome(bart)).to.deep.equal({
      kind: "deferred",
      reply: "no greeting: cannot connect, ECONNREFUSED",
      host: "127.0.0.1",
    });
  });
});
