import { expect } from "chai";
import type { Member, StatusWish } from "../../../server/lists/member.ts";
import { attributeField } from "../../../server/lists/search-text.ts";
import type { MemberQuery } from "../../../server/store/members/member-list.ts";
import type { NewMember } from "../../../server/store/members/members.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { address, givenList, givenMembers, later, soon } from "../given.ts";

const families = ["佐藤", "鈴木", "髙橋", "田中", "Ōno", "O'Neill", "𠮷田", "ヤマダ"];

function pupil(index: number): NewMember {
  const attributes = {
    組: `${(index % 6) + 1}-${"ABC"[index % 3]}`,
    番号: String(index),
    ...(index % 7 === 0 && { 委員: "図書" }),
  };
  const name = index % 11 === 0 ? "" : `${families[index % 8]} ${index}`;
  const status = (["active", "active", "paused", "active", "left"] as const)[index % 5];
  return { address: address(`p${index}`), name, attributes, ...(status && { status }) };
}

async function givenPupils(store: Store, count: number): Promise<number> {
  const list = await givenList(store);
  const other = await givenList(store, "other");
  await store.members.save(
    other.id,
    Array.from({ length: 30 }, (_, index) => pupil(index)),
    soon,
  );
  await store.members.save(
    list.id,
    Array.from({ length: count }, (_, index) => pupil(index)),
    soon,
  );
  return list.id;
}

/** Every page of it, forward; each previous page is looked at too. */
async function walked(store: Store, listId: number, query: MemberQuery): Promise<readonly Member[]> {
  const found: Member[] = [];
  let page = await store.members.list(listId, query);
  for (let before: readonly Member[] = []; ;) {
    found.push(...page.members);
    if (page.previous !== undefined && before.length > 0) {
      const back = await store.members.list(listId, { ...query, before: page.previous });
      expect(back.members.map(({ id }) => id)).to.deep.equal(before.map(({ id }) => id));
    }
    if (page.next === undefined) return found;
    before = page.members;
    page = await store.members.list(listId, { ...query, after: page.next });
  }
}

