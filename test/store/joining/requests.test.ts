/** Requests: numbers drawn before their rows, tokens found again, and caps that hold when everything comes at once. */
import { expect } from "chai";
import { makeToken } from "../../../server/mail/token.ts";
import { couldProvoke, provoke, sweepProvoked } from "../../../server/store/joining/provoked-mail.ts";
import { insertRequest } from "../../../server/store/joining/requests.ts";
import type { Request } from "../../../server/store/joining/requests.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, member, soon } from "../given.ts";

const cap = { kind: "join", gapMs: 600_000, perDay: 3 };

onBothDatabases("requests", (open) => {
  async function made(store: Store): Promise<Request> {
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const anne = await member(store, list, "anne");
    const drawn = await store.requests.draw();
    const request = {
      drawn,
      kind: "join",
      listId: list.id,
      membershipId: anne.id,
      address: address("anne"),
      now: soon,
      expiresAt: soon + 1000,
    } as const;
    return store.database.write((write) => insertRequest(write, request));
  }

  it("draw numbers that never come twice, also beside rows that take the next", async () => {
    const store = await open();
    const first = await made(store);
    const more = await Promise.all(Array.from({ length: 20 }, () => store.requests.draw()));
    const { listId, membershipId, expiresAt } = first;
    const next = await store.database.write((write) =>
      insertRequest(write, { listId, membershipId, expiresAt, kind: "edit", address: address("anne"), now: soon }),
    );
    expect(new Set([first.id, next.id, ...more.map((one) => one.id)]).size).to.equal(22);
  });

  it("are found by their tokens alone, whatever their case, and by no token of another kind", async () => {
    const store = await open();
    const { id, secret } = await made(store);
    const token = makeToken({ purpose: "join", id, secret });
    const found = await store.requests.findByToken(token.toUpperCase());
    expect(found && "request" in found && found.request.id).to.equal(id);
    for (const forged of [
      makeToken({ purpose: "edit", id, secret }),
      `${token.startsWith("b") ? "c" : "b"}${token.slice(1)}`,
      "",
      "x",
      token.slice(0, -1),
    ])
      expect(await store.requests.findByToken(forged), forged).to.equal(undefined);
  });

  it("are known again after they are forgotten, as outlived", async () => {
    const store = await open();
    const { id, secret, listId } = await made(store);
    await store.database.write(async (write) => {
      await write.deleteFrom("request").where("id", "=", id).execute();
      const row = { id, list_id: listId, kind: "join", secret, ended_at: soon } as const;
      await write.insertInto("outlived_request").values(row).execute();
    });
    const token = makeToken({ purpose: "join", id, secret });
    expect(await store.requests.findByToken(token)).to.deep.equal({ outlived: { listId } });
  });

  it("provoke mail as ever after a clock that ran ahead was put right", async () => {
    const store = await open();
    const ask = (now: number) => store.database.write((write) => provoke(write, address("Anne"), { ...cap, now }));
    expect(await ask(soon + 400 * 86_400_000)).to.equal(true);
    expect(await ask(soon)).to.equal(true);
    expect(await ask(soon - 1), "began before, came after").to.equal(false);
  });

  it("provoke one mail in the gap and three a day, however many come at once", async () => {
    const store = await open();
    const ask = (now: number) => store.database.write((write) => provoke(write, address("Anne"), { ...cap, now }));
    const minute = 60_000;
    let sent = 0;
    for (const at of [0, 9, 10, 19, 20, 30, 40, 1439]) {
      const answers = await Promise.all(Array.from({ length: 30 }, () => ask(soon + at * minute)));
      sent += answers.filter(Boolean).length;
    }
    expect(sent).to.equal(3);
    const nextDay = soon + 1440 * minute;
    expect(await couldProvoke(store.database, address("anne"), { ...cap, now: nextDay - 1 })).to.equal(false);
    expect(await couldProvoke(store.database, address("anne"), { ...cap, now: nextDay })).to.equal(true);
    await sweepProvoked(store.database, nextDay);
    const left = await store.database.reader.selectFrom("provoked_mail").selectAll().execute();
    expect(left).to.have.lengthOf(2);
  });
});
