/** Trial mode's courier: everything is settled, nothing leaves. */
import { expect } from "chai";
import { createOutboxCourier } from "../../server/delivery/outbox-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";

describe("the outbox courier", () => {
  it("settles every copy as sent, in words that say where it is, and makes none of them", async () => {
    const render = (): never => {
      throw new Error("nobody is to see it");
    };
    const list = new CopyList(...people(200).map((rcptTo) => ({ rcptTo, render })));
    await list.sentBy(createOutboxCourier({ source: list }));
    expect(list.kinds()).to.deep.equal({ sent: 200 });
    expect(list.outcome("member200@readers.example")).to.deep.equal({
      kind: "sent",
      reply: "kept here, not sent",
      host: "outbox",
    });
  });

  it("lets others work between its batches", async () => {
    const list = new CopyList(...people(500));
    const courier = createOutboxCourier({ source: list });
    courier.wake();
    const left: number[] = [];
    while (list.left > 0) {
      await new Promise(setImmediate);
      left.push(list.left);
    }
    expect(left.length).to.be.at.least(5);
  });

  it("takes nothing more once it is stopped", async () => {
    const list = new CopyList(...people(5));
    const courier = createOutboxCourier({ source: list });
    courier.wake();
    await courier.stop(0);
    courier.wake();
    await new Promise(setImmediate);
    expect(list.left).to.equal(5);
  });
});
