/** Threads for hostile input: kept while they end well, given up on else. */
import { expect } from "chai";
import { Apart } from "../../server/mail/apart.ts";
import type { OddAnswer, OddRequest } from "../support/odd-worker.ts";

describe("work that is done apart", () => {
  const open = (ms = 20_000): Apart<OddRequest, OddAnswer> => {
    const apart = new Apart<OddRequest, OddAnswer>(new URL("../support/odd-worker.ts", import.meta.url), {
      ms,
      megabytes: 16,
    });
    opened.push(apart);
    return apart;
  };
  const opened: Apart<OddRequest, OddAnswer>[] = [];
  afterEach(() => {
    for (const apart of opened.splice(0)) apart.close();
  });
  const thread = (answer: object): unknown => ("thread" in answer ? answer.thread : answer);

  it("is done by the same thread while that ends well", async () => {
    const apart = open();
    const first = thread(await apart.ask({ does: "answer" }));
    expect(first).to.be.a("number");
    expect(thread(await apart.ask({ does: "answer" }))).to.equal(first);
  });

  it("is given up on when it throws or takes too much, and the next is done by another thread", async () => {
    const apart = open();
    for (const does of ["throw", "grow"] as const) {
      const before = thread(await apart.ask({ does: "answer" }));
      expect(await apart.ask({ does })).to.deep.equal({ gaveUp: "tooMuch" });
      expect(thread(await apart.ask({ does: "answer" })))
        .to.be.a("number")
        .that.does.not.equal(before);
    }
  });

  it("is given up on when it takes too long, and does not hold up who waits for longer", async () => {
    const apart = open(1);
    const answers = await Promise.all(Array.from({ length: 5 }, () => apart.ask({ does: "nothing" })));
    expect(answers).to.deep.equal(Array.from({ length: 5 }, () => ({ gaveUp: "late" })));
  });

  it("is done two at a time, others in their turn", async () => {
    const apart = open();
    const answers = await Promise.all(Array.from({ length: 9 }, () => apart.ask({ does: "answer" })));
    expect(new Set(answers.map(thread)).size).to.equal(2);
  });

  it("ends with the server", async () => {
    const apart = open();
    const asked = [apart.ask({ does: "nothing" }), apart.ask({ does: "nothing" })];
    apart.close();
    expect(await Promise.all(asked)).to.deep.equal([{ gaveUp: "ended" }, { gaveUp: "ended" }]);
  });
});
