/** The pool of connections: when they are opened, what they share, how they are kept, and how all of it ends. */
import { expect } from "chai";
import type { Courier } from "../../server/delivery/courier.ts";
import { createSmtpCourier } from "../../server/delivery/smtp-courier.ts";
import type { SmtpCourierOptions } from "../../server/delivery/smtp-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";
import type { OddAnswer, SinkScript } from "../support/sink-script.ts";
import { SmtpSink } from "../support/smtp-sink.ts";

const bart = "bart@b.example";
const silentDot: OddAnswer = { at: "dot", then: "silence" };

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;
}

describe("the SMTP courier's connections", () => {
  let sink: SmtpSink;
  let courier: Courier;

  afterEach(async function () {
    await courier.stop(0);
    await sink.stop();
    if (this.currentTest?.state === "failed") console.error(sink.transcript);
  });

  async function start(
    source: CopyList,
    script: SinkScript = {},
    options: Partial<SmtpCourierOptions> = {},
  ): Promise<void> {
    sink = await SmtpSink.start(script);
    const relay = { host: "127.0.0.1", port: sink.port, tls: "none" } as const;
    courier = createSmtpCourier({
      source,
      relay,
      hostname: "kairan.example",
      connections: 4,
      timeoutMs: 60_000,
      ...options,
    });
  }

  describe("are opened", () => {
    it("only for a copy, and kept for the next one", async () => {
      const list = new CopyList();
      await start(list);
      courier.wake();
      list.add(bart);
      await list.sentBy(courier);
      list.add(...people(1));
      await list.sentBy(courier);
      expect(sink.connections).to.equal(1);
      expect(list.kinds()).to.deep.equal({ sent: 2 });
    });

    it("as many as there are copies, up to the bound", async () => {
      const list = new CopyList(...people(10));
      await start(list, { recipients: Object.fromEntries(people(10).map((address) => [address, silentDot])) });
      courier.wake();
      await sink.until(() => sink.open === 4 && list.inFlight.size === 4);
      expect(list.left).to.equal(6);
    });

    it("again in place of those that the server has had enough of", async () => {
      const list = new CopyList(...people(40));
      await start(list, { sessionLimit: 7 });
      await list.sentBy(courier);
      expect(list.kinds()["sent"]).to.be.at.least(35);
      expect(sink.connections).to.be.above(4);
      expect(sink.violations).to.deep.equal([]);
    });

    it("in growing pauses while the server is down, so that few copies are used up", async () => {
      const list = new CopyList(...people(100));
      await start(
        list,
        { everyConnection: { at: "connect", say: "421 4.3.2 down", then: "close" } },
        { connections: 1 },
      );
      const begun = performance.now();
      courier.wake();
      await list.until(() => list.kinds()["deferred"] === 3);
      expect(performance.now() - begun).to.be.at.least(700);
      expect(list.left).to.equal(97);
    });

    it("no faster when the server goes down in the middle of its work", async () => {
      const list = new CopyList(...people(4));
      await start(list);
      await list.sentBy(courier);
      await sink.stop();
      list.add(...people(100, "later"));
      courier.wake();
      await list.until(() => (list.kinds()["deferred"] ?? 0) > 0);
      await new Promise(setImmediate);
      expect(list.left + list.inFlight.size).to.be.at.least(95);
    });

    it("in pauses, too, while the server greets but takes no MAIL", async () => {
      const list = new CopyList(...people(100));
      await start(list, { everyConnection: { at: "mail", say: "452 4.3.1 disk full" } });
      courier.wake();
      await list.until(() => list.kinds()["deferred"] === 2);
      expect(list.left + list.inFlight.size).to.equal(98);
      expect(list.outcome("member1@readers.example")?.reply).to.equal("452 4.3.1 disk full");
      await sink.until(() => sink.dialogue.includes("1 C: QUIT"));
      expect(sink.violations).to.deep.equal([]);
    });

    it("beside one that is silent, without waiting for it", async () => {
      const list = new CopyList(bart, ...people(50));
      await start(list, { connections: { 1: { at: "connect", then: "silence" } } });
      courier.wake();
      await list.until(() => list.kinds()["sent"] === 50);
      expect([...list.inFlight].map(({ rcptTo }) => rcptTo)).to.deep.equal([bart]);
    });
  });

  it("a copy that waits behind a silent final dot goes back before that times out, and no attempt counts", async () => {
    const list = new CopyList(...people(2), bart, ...people(2, "after"));
    await start(list, { recipients: { [bart]: silentDot } }, { connections: 1, timeoutMs: 300 });
    list.onSettled = () => courier.wake();
    courier.wake();
    await list.until(() => list.outcomes.has("after1@readers.example"));
    expect(list.outcomes.get("after1@readers.example")).to.deep.equal([{ kind: "untried" }]);
    expect(list.outcomes.has(bart)).to.equal(false);
    await list.until(() => list.left === 0 && list.inFlight.size === 0);
    expect(list.kinds()).to.deep.equal({ sent: 4, deferred: 1, untried: 1 });
    expect(sink.copiesFor("after1@readers.example")).to.have.length(1);
  });

  it("an idle connection that the server has closed costs no copy", async () => {
    const list = new CopyList(bart);
    await start(list, { recipients: { [bart]: { at: "dot", say: "250 2.0.0 taken", then: "close" } } });
    await list.sentBy(courier);
    list.add(...people(1));
    await list.sentBy(courier);
    expect(list.outcome("member1@readers.example")?.kind).to.equal("sent");
    expect(list.kinds()).to.not.have.property("deferred");
  });

  it("an idle connection ends with QUIT after a while", async () => {
    const list = new CopyList(bart);
    await start(list, {}, { idleMs: 20, timeoutMs: 200 });
    await list.sentBy(courier);
    await sink.until(() => sink.open === 0);
    expect(sink.dialogue).to.include("1 C: QUIT");
    expect(sink.violations).to.deep.equal([]);
  });

  it("a connection that is saying QUIT takes no copy with it", async () => {
    const list = new CopyList(bart);
    await start(list, {}, { idleMs: 20, timeoutMs: 200 });
    await list.sentBy(courier);
    await sink.until(() => sink.dialogue.includes("1 C: QUIT"));
    list.add(...people(1));
    await list.sentBy(courier);
    expect(list.kinds()).to.deep.equal({ sent: 2 });
    expect(sink.violations).to.deep.equal([]);
  });

  it("a thousand copies leave the event loop free in between", async () => {
    const list = new CopyList(...people(1000));
    await start(list);
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      if (list.left > 0) setImmediate(turn);
    };
    setImmediate(turn);
    await list.sentBy(courier);
    expect(turns).to.be.above(50);
    expect(sink.copies).to.have.length(1000);
    expect(sink.connections).to.be.at.most(4);
  });

  describe("when stopped", () => {
    it("finish the copy that is past DATA and give back the one behind it", async () => {
      const { promise: theServerHasTime, resolve: letItAnswer } = Promise.withResolvers<undefined>();
      const list = new CopyList(...people(1), bart, "cora@c.example", "dirk@d.example");
      const answer: OddAnswer = { at: "dot", say: "250 2.0.0 taken at last", after: theServerHasTime };
      await start(list, { recipients: { [bart]: answer } }, { connections: 1 });
      courier.wake();
      await sink.until(() => sink.dialogue.filter((line) => line.endsWith("octets of text)")).length === 2);
      const stopped = courier.stop(5000);
      expect(list.outcomes.get("cora@c.example")).to.deep.equal([{ kind: "untried" }]);
      letItAnswer(undefined);
      await stopped;
      expect(list.outcome(bart)).to.include({ kind: "sent", reply: "250 2.0.0 taken at last" });
      expect(list.outcomes.has("dirk@d.example")).to.equal(false);
      await sink.until(() => sink.open === 0);
      expect(sink.copies).to.have.length(2);
    });

    it("give back the copy that they were opened for", async () => {
      const list = new CopyList(bart);
      await start(list, { everyConnection: { at: "connect", then: "silence" } });
      courier.wake();
      await sink.until(() => sink.open === 1);
      await courier.stop(5000);
      expect(list.outcomes.get(bart)).to.deep.equal([{ kind: "untried" }]);
    });

    it("give back a copy whose RCPT has no answer yet", async () => {
      const list = new CopyList(bart);
      await start(list, { recipients: { [bart]: { at: "rcpt", then: "silence" } } });
      courier.wake();
      await sink.until(() => sink.attempts.has(bart));
      await courier.stop(5000);
      expect(list.outcomes.get(bart)).to.deep.equal([{ kind: "untried" }]);
    });

    it("are cut when the time is over: what was past DATA is deferred", async () => {
      const list = new CopyList(bart);
      await start(list, { recipients: { [bart]: silentDot } });
      courier.wake();
      await sink.until(() => sink.dialogue.some((line) => line.endsWith("octets of text)")));
      await courier.stop(20);
      expect(list.outcome(bart)?.kind).to.equal("deferred");
      expect(list.outcome(bart)?.reply).to.match(/may have taken the copy: stopped$/);
    });

    it("say QUIT when idle, and nothing is pulled or left open afterwards", async () => {
      // What other files of tests have left is not ours.
      const before = openSockets();
      const list = new CopyList(...people(8));
      await start(list);
      await list.sentBy(courier);
      await courier.stop(5000);
      list.add(bart);
      courier.wake();
      await sink.until(() => sink.open === 0);
      expect(list.left).to.equal(1);
      expect(sink.dialogue.filter((line) => line.endsWith("C: QUIT"))).to.have.length(sink.connections);
      await sink.stop();
      expect(openSockets()).to.be.at.most(before);
    });
  });
});
