/** An import from its first octet to its way back, on both databases. */
import { expect } from "chai";
import { memberPages } from "../../server/imports/member-pages.ts";
import { membersCsv } from "../../server/imports/members-csv.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { memberStatuses } from "../../server/lists/member.ts";
import { bringBack, importRows } from "../../server/store/imports/import-rows.ts";
import { touchedMembers } from "../../server/store/imports/import-members.ts";
import { sweepImports } from "../../server/store/deletion/import-sweep.ts";
import type { Store } from "../../server/store/store.ts";
import { words } from "../../server/words/words.ts";
import { onBothDatabases } from "../store/both-databases.ts";
import { address, givenList, givenPost, later, member, soon } from "../store/given.ts";
import { found, givenImport, goOn, readThrough } from "./given-import.ts";
import { processorTime } from "../support/processor-time.ts";

/** `address name status {attributes}` of everybody on the list. */
async function everybody(store: Store, list: MailingList): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const page of memberPages(store, list.id))
    for (const one of page)
      lines.push(
        [one.address, one.name, one.status, one.endedBy ?? "", one.leftAt ?? "", JSON.stringify(one.attributes)].join(
          " ",
        ),
      );
  return lines.toSorted();
}

async function apply(store: Store, id: number, now = later): Promise<void> {
  expect(await store.imports.apply(id, now)).to.equal("begun");
  expect((await goOn(store, id, { now })).state).to.equal("applied");
}

async function takeBack(store: Store, id: number, now = later): Promise<void> {
  expect(await store.imports.undo(id, now)).to.equal("begun");
  expect((await goOn(store, id, { now })).state).to.equal("undone");
}

