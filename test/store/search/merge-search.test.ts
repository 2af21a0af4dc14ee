import { expect } from "chai";
import { sql } from "kysely";
import { deleteList } from "../../../server/store/deletion/delete-list.ts";
import { openStore } from "../../../server/store/store.ts";
import type { Store } from "../../../server/store/store.ts";
import { laidOut } from "../../support/laid-out.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { givenList, givenMembers } from "../given.ts";

/** Parts of the members' index, and its pages. */
async function sizeOf(store: Store): Promise<{ readonly parts: number; readonly pages: number }> {
  const { rows } = await sql<{ parts: number; pages: number }>`
    SELECT count(DISTINCT segid) AS parts, (SELECT count(*) FROM member_search_data) AS pages FROM member_search_idx`.execute(
    store.database.reader,
  );
  return rows[0] ?? { parts: NaN, pages: NaN };
}

describe("SQLite's index of members", () => {
  it("is merged by the writes that add to it, and shrinks again by those that take out", async () => {
    const folder = await temporaryFolder();
    const store = await openStore(await laidOut(`${folder.path}/kairan.db`));
    const list = await givenList(store);
    const writes = 60;
    const atOnce = 20;
    for (let write = 0; write < writes; write++)
      await givenMembers(
        store,
        list,
        Array.from({ length: atOnce }, (_, n) => `member${write * atOnce + n}`),
      );
    const full = await sizeOf(store);
    expect(full.parts).to.be.lessThan(writes / 3);
    const page = await store.members.page(list.id, { search: "member777", limit: 10 });
    expect(page.map(({ name }) => name)).to.deep.equal(["member777"]);
    await deleteList(store.database, list.id);
    expect((await sizeOf(store)).pages).to.be.lessThan(full.pages / 2);
    await store.close();
    await folder.remove();
  });
});
