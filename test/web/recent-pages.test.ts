import { expect } from "chai";
import { RecentPages } from "../../server/web/recent-pages.ts";

describe("pages that many see at the same time", () => {
  const count = { rendered: 0 };
  const pages = new RecentPages();
  const page = (...facts: readonly unknown[]): string =>
    pages.page(facts, () => `${facts.join(" ")}, rendering ${++count.rendered}`);

  it("are rendered once, and apart for whatever they show apart", () => {
    const first = page("confirm", { subject: "Water", at: "8:00" }, "en");
    expect(page("confirm", { subject: "Water", at: "8:00" }, "en")).to.equal(first);
    for (const other of [page("confirm", { subject: "Water", at: "8:01" }, "en"), page("confirm", {}, "ja")])
      expect(other).not.to.equal(first);
    expect(count.rendered).to.equal(3);
  });

  it("are forgotten when a hundred others have come", () => {
    const first = page("post", 0);
    for (let post = 1; post < 100; post++) page("post", post);
    expect(page("post", 0)).to.equal(first);
    page("post", 100);
    expect(page("post", 0)).not.to.equal(first);
  });
});
