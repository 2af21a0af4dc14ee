/** The number that is shown before sending is the number of copies that sending makes, whatever the conditions. */
import { expect } from "chai";
import type { Condition, Recipients } from "../../../server/lists/recipients.ts";
import type { MailingList } from "../../../server/lists/mailing-list.ts";
import { countRecipients } from "../../../server/store/recipients/recipient-count.ts";
import type { CountPlace, Reach } from "../../../server/store/recipients/recipient-count.ts";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, expand, givenList, givenMembers, incoming, member, soon } from "../given.ts";
import { seeded } from "../seeded.ts";

async function counted(store: Store, reach: Reach): Promise<number> {
  let count = 0;
  let from: CountPlace | undefined;
  do {
    const piece = await countRecipients(store.database, reach, { from });
    count += piece.count;
    from = piece.next;
  } while (from !== undefined);
  return count;
}

/** Copies that a post to the lists makes. */
async function copies(
  store: Store,
  lists: readonly MailingList[],
  { posterId, recipients }: Pick<Reach, "posterId" | "recipients">,
): Promise<number> {
  const post = { posterId, recipients };
  const fingerprint = `${Math.random()}`;
  const posts = await acceptMessage(store.database, incoming(lists, { fingerprint, post }));
  for (const each of posts) await expand(store, each);
  const found = await store.posts.some(posts.map(({ id }) => id));
  return found.reduce((sum, { tally }) => sum + tally.pending, 0);
}

onBothDatabases("how many a draft would reach", (open) => {
  const ages = ["20", "25歳", "２９", "30", "031", "-5", "3.5", "1,234", "", "unknown"];
  const places = ["渋谷区", "港区", "SHIBUYA", "shibuya", ""];

  async function givenTwoLists(store: Store): Promise<readonly [MailingList, MailingList]> {
    const below = seeded(7);
    const one = await givenList(store, "one");
    const other = await givenList(store, "other", { ownCopy: false });
    for (const [list, from] of [
      [one, 0],
      [other, 40],
    ] as const) {
      const people = Array.from({ length: 90 }, (_, index) => ({
        address: address(`m${from + index}`),
        name: `M ${from + index}`,
        attributes: { 年齢: ages[below(ages.length)] ?? "", 地域: places[below(places.length)] ?? "" },
        status: below(5) === 0 ? ("paused" as const) : ("active" as const),
      }));
      await store.members.save(list.id, people, soon);
    }
    return [one, other];
  }

  it("is how many copies it makes, over one list and several, by any condition", async () => {
    const store = await open();
    const [one, other] = await givenTwoLists(store);
    const poster = (await member(store, one, "m45")).personId;
    const conditions: readonly (readonly Condition[])[] = [
      [{ field: "年齢", from: 20, to: 29 }],
      [{ field: "年齢", from: -10, to: 10 }],
      [{ field: "年齢", from: 1000 }],
      [{ field: "年齢", is: ["31"] }],
      [{ field: "地域", is: ["shibuya", "港区"] }],
      [{ field: "地域", isNot: ["港区"] }],
      [{ field: "地域", isEmpty: true }],
      [{ field: "name", contains: "m 4" }],
      [
        { field: "年齢", from: 20 },
        { field: "地域", is: ["港区", "渋谷区"] },
      ],
      [{ field: "no such", is: ["x"] }],
    ];
    const choices: readonly (Recipients | undefined)[] = [
      undefined,
      ...conditions.map((all) => ({ kind: "conditions" as const, all })),
      { kind: "ticked", persons: [poster, poster + 1, poster + 2, 999_999] },
    ];
    for (const recipients of choices)
      for (const lists of [[one], [one, other], [other, one]]) {
        const posterId = poster;
        const reach = { listIds: lists.map(({ id }) => id), recipients, posterId };
        expect(await counted(store, reach), JSON.stringify(reach)).to.equal(
          await copies(store, lists, { posterId, recipients }),
        );
      }
  });

  it("comes in pieces where many are looked at, and says whom first", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 3200);
    const recipients: Recipients = { kind: "conditions", all: [{ field: "name", isNot: ["m7"] }] };
    const reach = { listIds: [list.id], recipients, posterId: undefined };
    const first = await countRecipients(store.database, reach);
    expect(first.count).to.equal(2999);
    expect(first.first.map(({ name }) => name)).to.deep.equal(["m1", "m2", "m3", "m4", "m5", "m6", "m8", "m9"]);
    expect(await countRecipients(store.database, reach, { from: first.next })).to.deep.include({
      count: 200,
      next: undefined,
    });
    expect((await countRecipients(store.database, reach, { enough: 1 })).count).to.equal(999);
    expect((await countRecipients(store.database, { ...reach, recipients: undefined })).count).to.equal(3200);
  });
});
