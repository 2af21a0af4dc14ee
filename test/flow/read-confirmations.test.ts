import { expect } from "chai";
import { bodyText } from "../support/body-text.ts";
import { World, postId } from "../support/world.ts";

/** The links of that kind in a copy. */
function links(text: string, kind: string): readonly string[] {
  return [...text.matchAll(new RegExp(`^https://kairan\\.example\\.org(/${kind}/[a-z2-7]+)\\r?$`, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

describe("a post that asks to be confirmed", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const confirmedOf = async (post: number): Promise<readonly string[]> => {
    const rows = await world.app.store.deliveries.page(post, { limit: 100 });
    return rows.filter(({ confirmedAt }) => confirmedAt !== undefined).map(({ address }) => address);
  };

  for (const [how, to, subject] of [
    ["by its address", "news+confirm", "Water"],
    ["by its subject", "news", "[confirm] Water"],
    ["by its subject in Japanese", "news", "=?UTF-8?B?W+mWi+WwgeeiuuiqjV0gV2F0ZXI=?="],
  ] as const) {
    it(`${how} gives every member a page of their own, whose button alone confirms`, async () => {
      await world.list("news", { members: ["bart@b.example", "cris@c.example"], prefix: "[news]" });
      const post = postId(await world.posts("anne@north.example", to, { subject }));
      await world.quiet(post);
      const [copy] = world.inbox("bart@b.example");
      expect(copy?.text.toString()).to.match(/^Subject: \[news\] Water\r$/m);
      const [path, ...others] = links(bodyText(copy?.text ?? Buffer.of()), "c");
      expect(others).to.have.length(0);
      expect(links(bodyText(world.inbox("cris@c.example")[0]?.text ?? Buffer.of()), "c")).to.not.include(path);
      const url = `${world.app.webUrl}${path ?? ""}`;
      for (const method of ["GET", "HEAD"]) expect((await fetch(url, { method })).status).to.equal(200);
      expect(await confirmedOf(post)).to.deep.equal([]);
      const page = await (await fetch(url, { method: "POST" })).text();
      expect(page).to.contain("Water").and.to.contain("Thank you");
      expect(page, "no more of who wrote than the copy tells").to.not.contain("north.example");
      await fetch(url, { method: "POST" });
      expect(await confirmedOf(post)).to.deep.equal(["bart@b.example"]);
      expect((await world.app.store.posts.find(post))?.responses.confirmed).to.equal(1);
    });
  }

  it("is the same unknown page for every other token", async () => {
    await world.list("news", { members: ["bart@b.example"] });
    const post = postId(await world.posts("anne@north.example", "news", { subject: "[confirm] Water" }));
    await world.quiet(post);
    const text = bodyText(world.inbox("bart@b.example")[0]?.text ?? Buffer.of());
    const [confirm = ""] = links(text, "c");
    const [leave = ""] = links(text, "u");
    const pages = [];
    for (const path of [
      `/c/${leave.slice(3)}`,
      "/c/aaaaaaaaaaaaaaaab",
      `${confirm}a`,
      "/c/x",
      `/c/${"a".repeat(4000)}`,
    ]) {
      const answer = await fetch(world.app.webUrl + path, { method: "POST" });
      expect(answer.status, path).to.equal(404);
      pages.push(await answer.text());
    }
    expect(new Set(pages).size).to.equal(1);
    expect(await confirmedOf(post)).to.deep.equal([]);
  });

  it("answers each of those who press together, and counts each once", async () => {
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const post = postId(await world.posts("anne@north.example", "news", { subject: "[confirm] Water" }));
    await world.quiet(post);
    const [bart = "", cris = ""] = ["bart@b.example", "cris@c.example"].map(
      (address) => links(bodyText(world.inbox(address)[0]?.text ?? Buffer.of()), "c")[0],
    );
    const press = async (path: string): Promise<string> => {
      const answer = await fetch(world.app.webUrl + path, { method: "POST" });
      return `${answer.status} ${/Thank you|already/.exec(await answer.text())?.[0] ?? ""}`;
    };
    expect(await press(bart)).to.equal("200 Thank you");
    const [first, unknown, before, twice] = await Promise.all([cris, `${cris}a`, bart, cris].map(press));
    expect([first, unknown, before]).to.deep.equal(["200 Thank you", "404 ", "200 already"]);
    // The second press of one reader may share the first one's commit, or come after it.
    expect(twice).to.match(/^200 (Thank you|already)$/);
    expect(await confirmedOf(post)).to.have.members(["bart@b.example", "cris@c.example"]);
    expect((await world.app.store.posts.find(post))?.responses.confirmed).to.equal(2);
  });

  it("asks nothing where the post does not", async () => {
    await world.list("news", { members: ["bart@b.example"] });
    const post = postId(await world.posts("anne@north.example", "news"));
    await world.quiet(post);
    expect(links(bodyText(world.inbox("bart@b.example")[0]?.text ?? Buffer.of()), "c")).to.deep.equal([]);
  });
});
