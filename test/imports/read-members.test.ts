/** Files of members: the shapes that spreadsheets and people make them in. */
import { expect } from "chai";
import encodingJapanese from "encoding-japanese";
import { fileFaultText, rowFaultText } from "../../server/cli/import-fault-text.ts";
import { readTitles } from "../../server/imports/member-columns.ts";
import { readMemberRow } from "../../server/imports/member-row.ts";
import { tableRows } from "../../server/imports/table-rows.ts";
import type { FileFault, ImportColumns } from "../../server/lists/member-import.ts";
import { displayAddress } from "../../server/mail/address.ts";
import type { ReadRow } from "../../server/store/imports/import-rows.ts";

/** In pieces of a few octets, as a network may bring it. */
async function* inPieces(content: string | Buffer): AsyncGenerator<Buffer> {
  const octets = Buffer.from(content as string);
  for (let start = 0; start < octets.length; start += 7) yield octets.subarray(start, start + 7);
}

/** The rows, or why the file cannot be taken. */
async function read(content: string | Buffer): Promise<readonly ReadRow[] | FileFault> {
  const rows: ReadRow[] = [];
  let columns: ImportColumns | undefined;
  for await (const row of tableRows(() => inPieces(content))) {
    if ("fault" in row) return row.fault;
    if (columns !== undefined) rows.push(readMemberRow(row, columns));
    else {
      const titles = readTitles(row.cells);
      if (!("uses" in titles)) return titles;
      columns = titles;
    }
  }
  return columns === undefined ? { kind: "empty" } : rows;
}