onBothDatabases("a list of members", (open) => {
  const numbers = (members: readonly Member[]) => members.map((member) => Number(member.attributes["番号"]));

  for (const [sort, keyOf] of [
    [undefined, (index: number) => index],
    [attributeField("番号"), (index: number) => index],
    [attributeField("組"), (index: number) => (index % 6) * 100_000 + (index % 3) * 10_000 + index],
    [attributeField("委員"), (index: number) => (index % 7 === 0 ? index : undefined)],
  ] as const) {
    it(`is sorted by ${sort ?? "joining"}, up and down, page by page and back`, async () => {
      const store = await open();
      const count = 230;
      const listId = await givenPupils(store, count);
      const all = Array.from({ length: count }, (_, index) => index);
      const valued = all
        .filter((index) => keyOf(index) !== undefined)
        .sort((a, b) => (keyOf(a) ?? 0) - (keyOf(b) ?? 0));
      const others = all.filter((index) => keyOf(index) === undefined);
      const query = { limit: 40, ...(sort !== undefined && { sort }) };
      expect(numbers(await walked(store, listId, query))).to.deep.equal([...valued, ...others]);
      expect(numbers(await walked(store, listId, { ...query, descending: true }))).to.deep.equal([
        ...valued.toReversed(),
        ...others.toReversed(),
      ]);
    });
  }

  it("sorts names without regard to case, width and kind of kana, and those without one last", async () => {
    const store = await open();
    const list = await givenList(store);
    const names = ["ｂart", "Anne", "サトウ", "いとう", "", "b10", "b9", "ｻｲﾄｳ"];
    await store.members.save(
      list.id,
      names.map((name, index) => ({ ...pupil(index), name })),
      soon,
    );
    const sorted = await store.members.list(list.id, { sort: "name", limit: 20 });
    expect(sorted.members.map(({ name }) => name)).to.deep.equal([
      "Anne",
      "b9",
      "b10",
      "ｂart",
      "いとう",
      "ｻｲﾄｳ",
      "サトウ",
      "",
    ]);
  });

  it("finds what has few matches and what has many, in any order, of any status", async () => {
    const store = await open();
    const count = 2600;
    const listId = await givenPupils(store, count);
    const all = Array.from({ length: count }, (_, index) => pupil(index));
    const cases: readonly (readonly [string, StatusWish | undefined, (one: NewMember) => boolean])[] = [
      ["佐藤", undefined, ({ name }) => name.includes("佐藤")],
      ["藤", "paused", ({ name }) => name.includes("藤")],
      ["ﾔﾏﾀﾞ", undefined, ({ name }) => name.includes("ヤマダ")],
      ["図書 p7", undefined, (one) => one.attributes["委員"] !== undefined && one.address.local.startsWith("p7")],
      ["P2599@EXAMPLE.COM", undefined, ({ address: { local } }) => local === "p2599"],
      ["example", "left", () => true],
      ["𠮷", undefined, ({ name }) => name.includes("𠮷")],
      ["6", undefined, (one) => JSON.stringify(Object.values(one)).includes("6")],
      ["o'n", undefined, ({ name }) => name.includes("O'N")],
      ["nobody", undefined, () => false],
      ["", "left", () => true],
      ["", "present", () => true],
      ["藤", "present", ({ name }) => name.includes("藤")],
      ["%", undefined, () => false],
    ];
    for (const [search, status, fits] of cases) {
      const expected = all.flatMap((one, index) =>
        fits(one) && (status === undefined || (status === "present" ? one.status !== "left" : one.status === status))
          ? [index]
          : [],
      );
      for (const sort of [undefined, attributeField("番号")]) {
        const query = { search, limit: 300, ...(status && { status }), ...(sort && { sort }) };
        const said = `${search} ${status ?? ""} ${sort ?? ""}`;
        expect(numbers(await walked(store, listId, query)), said).to.deep.equal(expected);
      }
    }
  });

  it("goes on where a page ended early, and comes to the end", async () => {
    const store = await open();
    const list = await givenList(store);
    await givenMembers(store, list, 5300);
    // One letter: the index does not know it, and the walk finds it nowhere but at the end.
    await store.members.save(list.id, [{ ...pupil(1), name: "Zoë q" }], soon);
    const first = await store.members.list(list.id, { search: "q", limit: 50, patience: 1000 });
    expect(first).to.deep.include({ members: [], isCut: true });
    const second = await store.members.list(list.id, { search: "q", limit: 50, after: first.next ?? 0 });
    expect(second.members.map(({ name }) => name)).to.deep.equal(["Zoë q"]);
    expect(second).to.include({ isCut: false, next: undefined });
    expect((await store.members.page(list.id, { search: "q", limit: 50 })).map(({ name }) => name)).to.deep.equal([
      "Zoë q",
    ]);
  });

  it("finds a member by what they are now, and no longer by what they were", async () => {
    const store = await open();
    const listId = await givenPupils(store, 60);
    const [before] = (await store.members.list(listId, { search: "p33@", limit: 5 })).members;
    await store.members.edit(
      before?.id ?? 0,
      { address: address("new"), name: "渡辺", attributes: { 組: "9-Z" }, versionId: before?.versionId ?? 0 },
      later,
    );
    const ids = async (search: string) =>
      (await store.members.list(listId, { search, limit: 5 })).members.map(({ id }) => id);
    expect(await ids("p33@")).to.deep.equal([]);
    expect(await ids("渡辺")).to.deep.equal([before?.id]);
    const sorted = await store.members.list(listId, { sort: attributeField("組"), descending: true, limit: 1 });
    expect(sorted.members.map(({ id }) => id)).to.deep.equal([before?.id]);
  });

  it("names the attributes that its members have", async () => {
    const store = await open();
    const listId = await givenPupils(store, 20);
    expect(await store.members.attributeNames(listId)).to.have.members(["組", "番号", "委員"]);
    expect(await store.members.attributeNames(999)).to.deep.equal([]);
  });

  it("bears attributes of any name, number and length", async () => {
    const store = await open();
    const list = await givenList(store);
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`項目${index}`, "値".repeat(900)]));
    const odd = {
      [`${"長".repeat(3000)}1`]: "x",
      [`${"長".repeat(3000)}2`]: "y",
      "": "empty",
      "a:": "\0'\"",
      __proto__: "p",
    };
    await store.members.save(
      list.id,
      [
        { ...pupil(1), attributes: many },
        { ...pupil(2), attributes: odd },
      ],
      soon,
    );
    expect((await store.members.attributeNames(list.id)).length).to.be.greaterThan(60);
    expect((await store.members.list(list.id, { sort: attributeField("項目7"), limit: 5 })).members).to.have.length(2);
  });
});
