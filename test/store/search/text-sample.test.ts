import { expect } from "chai";
import { isRare, rareGrams, textSample } from "../../../server/store/search/text-sample.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers } from "../given.ts";

const numbered = Array.from({ length: 100 }, (_, n) => `m${n}@example.com\n山田`);
const sample = { texts: numbered, members: 100_000 };

describe("a sample of members", () => {
  it("tells which grams of a word are rare, and leaves out those that all have", () => {
    expect(rareGrams(sample, { words: ["m77@example.com"], most: 1000 })).to.have.members(["77", "7@", "m7"]);
    expect(rareGrams(sample, { words: ["佐藤"], most: 1000 })).to.have.members(["佐", "藤", "佐藤"]);
    expect(rareGrams(sample, { words: ["7"], most: 1000 })).to.equal(undefined);
  });

  it("leaves some where all have them all, unless that is far too many", () => {
    expect(rareGrams({ texts: numbered, members: 100 }, { words: ["山田"], most: 1000 })).to.have.members([
      "山",
      "田",
      "山田",
    ]);
    expect(rareGrams(sample, { words: ["山田"], most: 1000 })).to.equal(undefined);
  });

  it("tells which words hardly anybody has", () => {
    expect(isRare(sample, ["m77"])).to.equal(true);
    expect(isRare(sample, ["m7"])).to.equal(false);
    expect(isRare(sample, ["m7", "zzzz"])).to.equal(true);
    expect(isRare({ texts: [], members: 0 }, ["m"])).to.equal(true);
  });
});

onBothDatabases("a sample of members", (open) => {
  it("is spread over a list, in step with no numbering, and knows nobody of another", async () => {
    const store = await open();
    const [news, other, empty] = [
      await givenList(store, "news"),
      await givenList(store, "o"),
      await givenList(store, "e"),
    ];
    await givenMembers(store, news, 300);
    await givenMembers(store, other, ["someone"]);
    const { texts, members } = await textSample(store.database, news.id);
    const numbers = texts.map((text) => Number(/^m(\d+)@/.exec(text)?.[1]));
    expect(members).to.equal(300);
    expect(texts).to.have.length(100);
    expect(new Set(numbers.map((number) => Math.floor(number / 30))))
      .to.have.property("size")
      .that.is.at.least(9);
    expect(new Set(numbers.map((number) => number % 10)).size).to.equal(10);
    expect((await textSample(store.database, undefined)).members).to.equal(301);
    expect(await textSample(store.database, empty.id)).to.deep.equal({ texts: [], members: 0 });
  });
});