onBothDatabases("an import", (open) => {
  it("takes in what no text should hold, mended, and gives it out so that nothing runs", async () => {
    const store = await open();
    const list = await givenList(store);
    const formulas = ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠a", "\n=1", " =1"];
    const rows = formulas.map((text, n) => `f${n}@example.com,"${text}","${text}"`);
    const file = `address,name,=note\u0000\nanne@example.com,A\u0000B,a\u0000b\n${rows.join("\n")}\n`;
    const { id, counts, state } = await givenImport(store, list, { text: file });
    expect(state).to.equal("ready");
    expect(counts.added + counts.fault).to.equal(formulas.length + 1);
    await apply(store, id);
    expect((await member(store, list, "anne")).attributes).to.satisfy((all: object) =>
      Object.values(all).every((value: string) => !value.includes("\u0000")),
    );
    const said = words("en");
    const csvWords = { address: "a", name: "n", status: "s", statuses: said.memberStatus };
    const attributes = await store.members.attributeNames(list.id);
    const out = await Array.fromAsync(membersCsv(memberPages(store, list.id), { words: csvWords, attributes }));
    const text = out.join("").slice(1);
    expect(text).not.to.match(/(?:^|[,\n])"?[\s]*[=+\-@＝＋－＠]/u);
  });

  it("of nothing but commas is no row without end", async () => {
    const store = await open();
    const list = await givenList(store);
    const begun = await store.imports.begin(
      { listId: list.id, fileName: "m.csv", byCommand: false, replaces: false, welcomes: false },
      soon,
    );
    for (let seq = 0; seq < 40; seq++) await store.imports.addChunk(begun.id, seq, Buffer.alloc(256 * 1024, ","));
    await store.imports.arrived(begun.id);
    const before = process.memoryUsage().rss;
    const of = await readThrough(store, begun.id);
    expect(of).to.deep.include({ state: "faulty", fault: { kind: "unreadable-line", line: 1 } });
    expect(process.memoryUsage().rss - before).to.be.lessThan(200_000_000);
  });

  it("of more columns than any list has says so at once", async () => {
    const store = await open();
    const list = await givenList(store);
    const names = Array.from({ length: 150_000 }, (_, n) => n).join(",");
    const spent = processorTime();
    const of = await givenImport(store, list, { text: `address,${names}\n` });
    expect(of).to.deep.include({ state: "faulty", fault: { kind: "many-columns", most: 500 } });
    expect(spent()).to.be.lessThan(12_000);
  });

  it("shows what it would do and changes nothing before somebody says yes", async () => {
    const store = await open();
    const list = await givenList(store);
    const known = { name: "", attributes: {} };
    await store.members.save(
      list.id,
      ["same", "other", "gone", "left", "back"].map((name) => ({ ...known, address: address(name), name })),
      soon,
    );
    await store.members.leave((await member(store, list, "left")).id, soon);
    await store.members.setStatus((await member(store, list, "back")).id, "left", soon);
    const before = await everybody(store, list);
    const text = [
      "address,name",
      "same@example.com,same",
      "other@example.com,Other",
      "new@example.com,New",
      "left@example.com,Left",
      "back@example.com,back",
      "nobody,N",
      "NEW@example.com,Newer",
      "ｍend＠example.com,M",
    ].join("\n");
    const read = await givenImport(store, list, { text, replaces: true });
    expect(read.state).to.equal("ready");
    expect(read.counts).to.deep.equal({
      rows: 8,
      added: 3,
      changed: 1,
      unchanged: 1,
      stays: 1,
      repeated: 1,
      fault: 1,
      mended: 1,
      leaving: 1,
    });
    const page = { after: 0, limit: 50 };
    const lines = async (which: "added" | "stays" | "repeated" | "fault") =>
      (await importRows(store.database, read.id, { ...page, which })).map((row) => row.line);
    expect(await lines("added")).to.deep.equal([6, 8, 9]);
    expect(await lines("stays")).to.deep.equal([5]);
    expect(await lines("repeated")).to.deep.equal([4]);
    expect(await lines("fault")).to.deep.equal([7]);
    expect(
      (await touchedMembers(store.database, read.id, { ...page, which: "leaving" })).map((one) => one.name),
    ).to.deep.equal(["gone"]);
    expect(await everybody(store, list)).to.deep.equal(before);

    await apply(store, read.id);
    expect((await found(store, read.id)).done).to.deep.equal({ added: 3, changed: 1, unchanged: 1, left: 1 });
    const statuses = Object.fromEntries(
      await Promise.all(
        ["same", "other", "gone", "left", "back", "new", "mend"].map(async (name) => {
          const { status } = await member(store, list, name);
          return [name, status] as const;
        }),
      ),
    );
    expect(statuses).to.deep.equal({
      same: "active",
      other: "active",
      gone: "left",
      left: "left",
      back: "active",
      new: "active",
      mend: "active",
    });
    expect((await member(store, list, "new")).name).to.equal("Newer");

    await takeBack(store, read.id);
    expect(await everybody(store, list)).to.deep.equal(before);
    expect((await found(store, read.id)).undone).to.deep.equal({ restored: 5, kept: 0 });
  });

  it("begins below a class list's own heading, however its columns are chosen", async () => {
    const store = await open();
    const list = await givenList(store);
    const text = "2026 class 3-1,,\n\nNo,name,address\n1,Anne,anne@example.com\n2,Bart,bart@example.com\n";
    for (const strict of [false, true]) {
      const read = await givenImport(store, list, { text, strict });
      expect([read.counts.added, read.counts.fault, read.columns?.above]).to.deep.equal([2, 0, 1]);
      expect(read.sample[0]).to.deep.equal(["No", "name", "address"]);
      await store.imports.readAgain(read.id, { columns: read.columns, replaces: false });
      const again = await readThrough(store, read.id);
      expect([again.counts.added, again.counts.fault, again.sample]).to.deep.equal([2, 0, read.sample]);
    }
  });

  it("brings back who left by themselves only where an administrator ticks them", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.members.save(list.id, [{ address: address("left"), name: "", attributes: {} }], soon);
    await store.members.leave((await member(store, list, "left")).id, soon);
    const before = await everybody(store, list);
    const read = await givenImport(store, list, { text: "address\nleft@example.com\n" });
    const [row] = await importRows(store.database, read.id, { which: "stays", after: 0, limit: 1 });
    expect(await bringBack(store.database, read, [row?.id ?? 0, 999_999])).to.equal(1);
    await apply(store, read.id);
    expect((await member(store, list, "left")).status).to.equal("active");
    await takeBack(store, read.id);
    expect(await everybody(store, list)).to.deep.equal(before);
  });

  it("leaves names and attributes alone for which the file has no column, and takes away what it says is empty", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.members.save(
      list.id,
      [{ address: address("anne"), name: "Anne", attributes: { class: "3A", bus: "7" } }],
      soon,
    );
    await apply(store, (await givenImport(store, list, { text: "address,bus\nanne@example.com,\n" })).id);
    const { name, attributes } = await member(store, list, "anne");
    expect({ name, attributes }).to.deep.equal({ name: "Anne", attributes: { class: "3A" } });
  });

  it("is taken back but for whom somebody has changed since, and says who", async () => {
    const store = await open();
    const list = await givenList(store);
    await store.members.save(list.id, [{ address: address("anne"), name: "Anne", attributes: {} }], soon);
    const read = await givenImport(store, list, {
      text: "address,name\nanne@example.com,A\nbart@example.com,B\ncris@example.com,C\n",
    });
    await apply(store, read.id);
    await store.members.setStatus((await member(store, list, "bart")).id, "paused", later);
    await takeBack(store, read.id);
    expect((await found(store, read.id)).undone).to.deep.equal({ restored: 2, kept: 1 });
    const kept = await touchedMembers(store.database, read.id, { which: "kept", after: 0, limit: 50 });
    expect(kept.map((one) => one.name)).to.deep.equal(["B"]);
    expect((await member(store, list, "anne")).name).to.equal("Anne");
    expect(await store.members.findByAddress(list.id, address("cris"))).to.equal(undefined);
    expect(await store.members.counts(list.id)).to.include({ active: 1, paused: 1 });
  });

  it("leaves no trace of strangers when it is taken back, unless a post has gone to them", async () => {
    const store = await open();
    const list = await givenList(store);
    const text = "address\nx@example.com\n";
    const persons = async () => (await store.database.reader.selectFrom("person").select("id").execute()).length;
    const first = await givenImport(store, list, { text });
    await apply(store, first.id);
    expect(await persons()).to.equal(1);
    await takeBack(store, first.id);
    expect(await persons()).to.equal(0);
    const second = await givenImport(store, list, { text });
    await apply(store, second.id);
    await givenPost(store, list, { fingerprint: "after", receivedAt: later + 1 });
    await takeBack(store, second.id);
    expect((await member(store, list, "x")).status).to.equal("left");
  });

  it("is one at a time on a list, and not by what was read before another one changed it", async () => {
    const store = await open();
    const list = await givenList(store);
    const one = await givenImport(store, list, { text: "address\nx@example.com\n" });
    const other = await givenImport(store, list, { text: "address\ny@example.com\n" });
    expect(await store.imports.apply(one.id, later)).to.equal("begun");
    expect(await store.imports.apply(other.id, later)).to.equal("busy");
    await goOn(store, one.id, { now: later + 1 });
    expect(await store.imports.apply(other.id, later + 2)).to.equal("outdated");
    expect(await store.imports.readAgain(other.id, { columns: undefined, replaces: false })).to.equal(true);
    await readThrough(store, other.id, { now: later + 3 });
    await apply(store, other.id, later + 4);
  });

  it("goes on where it was, and does no piece twice, when two go on with it at once", async () => {
    const store = await open();
    const list = await givenList(store);
    const text = `address\n${Array.from({ length: 700 }, (_, n) => `r${n}@example.com`).join("\n")}`;
    const read = await givenImport(store, list, { text });
    await store.imports.apply(read.id, later);
    await goOn(store, read.id, { pieces: 2 });
    const again = await open();
    await Promise.all([goOn(store, read.id), goOn(again, read.id)]);
    expect((await found(store, read.id)).done).to.deep.equal({ added: 700, changed: 0, unchanged: 0, left: 0 });
    expect((await store.members.counts(list.id)).active).to.equal(700);
  });

  it("ends quietly when its list is deleted under it", async () => {
    const store = await open();
    const list = await givenList(store);
    const text = `address\n${Array.from({ length: 400 }, (_, n) => `r${n}@example.com`).join("\n")}`;
    const read = await givenImport(store, list, { text });
    await store.imports.apply(read.id, later);
    await goOn(store, read.id, { pieces: 1 });
    const stale = await found(store, read.id);
    await store.lists.delete(list.id);
    const { applyPiece } = await import("../../server/store/imports/import-apply.ts");
    expect((await applyPiece(store.database, stale, later)).progress).to.be.oneOf(["gone", "done"]);
    expect(await store.imports.find(read.id)).to.equal(undefined);
  });

  it("is forgotten seven days after it was applied, and cannot be taken back then", async () => {
    const store = await open();
    const list = await givenList(store);
    const read = await givenImport(store, list, { text: "address\nx@example.com\n" });
    await apply(store, read.id);
    const days = (count: number): number => later + count * 86_400_000;
    await sweepImports(store.database, days(6.9));
    expect((await found(store, read.id)).state).to.equal("applied");
    expect(await store.imports.undo(read.id, days(7))).to.equal("late");
    await sweepImports(store.database, days(7));
    expect(await store.imports.find(read.id)).to.equal(undefined);
    expect((await member(store, list, "x")).status).to.equal("active");
  });

  it("of an export changes nothing, whatever members are called", async () => {
    const store = await open();
    const list = await givenList(store);
    const odd = [
      "=1+1",
      "+7",
      "-x",
      "@a",
      "'=1",
      "''+2",
      "'x",
      "＝１",
      'says "hi"',
      "a,b;c",
      "",
      "山田 太郎",
      "\tx".trim(),
    ];
    await store.members.save(
      list.id,
      odd.map((text, n) => ({
        address: address(n % 2 === 0 ? `-m${n}` : `=m${n}`),
        name: text,
        attributes: n % 3 === 0 ? { class: text || "x", bus: "7" } : { bus: text || "y", class: "'" },
        status: memberStatuses[n % memberStatuses.length] ?? "active",
      })),
      soon,
    );
    for (const language of ["en", "ja"] as const) {
      const w = words(language);
      const csv = {
        address: w.fields.address,
        name: w.members.name,
        status: w.members.status,
        statuses: w.memberStatus,
      };
      const attributes = await store.members.attributeNames(list.id);
      const text = (await Array.fromAsync(membersCsv(memberPages(store, list.id), { words: csv, attributes }))).join(
        "",
      );
      expect(text).not.to.match(/(^|,|\n)"?[=+\-@\uff1d]/);
      const read = await givenImport(store, list, { text, replaces: true, strict: true });
      const changed = await importRows(store.database, read.id, { which: "changed", after: 0, limit: 50 });
      expect(changed, language).to.deep.equal([]);
      expect(read.counts, language).to.include({ rows: odd.length, unchanged: odd.length, leaving: 0 });
    }
  });

  it("and its way back leave everybody as before, whatever the file and the members are", async () => {
    const store = await open();
    const list = await givenList(store);
    let seed = 7;
    const dice = (sides: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) % sides;
    for (let round = 0; round < 12; round++) {
      const now = later + round * 10;
      await store.members.save(
        list.id,
        Array.from({ length: 15 }, () => ({
          address: address(`w${dice(40)}`),
          name: `N${dice(3)}`,
          attributes: dice(2) === 0 ? { class: `${dice(3)}` } : {},
          ...(dice(3) === 0 && { status: memberStatuses[dice(5)] ?? "active" }),
        })),
        now,
      );
      for (let leavers = dice(3); leavers > 0; leavers--) {
        const one = await store.members.findByAddress(list.id, address(`w${dice(40)}`));
        if (one !== undefined) await store.members.leave(one.id, now);
      }
      const before = await everybody(store, list);
      const rows = Array.from(
        { length: 25 },
        () => `w${dice(60)}@example.com,N${dice(3)},${["", "", "active", "paused", "left"][dice(5)] ?? ""},${dice(3)}`,
      );
      const read = await givenImport(store, list, {
        text: ["address,name,status,class", ...rows].join("\n"),
        replaces: dice(2) === 0,
        now: now + 1,
      });
      await apply(store, read.id, now + 2);
      const { done, counts } = await found(store, read.id);
      expect(done).to.deep.equal({
        added: counts.added,
        changed: counts.changed,
        unchanged: counts.unchanged,
        left: counts.leaving,
      });
      await takeBack(store, read.id, now + 3);
      expect(await everybody(store, list), `round ${round}`).to.deep.equal(before);
    }
  });
});
