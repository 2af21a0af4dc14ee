import { expect } from "chai";
import { sweepLinks } from "../../../server/store/joining/outlived-links.ts";
import { insertRequest, settleRequest } from "../../../server/store/joining/requests.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, member } from "../given.ts";

const day = 86_400_000;

onBothDatabases("links that nobody pressed", (open) => {
  it("are forgotten a month after their time, what was settled or is about joining not", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, ["anne"]);
    const { id: membershipId } = await member(store, list, "anne");
    const made = (kind: "edit" | "address" | "join", expiresAt: number) =>
      store.database.write((write) =>
        insertRequest(write, { kind, listId: list.id, membershipId, address: address("anne"), now: 0, expiresAt }),
      );
    const [old, young, settled, joining] = [
      await made("edit", later),
      await made("edit", later + 1),
      await made("address", later),
      await made("join", later),
    ];
    await store.database.write((write) => settleRequest(write, settled.id, { by: "page", now: later }));

    await sweepLinks(store.database, later + 30 * day);

    const found = [];
    for (const { id } of [old, young, settled, joining]) found.push((await store.requests.find(id)) !== undefined);
    expect(found).to.deep.equal([false, true, true, true]);
  });
});
