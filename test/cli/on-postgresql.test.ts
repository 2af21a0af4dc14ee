/** The command line's way through a list's life, on PostgreSQL. */
import { expect } from "chai";
import { watchChanges } from "../../server/store/database/change-feed.ts";
import { openDatabase } from "../../server/store/database/database.ts";
import { freshDatabase } from "../support/postgres.ts";
import { until } from "../support/until.ts";
import { Operator } from "./operator.ts";

describe("the command line on PostgreSQL", () => {
  it("does the same as on SQLite, and tells a running server of each change", async () => {
    const fresh = await freshDatabase();
    const operator = await Operator.open({ database: fresh.url });
    await operator.does("list create news --title News --sender anne@example.org");
    const database = openDatabase(fresh.url);
    let heard = 0;
    const feed = await watchChanges(database, () => {
      heard++;
    });
    const before = heard;

    await operator.writes(
      "m.csv",
      `address,name\n${Array.from({ length: 600 }, (_, n) => `r${n}@example.org,R${n}`).join("\n")}`,
    );
    expect(await operator.does("member import news m.csv")).to.equal("600 added, 0 changed, 0 unchanged, 0 left\n");
    await until(() => heard > before);
    await operator.does("member add news a..b.@docomo.example --set class=3A");
    await operator.does("member pause news r7@example.org");
    await operator.does("list set news cooloff=5m own-copy=no");
    await operator.does("admin add anne --address anne@example.org --list news");
    expect((await operator.rows("list show news"))[0]).to.deep.include({
      cooloff: "5m",
      members: { waiting: 0, active: 600, paused: 1, bounced: 0, left: 0 },
      administrators: ["anne"],
    });
    await operator.writes("one.eml", "From: anne@example.org\r\nSubject: One\r\n\r\nHello\r\n");
    const [post] = await operator.rows("post news one.eml");
    expect((await operator.rows("posts news --search one"))[0]).to.include({
      id: post?.["id"],
      state: "sending",
      author: "anne@example.org",
    });
    expect(await operator.does(`stop ${String(post?.["id"])}`)).to.contain("is stopped");
    await operator.writes("m.csv", await operator.does("member export news"));
    expect(await operator.does("member import news m.csv --replace")).to.equal(
      "0 added, 0 changed, 601 unchanged, 0 left\n",
    );

    await feed.close();
    await database.close();
    await operator.close();
    await fresh.drop();
  });
});