describe("a file of members", () => {
  /** `address|name|status|attributes` of good rows, `line: why` of others. */
  const told = async (content: string | Buffer): Promise<readonly string[]> => {
    const rows = await read(content);
    if ("kind" in rows) return [fileFaultText("", rows)];
    return rows.map((row) => {
      if (!row.ok) return `${row.line}: ${rowFaultText(row.fault)}`;
      return [
        displayAddress(row.address),
        row.name ?? "",
        row.status ?? "-",
        ...Object.entries(row.attributes)
          .filter(([, value]) => value !== "")
          .map(([key, value]) => `${key}=${value}`),
      ].join("|");
    });
  };

  const refusal = async (content: string | Buffer): Promise<string> => {
    const found = await read(content);
    return "kind" in found ? fileFaultText("", found) : "nothing was refused";
  };

  const shiftJis = (text: string): Buffer =>
    Buffer.from(encodingJapanese.convert(text, { from: "UNICODE", to: "SJIS", type: "array" }));

  it("has columns in any order, in English, the rest being attributes", async () => {
    expect(
      await told("Class,E-mail,Status,Name,Bus\n3A,anne@example.org,paused,Anne,\n3B,bart@example.org,,Bart,7\n"),
    ).to.deep.equal(["anne@example.org|Anne|paused|Class=3A", "bart@example.org|Bart|-|Class=3B|Bus=7"]);
  });

  it("has columns in Japanese, and status words too", async () => {
    expect(await told("氏名,メールアドレス,状態,クラス\n山田 太郎,taro@example.jp,一時停止,3年A組\n")).to.deep.equal([
      "taro@example.jp|山田 太郎|paused|クラス=3年A組",
    ]);
  });

  it("has column names in full-width letters or half-width kana", async () => {
    expect(await told("Ｎａｍｅ,ﾒｰﾙｱﾄﾞﾚｽ\nAnne,anne@example.org\n")).to.deep.equal(["anne@example.org|Anne|-"]);
  });

  it("may be Shift_JIS with the makers' extra letters", async () => {
    expect(await told(shiftJis("氏名,アドレス\r\n髙橋①,hina@example.jp\r\n表計算,so@example.jp\r\n"))).to.deep.equal([
      "hina@example.jp|髙橋①|-",
      "so@example.jp|表計算|-",
    ]);
  });

  it("may begin with a byte order mark, in UTF-8 and in UTF-16 as spreadsheets save text", async () => {
    const text = "\ufeffaddress\tname\r\nanne@example.org\t山田\r\n";
    for (const content of [Buffer.from(text), Buffer.from(text, "utf16le")])
      expect(await told(content)).to.deep.equal(["anne@example.org|山田|-"]);
  });

  it("may be separated by tabs, with commas inside", async () => {
    expect(await told("name\taddress\nNovak, Anne\tanne@example.org\n")).to.deep.equal([
      "anne@example.org|Novak, Anne|-",
    ]);
  });

  it("may have lines that end in any way, empty ones, and none at the end", async () => {
    for (const end of ["\n", "\r\n", "\r"])
      expect(await told(["address,name", "a@example.org,A", "", ",", "b@example.org,B"].join(end))).to.deep.equal([
        "a@example.org|A|-",
        "b@example.org|B|-",
      ]);
  });

  it("may quote cells, and carriers' addresses without escaping them", async () => {
    expect(
      await told(
        'address,name\n"a@example.org","Says ""hi"""\n"""a..b.""@docomo.example",A\n"c..d."@docomo.example,B\n',
      ),
    ).to.deep.equal(['a@example.org|Says "hi"|-', "a..b.@docomo.example|A|-", "c..d.@docomo.example|B|-"]);
  });

  it("has addresses mended that were typed in full width or with blanks, and tells so", async () => {
    const rows = await read(
      "address\nａｎｎｅ＠ｅｘａｍｐｌｅ．ｏｒｇ\n  bart@example.org　\ncarla @ example.org\nemi@example。org\ndora@example.org\n",
    );
    expect(
      "kind" in rows || rows.map((row) => (row.ok ? [displayAddress(row.address), row.mended !== undefined] : row)),
    ).to.deep.equal([
      ["anne@example.org", true],
      ["bart@example.org", false],
      ["carla@example.org", true],
      ["emi@example.org", true],
      ["dora@example.org", false],
    ]);
  });

  it("loses the apostrophe that guards a cell from being a formula", async () => {
    expect(await told("address,name\n'-hanako@ezweb.example,'=Hanako\no'neil@example.org,'Neil\n")).to.deep.equal([
      "-hanako@ezweb.example|=Hanako|-",
      "o'neil@example.org|'Neil|-",
    ]);
  });

  it("has each faulty line named with what is wrong", async () => {
    const content = [
      "address,name,status",
      "anne,Anne,",
      ",Anne,",
      "a@example.org,A,gone",
      "b@example.org",
      "c@example.org,C,active,more",
      'd@example.org,"D',
      'E",active',
      `e@example.org,${"E".repeat(201)},`,
      "f@example.org,F,active,,",
    ];
    expect(await told(content.join("\n"))).to.deep.equal([
      '2: "anne" is no mail address',
      "3: has no address",
      '4: "gone" is no status; use waiting, active, paused, bounced or left',
      "5: has 1 cell where the first line has 3",
      "6: has 4 cells where the first line has 3",
      "7: has a line break in the name",
      "9: has a name of over 200 characters",
      "f@example.org|F|active",
    ]);
  });

  it("may leave out attributes at the end of a line, as Excel does, and takes nothing away by that", async () => {
    const rows = await read("address,name,class,remark\na@example.org,A,3A\nb@example.org,B,,\n");
    expect("kind" in rows || rows.map((row) => row.ok && row.attributes)).to.deep.equal([
      { class: "3A" },
      { class: "", remark: "" },
    ]);
  });

  it("is refused as a whole without a column of addresses, or with one column twice", async () => {
    expect(await refusal("name,class\nAnne,3A\n")).to.contain("line 1: the first line must name the columns");
    expect(await refusal("anne@example.org\nbart@example.org\n")).to.contain("address or メールアドレス");
    expect(await refusal("address,name,メールアドレス\n")).to.contain(
      'two columns are address: "address" and "メールアドレス"',
    );
    expect(await refusal("address,Class,Class\n")).to.contain("two columns are Class");
  });

  it("is refused when it is empty, or in no known character set", async () => {
    expect(await refusal("")).to.equal(" is empty");
    expect(await refusal(Buffer.from([0x61, 0xff, 0xfd, 0x80, 0x0a]))).to.contain("neither UTF-8 nor Shift_JIS");
  });

  it("is refused where a quotation mark is never closed, with its line", async () => {
    expect(await refusal('address,name\na@example.org,A\nb@example.org,"B\nc@example.org,C\n')).to.equal(
      ", line 3: a quotation mark is opened here and never closed",
    );
  });

  it("may be read to its end whatever octets are in it", async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const octets = Buffer.from(
        Array.from(
          { length: 300 },
          (_, at) => noise[(seed * 31 + at * at * 7 + ((seed * at) % 13)) % noise.length] ?? 0,
        ),
      );
      const content = Buffer.concat([Buffer.from("address,name\n"), octets]);
      expect(await refusal(content), octets.toString("latin1")).to.be.a("string");
    }
  });
});

const noise = Buffer.from("a@b.c,\"\n\r\t'=あ\u3000＠;\\\0", "utf8");
