/** What nobody types and somebody sends: pages answer it with a word, on PostgreSQL too, which refuses NUL and numbers beyond its own. */
import { expect } from "chai";
import { freshDatabase } from "../support/postgres.ts";
import type { FreshDatabase } from "../support/postgres.ts";
import { Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";
import { processorTime } from "../support/processor-time.ts";

const huge = "9".repeat(400);

describe("hostile forms", () => {
  let database: FreshDatabase;
  let panel: Panel;
  let owner: Visitor;
  let list: number;
  let account: number;
  before(async () => {
    database = await freshDatabase();
    panel = await Panel.open({ database: database.url });
    await panel.owner("olivia");
    ({ id: list } = await panel.list("news", { members: ["bart@south.example"] }));
    ({ id: account } = await panel.account("anne"));
    owner = await Visitor.signedIn(panel, "olivia");
  });
  after(async () => {
    await panel.close();
    await database.drop();
  });

  it("with a NUL sign nobody in, and find nobody", async () => {
    const stranger = new Visitor(panel);
    await stranger.get("/sign-in");
    expect((await stranger.post("/sign-in", { username: "oli\0via", password: "x" })).status).to.equal(401);
    expect((await stranger.get("/join/news%00@lists.example.org")).status).to.equal(404);
    expect((await owner.get("/search?q=a%00b")).status).to.equal(200);
    expect((await owner.get(`/lists/${list}/members?q=a%00b&sort=a:%00`)).status).to.equal(200);
  });

  it("with a NUL are told so by every field that is written down", async () => {
    for (const [path, fields] of [
      [`/lists/${list}/members`, { address: "cris@c.example", name: "C\0" }],
      [`/lists/${list}/members`, { address: "cris@c.example", attributeName0: "a\0", attributeValue0: "b" }],
      [`/lists/${list}/senders`, { addresses: "cris@c.example", name: "C\0" }],
      [`/lists/${list}/senders/many`, { people: "C\0 <cris@c.example>" }],
      [`/lists/${list}/administrators`, { who: "cris\0@c.example" }],
      ["/lists", { name: "n\0", domain: "lists.example.org", title: "N", sender: "s@c.example" }],
      ["/accounts", { address: "cris@c.example", name: "C\0", role: "owner" }],
    ] as const)
      expect((await owner.post(path, fields)).status, `${path} ${JSON.stringify(fields)}`).to.equal(422);
  });

  it("of the greatest length are answered at once", async () => {
    const spent = processorTime();
    for (const [path, field] of [
      [`/lists/${list}/senders/many`, "people"],
      [`/lists/${list}/senders`, "addresses"],
      [`/lists/${list}/joining`, "attributes"],
      [`/lists/${list}/members`, "address"],
    ] as const)
      for (const sign of ["x", " x", "@", "<"])
        expect((await owner.post(path, { [field]: sign.repeat(400_000 / sign.length) })).status).to.be.oneOf([
          413, 422,
        ]);
    expect(spent()).to.be.lessThan(10_000);
  });

  it("are told in a notice that fits into a cookie, however much there is to say", async () => {
    const taken = Array.from({ length: 40 }, (_, n) => `${"t".repeat(50)}${n}@taken.example`);
    await owner.post(`/lists/${list}/senders/many`, { people: taken.join("\n") });
    const answer = await owner.post(`/lists/${list}/senders`, { addresses: ["first@f.example", ...taken].join("\n") });
    expect(answer.status).to.equal(303);
    expect(answer.headers.getSetCookie().join("; ").length).to.be.lessThan(4096);
    expect((await owner.get(`/lists/${list}/senders`)).text).to.include("taken.example");
  });

  it("with a number that no row can have find no row", async () => {
    for (const number of [huge, "1e400", "1.5", "-1", "NaN"]) {
      expect((await owner.post(`/accounts/${account}/lists`, { list: number })).status, number).to.equal(404);
      expect((await owner.post(`/accounts/${account}/lists/remove`, { list: number })).status, number).to.equal(404);
      expect((await owner.post(`/lists/${list}/administrators/remove`, { account: number })).status).to.equal(404);
      expect((await owner.get(`/lists/${number}/members`)).status).to.equal(404);
      const invited = { address: `n${number.length}@c.example`, username: `n${number.length}`, role: "administrator" };
      expect((await owner.post("/accounts", { ...invited, list: number })).status, number).to.be.oneOf([200, 422]);
    }
  });
});
