/** Excel workbooks, as Excel and others write them, and as somebody may forge them. */
import { expect } from "chai";
import { tableRows } from "../../server/imports/table-rows.ts";
import { zipFile } from "../support/zip-file.ts";
import { processorTime } from "../support/processor-time.ts";

type Sheet = { readonly rows: string; readonly words?: string; readonly styles?: string; readonly path?: string };

const relations = (path: string) =>
  `<?xml version="1.0"?><Relationships><Relationship Id="rId7" Type="…/worksheet" Target="${path}"/></Relationships>`;

function workbook({ rows, words = "", styles = "<styleSheet/>", path = "worksheets/sheet1.xml" }: Sheet): Buffer {
  return zipFile({
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns:r="x"><sheets><sheet name="Old" sheetId="1" state="hidden" r:id="rId1"/><sheet name="名簿" sheetId="2" r:id="rId7"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(path),
    "xl/worksheets/sheet1.xml": `<worksheet><cols><col min="1" max="2"/></cols><sheetData>${rows}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst>${words}</sst>`,
    "xl/styles.xml": styles,
  });
}

async function read(octets: Buffer): Promise<readonly string[]> {
  const rows = await Array.fromAsync(
    tableRows(async function* () {
      for (let start = 0; start < octets.length; start += 1000) yield octets.subarray(start, start + 1000);
    }),
  );
  return rows.map((row) => ("fault" in row ? row.fault.kind : `${row.line}: ${row.cells.join("|")}`));
}

describe("a workbook", () => {
  it("gives the cells of its first sheet that is not hidden", async () => {
    const words =
      "<si><t>氏名</t></si><si><t>メールアドレス</t></si><si><r><t>山田</t></r><r><t xml:space=\"preserve\"> 花</t></r><rPh sb='0' eb='2'><t>ヤマダ</t></rPh></si>";
    const rows = [
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>組</t></is></c></row>',
      '<row r="2"/>',
      '<row r="3" spans="1:3"><c r="A3" s="1" t="s"><v>2</v></c><c r="B3" t="str"><f>A1&amp;"@"</f><v>hana&#64;example.jp</v></c><c r="C3"><v>3</v></c></row>',
      '<row r="4"><c r="B4" t="inlineStr"><is><t>&lt;a&gt;_x000A_b</t></is></c></row>',
      '<row r="5"><c r="A5" t="e"><v>#REF!</v></c><c r="B5" t="b"><v>1</v></c></row>',
    ];
    expect(await read(workbook({ rows: rows.join(""), words }))).to.deep.equal([
      "1: 氏名|メールアドレス|組",
      "3: 山田 花|hana@example.jp|3",
      "4: |<a>\nb|",
      "5: |TRUE|",
    ]);
  });

  it("may have prefixes, no places and rows without numbers", async () => {
    const rows =
      '<x:row><x:c t="inlineStr"><x:is><x:t>address</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>name</x:t></x:is></x:c></x:row>';
    expect(await read(workbook({ rows, path: "/xl/worksheets/sheet1.xml" }))).to.deep.equal(["1: address|name"]);
  });

  it("that is forged to be slow is read in proportion to its length", async () => {
    const mass = (text: string): string => text.repeat(900_000 / text.length);
    const row = (cell: string): string => `<row r="1"><c r="A1" t="inlineStr">${cell}</c></row>`;
    const spent = processorTime();
    for (const rows of [
      `<row r="1">${mass("<c >")}</row>`,
      `<row r="1">${mass("<c ")}</row>`,
      row(mass("<t>")),
      row(mass("<t ")),
      row(mass("<rPh>")),
      row(`<v>${mass("<v>")}`),
    ])
      await read(workbook({ rows }));
    const format = `<numFmt numFmtId="9" formatCode="${mass("[")}"/>`;
    await read(workbook({ rows: "", styles: `<styleSheet><numFmts>${format}</numFmts></styleSheet>` }));
    expect(spent()).to.be.lessThan(10_000);
  });

  it("has lines of whole numbers, whatever it says of them", async () => {
    const rows = ["1e400", "NaN", "-1", "7"].map(
      (place) => `<row r="${place}"><c t="inlineStr"><is><t>a</t></is></c></row>`,
    );
    expect(await read(workbook({ rows: rows.join("") }))).to.deep.equal(["1: a", "2: a", "3: a", "7: a"]);
  });

  it("may begin with a heading that is narrower than the table below it", async () => {
    const cell = (place: string, text: string): string => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = `<row r="1">${cell("A1", "3年1組")}</row><row r="3">${cell("A3", "氏名")}${cell("B3", "メール")}${cell("C3", "備考")}</row><row r="4">${cell("A4", "山田")}</row>`;
    expect(await read(workbook({ rows }))).to.deep.equal(["1: 3年1組", "3: 氏名|メール|備考", "4: 山田||"]);
  });

  it("shows days as days", async () => {
    const styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="[Red]0.0&quot;d&quot;"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"><alignment/></xf><xf numFmtId="165"/></cellXfs></styleSheet>`;
    const rows =
      '<row r="1"><c r="A1" s="0"><v>45000</v></c><c r="B1" s="1"><v>45000</v></c><c r="C1" s="2"><v>46120.5</v></c><c r="D1" s="3"><v>7</v></c></row>';
    expect(await read(workbook({ rows, styles }))).to.deep.equal(["1: 45000|2023-03-15|2026-04-08|7"]);
  });

  it("is refused in words when it is damaged, locked or of the old kind", async () => {
    const good = workbook({ rows: '<row r="1"><c t="inlineStr"><is><t>address</t></is></c></row>' });
    expect(await read(good.subarray(0, good.length - 30))).to.deep.equal(["broken-workbook"]);
    expect(await read(zipFile({ "a.txt": "no workbook" }))).to.deep.equal(["broken-workbook"]);
    expect(await read(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).to.deep.equal(["old-workbook"]);
    for (let at = 0; at < good.length; at += 3) {
      const hurt = Buffer.from(good);
      hurt[at] = (hurt[at] ?? 0) ^ 0x55;
      expect(await read(hurt), `octet ${at}`).to.be.an("array");
    }
  });

  it("that unpacks to more than fits is refused before it does", async () => {
    const words = Buffer.alloc(120_000_000, " ");
    const bomb = zipFile({
      "xl/workbook.xml": "<workbook/>",
      "xl/_rels/workbook.xml.rels": relations("worksheets/sheet1.xml"),
      "xl/worksheets/sheet1.xml": "<worksheet/>",
      "xl/sharedStrings.xml": words,
    });
    expect(bomb.length).to.be.lessThan(1_000_000);
    expect(await read(bomb)).to.deep.equal(["broken-workbook"]);
    const row = workbook({ rows: `<row r="1"><c t="inlineStr"><is><t>${"x".repeat(3_000_000)}</t></is></c></row>` });
    expect(await read(row)).to.deep.equal(["broken-workbook"]);
  });
});
