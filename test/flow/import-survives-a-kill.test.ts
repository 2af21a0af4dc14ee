/** kill -9 while a large file becomes members, and while that is taken back: the next start goes on, and it ends right. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { MemberImport } from "../../server/lists/member-import.ts";
import { openStore } from "../../server/store/store.ts";
import type { Store } from "../../server/store/store.ts";
import { ServerProcess } from "../support/server-process.ts";
import { laidOut } from "../support/laid-out.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { until } from "../support/until.ts";
import { address, domain } from "../support/world.ts";

const rows = 4000;

describe("an import whose server is killed", () => {
  it("is read, applied and undone to its end, each line once", async () => {
    const folder = await temporaryFolder();
    const config = join(folder.path, "config.json");
    await writeFile(
      config,
      JSON.stringify({
        hostname: domain,
        database: "kairan.db",
        smtp: { listen: "127.0.0.1:0" },
        web: { listen: "127.0.0.1:0" },
        outbound: { via: "outbox" },
      }),
    );
    const store = await openStore(await laidOut(join(folder.path, "kairan.db")));
    const list = await store.lists.create({
      ...defaultSettings,
      title: "News",
      name: "news",
      domain,
      createdAt: Date.now(),
    });
    const listId = list?.id ?? 0;
    await store.members.save(
      listId,
      [{ address: address("old@many.example"), name: "Old", attributes: {} }],
      Date.now(),
    );
    const { id } = await store.imports.begin(
      { listId, fileName: "m.csv", byCommand: false, replaces: false, welcomes: false },
      Date.now(),
    );
    const lines = Array.from({ length: rows }, (_, n) => `m${n}@many.example,M${n}`);
    await store.imports.addChunk(id, 0, Buffer.from(["address,name", "old@many.example,New", ...lines].join("\n")));
    await store.imports.arrived(id);

    await killedBetween(config, store, { id, when: (of) => of.counts.rows > 900 });
    await killedBetween(config, store, { id, when: (of) => of.state === "ready" });
    expect((await find(store, id)).counts).to.include({ rows: rows + 1, added: rows, changed: 1 });

    expect(await store.imports.apply(id, Date.now())).to.equal("begun");
    await killedBetween(config, store, { id, when: (of) => of.done.added > 700 });
    await killedBetween(config, store, { id, when: (of) => of.state === "applied" });
    expect((await find(store, id)).done).to.deep.equal({ added: rows, changed: 1, unchanged: 0, left: 0 });
    expect((await store.members.counts(listId)).active).to.equal(rows + 1);

    expect(await store.imports.undo(id, Date.now())).to.equal("begun");
    await killedBetween(config, store, { id, when: (of) => of.undone.restored > 700 });
    await killedBetween(config, store, { id, when: (of) => of.state === "undone" });
    expect((await find(store, id)).undone).to.deep.equal({ restored: rows + 1, kept: 0 });
    expect((await store.members.counts(listId)).active).to.equal(1);
    expect((await store.members.findByAddress(listId, address("old@many.example")))?.name).to.equal("Old");
    await store.close();
    await folder.remove();
  });
});

/** The server runs until the import has come so far. */
async function killedBetween(
  config: string,
  store: Store,
  { id, when }: { readonly id: number; readonly when: (of: MemberImport) => boolean },
): Promise<void> {
  const server = await ServerProcess.start(config);
  await until(async () => when(await find(store, id)));
  await server.kill();
}

async function find(store: Store, id: number): Promise<MemberImport> {
  const of = await store.imports.find(id);
  if (of === undefined) throw new Error("the import is gone");
  return of;
}
