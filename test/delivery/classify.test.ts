/** Which replies send, defer or fail a copy, and what they do to the connection. */
import { expect } from "chai";
import { classify, sessionFate } from "../../server/delivery/classify.ts";
import type { SessionFate, Stage, Verdict } from "../../server/delivery/classify.ts";

type Row = readonly [stage: Stage, reply: string, verdict: Verdict, fate: SessionFate];

const table: readonly Row[] = [
  ["greeting", "220 hello", "go-on", "stays"],
  ["greeting", "554 5.3.2 no service here", "deferred", "stays"],
  ["greeting", "421 4.3.2 busy", "deferred", "closes"],
  ["ehlo", "550 5.7.1 who are you", "deferred", "stays"],
  ["starttls", "454 4.7.0 not now", "deferred", "stays"],
  ["auth", "235 2.7.0 welcome", "go-on", "stays"],
  ["auth", "535 5.7.8 bad credentials", "deferred", "stays"],
  ["auth", "250 ok", "deferred", "closes"],
  ["rset", "250 ok", "go-on", "stays"],
  ["mail", "250 ok", "go-on", "stays"],
  ["mail", "451 4.3.0 later", "deferred", "leaves"],
  ["mail", "452 4.3.1 disk full", "deferred", "leaves"],
  ["mail", "421 4.3.2 closing", "deferred", "closes"],
  ["mail", "530 5.7.0 authenticate first", "deferred", "leaves"],
  ["mail", "550 5.7.1 your network is listed", "deferred", "leaves"],
  ["mail", "553 5.1.8 sender domain does not exist", "deferred", "leaves"],
  ["mail", "552 message too big", "failed", "stays"],
  ["mail", "552 5.3.4 message too big", "failed", "stays"],
  ["mail", "554 5.2.3 message too long", "failed", "stays"],
  ["mail", "554 5.6.1 no 8-bit here", "failed", "stays"],
  ["mail", "354 go on", "deferred", "closes"],
  ["rcpt", "250 ok", "go-on", "stays"],
  ["rcpt", "251 2.1.5 will forward", "go-on", "stays"],
  ["rcpt", "252 cannot verify", "go-on", "stays"],
  ["rcpt", "354 go on", "deferred", "closes"],
  ["rcpt", "450 4.2.0 later", "deferred", "stays"],
  ["rcpt", "450 5.1.1 contradicts itself", "deferred", "stays"],
  ["rcpt", "452 4.2.2 mailbox full", "deferred", "stays"],
  ["rcpt", "452 4.5.3 too many recipients", "deferred", "leaves"],
  ["rcpt", "421 4.7.0 too fast", "deferred", "closes"],
  ["rcpt", "503 5.5.1 out of sequence", "deferred", "stays"],
  ["rcpt", "530 5.7.0 authenticate first", "deferred", "stays"],
  ["rcpt", "550 4.2.1 contradicts itself", "deferred", "stays"],
  ["rcpt", "550 5.1.1 no such user", "failed", "stays"],
  ["rcpt", "550 no", "failed", "stays"],
  ["rcpt", "552 5.2.2 mailbox full", "failed", "stays"],
  ["rcpt", "553 5.1.3 bad address", "failed", "stays"],
  ["rcpt", "556 5.1.10 the domain takes no mail", "failed", "stays"],
  ["data", "354 go on", "go-on", "stays"],
  ["data", "250 ok", "deferred", "closes"],
  ["data", "451 4.3.0 later", "deferred", "stays"],
  ["data", "554 5.7.1 no", "failed", "stays"],
  ["dot", "250 2.0.0 taken", "sent", "stays"],
  ["dot", "251 forwarded", "sent", "stays"],
  ["dot", "354 go on", "deferred", "closes"],
  ["dot", "421 4.3.2 closing", "deferred", "closes"],
  ["dot", "451 4.6.0 later", "deferred", "stays"],
  ["dot", "554 5.7.1 spam", "failed", "stays"],
];

describe("classify", () => {
  for (const [stage, reply, verdict, fate] of table) {
    it(`${reply} at ${stage}: ${verdict}, and the connection ${fate}`, () => {
      const parsed = { code: Number(reply.slice(0, 3)), lines: [reply.slice(4)] };
      expect(classify(stage, parsed)).to.equal(verdict);
      expect(sessionFate(stage, parsed)).to.equal(fate);
    });
  }

  it("what is no SMTP reply defers the copy and closes the connection, at every stage", () => {
    for (const stage of ["greeting", "ehlo", "starttls", "auth", "rset", "mail", "rcpt", "data", "dot"] as const) {
      expect(classify(stage, { code: 0, lines: ["eh?"] })).to.equal("deferred");
      expect(sessionFate(stage, { code: 0, lines: ["eh?"] })).to.equal("closes");
    }
  });
});
