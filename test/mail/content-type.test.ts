import { expect } from "chai";
import { formatContentField, parameterOf, parseContentField } from "../../server/mail/content-type.ts";

describe("a field with parameters", () => {
  const fields: readonly (readonly [
    text: string,
    value: string,
    parameters: readonly (readonly [string, string])[],
  ])[] = [
    ["text/plain", "text/plain", []],
    ["Text/PLAIN; Charset=UTF-8", "text/plain", [["charset", "UTF-8"]]],
    [
      'text/plain; charset="utf-8" ; name="a; \\"b\\".txt"',
      "text/plain",
      [
        ["charset", "utf-8"],
        ["name", 'a; "b".txt'],
      ],
    ],
    ["text/plain ;charset = utf-8;", "text/plain", [["charset", "utf-8"]]],
    ["text/plain; ; =x; charset", "text/plain", []],
    ['text/plain; name="unended', "text/plain", [["name", "unended"]]],
    [
      "text/plain; name=two words; x=1",
      "text/plain",
      [
        ["name", "two words"],
        ["x", "1"],
      ],
    ],
    ["", "", []],
    ["; charset=utf-8", "", [["charset", "utf-8"]]],
  ];
  for (const [text, value, parameters] of fields)
    it(`is read from ${JSON.stringify(text)}`, () =>
      expect(parseContentField(text)).to.deep.equal({ value, parameters }));

  it("joins the pieces of RFC 2231", () => {
    const field = parseContentField("text/plain; boundary*0=a; boundary*2*=c; boundary*1=b; boundary*x=no");
    expect(parameterOf(field, "boundary")).to.equal("abc");
    expect(parameterOf(field, "charset")).to.equal(undefined);
  });

  const written: readonly (readonly [value: string, text: string])[] = [
    ["utf-8", "x; name=utf-8"],
    ["two words", 'x; name="two words"'],
    ['a"b\\', 'x; name="a\\"b\\\\"'],
    ["回", "x; name*=utf-8''%E5%9B%9E"],
    ["a\r\nX-Evil: 1", 'x; name="a X-Evil: 1"'],
    ["", 'x; name=""'],
  ];
  for (const [value, text] of written)
    it(`says ${JSON.stringify(value)} in ASCII`, () =>
      expect(formatContentField({ value: "x", parameters: [["name", value]] })).to.equal(text));

  it("cuts long values between characters", () => {
    const text = formatContentField({ value: "x", parameters: [["name", "回覧板".repeat(20)]] });
    expect(text).to.match(/^x; name\*0\*=utf-8''(%[0-9A-F]{2})+; name\*1\*=/);
    const joined = parameterOf(parseContentField(text), "name") ?? "";
    expect(decodeURIComponent(joined.replace("utf-8''", ""))).to.equal("回覧板".repeat(20));
  });
});
