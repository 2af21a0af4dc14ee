import { expect } from "chai";
import type { Member } from "../../../server/lists/member.ts";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import { implausibleDays, noteDayTold } from "../../../server/store/members/failure-days.ts";
import { stoppedToTell, noteStoppedTold } from "../../../server/store/members/stopped-members.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, later, member, record } from "../given.ts";

type Given = { readonly store: Store; readonly list: MailingList; readonly anne: () => Promise<Member> };

const hour = 3_600_000;
const day = 24 * hour;

onBothDatabases("bounce days", (open) => {
  let posts = 0;

  /** A copy for each member leaves, and what is said of all of them comes at that time. */
  async function post(store: Store, list: MailingList, at: number): Promise<readonly number[]> {
    const times = { receivedAt: at, post: { startsAt: at } };
    await expand(store, await givenPost(store, list, { fingerprint: `post ${++posts}`, ...times }), at);
    return (await claim(store, 1000, at)).map((one) => one.id);
  }

  async function fails({ store, list }: Given, at: number, nobodyThere = true): Promise<void> {
    const times = { receivedAt: at, post: { startsAt: at } };
    await expand(store, await givenPost(store, list, { fingerprint: `post ${++posts}`, ...times }), at);
    const claims = await claim(store, 1000, at);
    await record(store, claims, { state: "failed", reply: "550 5.1.1 no such user", nobodyThere, at });
  }

  async function bounces({ store, list }: Given, at: number, permanent = true): Promise<void> {
    const ids = await post(store, list, at);
    for (const deliveryId of ids)
      await store.bounces.record({
        deliveryId,
        permanence: permanent ? "permanent" : "temporary",
        status: "5.1.1",
        diagnostic: "550 gone",
        report: Buffer.from("report"),
        receivedAt: at,
      });
  }

  async function givenAnne(): Promise<Given> {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    return { store, list, anne: () => member(store, list, "anne") };
  }

  it("stop a member on the third, by refusals and by reports, and count the member so", async () => {
    const given = await givenAnne();
    const { store, list, anne } = given;
    await fails(given, later);
    await bounces(given, later + day);
    expect((await anne()).status).to.equal("active");
    await fails(given, later + 2 * day);
    expect((await anne()).status).to.equal("bounced");
    expect(await store.members.counts(list.id)).to.include({ active: 0, bounced: 1 });
    expect(await post(store, list, later + 3 * day)).to.deep.equal([]);
  });

  it("count nothing against a member whose further address has nobody", async () => {
    const { store, list, anne } = await givenAnne();
    for (let n = 0; n < 4; n++) {
      const at = later + n * day;
      const times = { receivedAt: at, post: { startsAt: at } };
      await expand(store, await givenPost(store, list, { fingerprint: `post ${++posts}`, ...times }), at);
      // As the last of the reminders writes it down.
      await store.database.write(async (write) =>
        write.updateTable("delivery").set({ rcpt_to: "anne@work.example" }).where("state", "=", "pending").execute(),
      );
      const claims = await claim(store, 10, at);
      expect(claims).to.have.length(1);
      await record(store, claims, { state: "failed", reply: "550 5.1.1 no such user", nobodyThere: true, at });
    }
    expect((await anne()).status).to.equal("active");
  });

  it("count one a day, however many copies fail, and none for temporary trouble", async () => {
    const given = await givenAnne();
    const { anne } = given;
    for (let n = 0; n < 12; n++) await fails(given, later + n * hour);
    for (let n = 1; n < 9; n++) await fails(given, later + n * day, false);
    for (let n = 1; n < 9; n++) await bounces(given, later + n * day + hour, false);
    expect((await anne()).status).to.equal("active");
    await fails(given, later + 10 * day);
    expect((await anne()).status).to.equal("active");
    await fails(given, later + 20 * day);
    expect((await anne()).status).to.equal("bounced");
  });

  it("are never full within a day, whatever comes, and always after three that fail all day", async () => {
    const given = await givenAnne();
    const { anne } = given;
    const random = randomFrom(7);
    for (let round = 1; round <= 15; round++) {
      const begin = later + round * 60 * day;
      const times = Array.from({ length: 1 + Math.floor(random() * 8) }, () => begin + Math.floor(random() * day));
      for (const at of times.toSorted((a, b) => a - b)) await (random() < 0.5 ? fails : bounces)(given, at);
      expect((await anne()).status, times.join()).to.equal("active");
    }
    for (const at of [0, 1, 2].flatMap((n) => [9, 20].map((hours) => later + 2000 * day + n * day + hours * hour)))
      await fails(given, at);
    expect((await anne()).status).to.equal("bounced");
  });

  it("are forgotten after thirty quiet days, by resuming, and with a new address", async () => {
    const given = await givenAnne();
    const { store, anne } = given;
    await fails(given, later);
    await fails(given, later + day);
    await fails(given, later + 32 * day);
    expect((await anne()).status).to.equal("active");
    await fails(given, later + 33 * day);
    await fails(given, later + 34 * day);
    expect((await anne()).status).to.equal("bounced");

    await store.members.setStatus((await anne()).id, "active", later + 35 * day);
    await fails(given, later + 36 * day);
    await fails(given, later + 37 * day);
    expect((await anne()).status).to.equal("active");

    const { id, versionId } = await anne();
    const change = { address: address("anne2"), name: "anne", attributes: {}, versionId };
    expect(await store.members.edit(id, change, later + 37 * day + 5)).to.equal("done");
    await fails(given, later + 38 * day);
    expect((await store.members.find(id))?.status).to.equal("active");
  });

  it("say nothing against a member whose address is another by now", async () => {
    const given = await givenAnne();
    const { store, list, anne } = given;
    const copies = [
      await post(store, list, later),
      await post(store, list, later + 1),
      await post(store, list, later + 2),
    ];
    const { id, versionId } = await anne();
    await store.members.edit(id, { address: address("anne2"), name: "anne", attributes: {}, versionId }, later + 5);
    for (const [n, [deliveryId = 0]] of copies.entries())
      await store.bounces.record({
        deliveryId,
        permanence: "permanent",
        status: "5.1.1",
        diagnostic: "gone",
        report: Buffer.from("report"),
        receivedAt: later + (n + 1) * day,
      });
    expect((await store.members.find(id))?.status).to.equal("active");
  });

  it("count in a list of its own, and for those alone whose copy failed", async () => {
    const given = await givenAnne();
    const { store, list } = given;
    const other = await givenList(store, "other");
    await givenMembers(store, list, ["bart"]);
    await givenMembers(store, other, ["anne"]);
    for (let n = 0; n < 3; n++) {
      const at = later + n * day;
      await expand(
        store,
        await givenPost(store, list, { fingerprint: `own ${n}`, receivedAt: at, post: { startsAt: at } }),
        at,
      );
      const claims = await claim(store, 10, at);
      await record(
        store,
        claims.filter((one) => one.name === "anne"),
        { state: "failed", reply: "550 5.1.1", nobodyThere: true, at },
      );
      await record(
        store,
        claims.filter((one) => one.name !== "anne"),
        { state: "sent", at },
      );
    }
    expect((await member(store, list, "anne")).status).to.equal("bounced");
    expect((await member(store, list, "bart")).status).to.equal("active");
    expect((await member(store, other, "anne")).status).to.equal("active");
  });

  it("are none where too many of a list fail at once, as when a relay refuses everybody; others are stopped as ever", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 60);
    const given = { store, list, anne: () => member(store, list, "m1") };
    const active = async (): Promise<number> => (await store.members.counts(list.id)).active;
    for (let n = 0; n < 5; n++) await fails(given, later + n * day);
    expect(await active(), "a relay that refuses everybody for five days").to.equal(60);
    const days = await implausibleDays(store.database, { since: later - 1 });
    expect(days.map(({ failed, members }) => [failed, members])).to.deep.equal(
      Array.from({ length: 5 }, () => [60, 60]),
    );
    expect(days[0]).to.include({ listId: list.id, words: "550 5.1.1 no such user" });

    const [first] = days;
    if (first !== undefined) await store.database.write((write) => noteDayTold(write, first, later));
    expect(await implausibleDays(store.database, { since: later - 1, untold: true })).to.have.length(4);

    // Ten of them are really gone: the days of the relay count for none of the three.
    for (let n = 5; n < 8; n++) {
      expect(await active(), `day ${n}`).to.equal(60);
      const at = later + n * day;
      const times = { receivedAt: at, post: { startsAt: at } };
      await expand(store, await givenPost(store, list, { fingerprint: `post ${++posts}`, ...times }), at);
      const claims = await claim(store, 1000, at);
      await record(store, claims.slice(0, 10), { state: "failed", reply: "550 5.1.1", nobodyThere: true, at });
      await record(store, claims.slice(10), { state: "sent", at });
    }
    expect(await active()).to.equal(50);
    expect(await implausibleDays(store.database, { since: later + 5 * day - 1 })).to.deep.equal([]);
  });

  it("are told once, with the other server's words, and those whom a file made bounced are not", async () => {
    const given = await givenAnne();
    const { store, list } = given;
    await store.members.save(
      list.id,
      [{ address: address("old"), name: "", attributes: {}, status: "bounced" }],
      later,
    );
    for (let n = 0; n < 3; n++) await fails(given, later + n * day);
    const now = later + 2 * day + 5;
    const told = [{ address: "anne@example.com", name: "anne", words: "550 5.1.1 no such user" }];
    expect(await stoppedToTell(store.database, now)).to.deep.equal([{ listId: list.id, count: 1, members: told }]);
    await store.database.write((write) => noteStoppedTold(write, list.id, now));
    expect(await stoppedToTell(store.database, now + 2 * day)).to.deep.equal([]);
  });
});

/** The same numbers in each run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}
