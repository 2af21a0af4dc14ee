/** Names of downloads, made from names that strangers wrote. */
import { expect } from "chai";
import { cleanFileName } from "../../server/web/file-name.ts";

describe("a file's name", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["report.pdf", "report.pdf"],
    ["遠足のしおり.pdf", "遠足のしおり.pdf"],
    ["../../../etc/cron.d/x", "x"],
    ["C:\\Windows\\system32\\cmd.exe", "cmd.exe"],
    ["..", "attachment-1"],
    ["...", "attachment-1"],
    ["", "attachment-1"],
    ["/", "attachment-1"],
    ["\0\r\n", "attachment-1"],
    ["a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"],
    [".htaccess", "htaccess"],
    ["name.txt. . ", "name.txt"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["lpt1.txt", "_lpt1.txt"],
    ["console.txt", "console.txt"],
    ['a<b>c:"d|e?f*.txt', "a_b_c__d_e_f_.txt"],
    ["invoice\u202efdp.exe", "invoicefdp.exe"],
    ["zero\u200bwidth\ufeff.txt", "zerowidth.txt"],
    ["half\ud800.txt", "half.txt"],
    ["  spaces   within  .txt", "spaces within .txt"],
  ];
  for (const [given, expected] of cases) {
    it(`${JSON.stringify(given)} becomes ${JSON.stringify(expected)}`, () =>
      expect(cleanFileName(given, "attachment-1")).to.equal(expected));
  }

  it("that is very long keeps its ending", () => {
    const name = cleanFileName(`${"長".repeat(300)}.xlsx`, "x");
    expect([...name]).to.have.lengthOf(120);
    expect(name).to.match(/長\.xlsx$/);
  });
});
