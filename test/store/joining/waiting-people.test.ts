/** Who waits to be a member: pages of them, letting in and forgetting, with counts that stay right. */
import { expect } from "chai";
import { sql } from "kysely";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import { makeToken } from "../../../server/mail/token.ts";
import { expireJoinings, forgetSettled, forgetWaiting } from "../../../server/store/joining/forget-waiting.ts";
import { askToJoin, confirmJoining } from "../../../server/store/joining/joinings.ts";
import type { Confirmed } from "../../../server/store/joining/joinings.ts";
import type { Request } from "../../../server/store/joining/requests.ts";
import type { Store } from "../../../server/store/store.ts";
import { letIn } from "../../../server/store/joining/waiting-people.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member, soon } from "../given.ts";

const day = 86_400_000;

onBothDatabases("people who wait", (open, kind) => {
  async function asks(store: Store, list: MailingList, name: string): Promise<Request> {
    const drawn = await store.requests.draw();
    const asking = { kind, listId: list.id, address: address(name), name, drawn, now: soon, expiresAt: soon + day };
    await store.database.write((write) => askToJoin(write, { ...asking, deliveryId: 1 }));
    const request = await store.requests.find(drawn.id);
    if (request === undefined) throw new Error("no request was made");
    return request;
  }
  const confirms = (store: Store, request: Request, { needsApproval = false, now = later } = {}): Promise<Confirmed> =>
    store.database.write((write) =>
      confirmJoining(write, request, {
        kind,
        by: "page",
        name: "New Name",
        attributes: { year: "2" },
        needsApproval,
        now,
      }),
    );
  async function expectRightTally(store: Store): Promise<void> {
    const { rows } = await sql`SELECT list_id, status, count(*) AS n FROM membership GROUP BY list_id, status
      EXCEPT SELECT list_id, status, count FROM member_tally`.execute(store.database.reader);
    expect(rows).to.deep.equal([]);
  }

  it("are paged from the newest, those who confirmed also apart", async () => {
    const store = await open();
    const list = await givenList(store);
    for (let n = 1; n <= 5; n++) {
      const request = await asks(store, list, `m${n}`);
      if (n % 2 === 0) expect(await confirms(store, request, { needsApproval: true })).to.equal("approval");
    }
    const first = await store.waiting.page(list.id, { limit: 2 });
    const rest = await store.waiting.page(list.id, { limit: 9, before: first.at(-1)?.membershipId });
    expect([...first, ...rest].map((one) => one.address[1])).to.deep.equal(["5", "4", "3", "2", "1"]);
    const confirmed = await store.waiting.page(list.id, { limit: 9, confirmed: true });
    expect(confirmed.map(({ name, attributes, confirmedAt }) => ({ name, attributes, confirmedAt }))).to.deep.equal(
      [4, 2].map(() => ({ name: "New Name", attributes: { year: "2" }, confirmedAt: later })),
    );
    expect(await store.waiting.awaitingApproval(list.id)).to.equal(2);
    await expectRightTally(store);
  });

  it("confirm once, in time, and not after they were taken off the list", async () => {
    const store = await open();
    const list = await givenList(store);
    const inTime = await asks(store, list, "anne");
    expect(await confirms(store, inTime, { now: soon + day })).to.equal("over");
    const answers = await Promise.all([confirms(store, inTime), confirms(store, inTime)]);
    expect(answers.toSorted()).to.deep.equal(["member", "over"]);
    const bart = await asks(store, list, "bart");
    await store.members.setStatus(bart.membershipId, "left", soon);
    expect(await confirms(store, bart)).to.equal("over");
  });

  it("are let in by an administrator, who is named as the one when nothing was confirmed", async () => {
    const store = await open();
    const list = await givenList(store);
    const [anne, bart] = [await asks(store, list, "anne"), await asks(store, list, "bart")];
    await confirms(store, bart, { needsApproval: true });
    const other = await asks(store, await givenList(store, "other"), "cris");
    const membershipIds = [anne, bart, other].map((request) => request.membershipId);
    const let1 = await store.database.write((write) =>
      letIn(write, { kind, listId: list.id, membershipIds, now: later }),
    );
    expect(let1).to.have.members([anne.membershipId, bart.membershipId]);
    expect(await member(store, list, "anne")).to.include({ status: "active", joinedBy: "administrator" });
    expect(await member(store, list, "bart")).to.include({ status: "active", joinedBy: "page" });
    expect(await confirms(store, anne)).to.equal("over");
    await expectRightTally(store);
  });

  it("are forgotten with all that was known of them alone, and known again by their token", async () => {
    const store = await open();
    const list = await givenList(store);
    const requests: Request[] = [];
    for (let n = 0; n < 130; n++) requests.push(await asks(store, list, `m${n}`));
    await givenMembers(store, await givenList(store, "other"), ["m7"]);
    await confirms(store, requests[9] ?? expect.fail(), { needsApproval: true });
    expect(await expireJoinings(store.database, soon + day - 1)).to.equal(0);
    expect(await expireJoinings(store.database, soon + day)).to.equal(129);

    expect(await store.members.counts(list.id)).to.include({ waiting: 1, active: 0, left: 0 });
    const known = await store.database.reader.selectFrom("address").select("address").execute();
    expect(known.map((row) => row.address)).to.have.members(["m7@example.com", "m9@example.com"]);
    const { id, secret } = requests[3] ?? expect.fail();
    const found = await store.requests.findByToken(makeToken({ purpose: "join", id, secret }));
    expect(found).to.deep.equal({ outlived: { listId: list.id } });
    await expectRightTally(store);
    await expireJoinings(store.database, soon + 92 * day);
    expect(await store.requests.findByToken(makeToken({ purpose: "join", id, secret }))).to.equal(undefined);
  });

  it("are asked about no more three months after their joining was settled, unless an administrator has yet to say yes", async () => {
    const store = await open();
    const list = await givenList(store);
    const [anne, bart, cris] = [
      await asks(store, list, "anne"),
      await asks(store, list, "bart"),
      await asks(store, list, "cris"),
    ];
    await confirms(store, anne);
    await confirms(store, bart, { needsApproval: true });
    await confirms(store, cris, { now: later + 1 });
    await forgetSettled(store.database, later + 90 * day);

    const left = [];
    for (const { id } of [anne, bart, cris]) left.push((await store.requests.find(id)) !== undefined);
    expect(left).to.deep.equal([false, true, true]);
    expect(await member(store, list, "anne")).to.include({ status: "active", joinedBy: "page", name: "New Name" });
    const token = makeToken({ purpose: "join", id: anne.id, secret: anne.secret });
    expect(await store.requests.findByToken(token)).to.deep.equal({ outlived: { listId: list.id } });
    expect((await store.waiting.page(list.id, { limit: 9 })).map(({ name }) => name)).to.deep.equal(["New Name"]);
  });

  it("who had left before are as they were when they are dismissed", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const anne = await member(store, list, "anne");
    await store.members.leave(anne.id, soon);
    const request = await asks(store, list, "anne");
    expect((await store.waiting.page(list.id, { limit: 1 }))[0]).to.include({ wasMember: true, name: "anne" });
    await store.database.write((write) => forgetWaiting(write, { kind, membershipIds: [anne.id], now: later }));
    expect(await member(store, list, "anne")).to.include({ status: "left", leftAt: soon, endedBy: "member" });
    expect(await store.requests.find(request.id)).to.equal(undefined);
    await expectRightTally(store);
  });
});
