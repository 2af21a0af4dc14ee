import { expect } from "chai";
import { canonicalAddress, displayAddress, parseAddress, wireAddress } from "../../server/mail/address.ts";

describe("address", () => {
  const readable: readonly (readonly [text: string, canonical: string, wire: string, shown: string])[] = [
    ["anne@north.example", "anne@north.example", "anne@north.example", "anne@north.example"],
    ["Anne.N@NORTH.Example", "anne.n@north.example", "Anne.N@north.example", "Anne.N@north.example"],
    ["taro..x.@docomo.ne.jp", "taro..x.@docomo.ne.jp", '"taro..x."@docomo.ne.jp', "taro..x.@docomo.ne.jp"],
    ['"taro..x."@docomo.ne.jp', "taro..x.@docomo.ne.jp", '"taro..x."@docomo.ne.jp', "taro..x.@docomo.ne.jp"],
    ["-hanako@softbank.example", "-hanako@softbank.example", "-hanako@softbank.example", "-hanako@softbank.example"],
    ['"anne"@north.example', "anne@north.example", "anne@north.example", "anne@north.example"],
    ['"a b"@north.example', "a b@north.example", '"a b"@north.example', '"a b"@north.example'],
    ['"a\\"b\\\\"@north.example', 'a"b\\@north.example', '"a\\"b\\\\"@north.example', '"a\\"b\\\\"@north.example'],
    ['"x@y"@north.example', "x@y@north.example", '"x@y"@north.example', '"x@y"@north.example'],
    [
      "o'brien+list/x=1@north.example",
      "o'brien+list/x=1@north.example",
      "o'brien+list/x=1@north.example",
      "o'brien+list/x=1@north.example",
    ],
    ["a@日本語.jp", "a@xn--wgv71a119e.jp", "a@xn--wgv71a119e.jp", "a@xn--wgv71a119e.jp"],
    ["anne@localhost", "anne@localhost", "anne@localhost", "anne@localhost"],
    [
      `${"a".repeat(64)}@north.example`,
      `${"a".repeat(64)}@north.example`,
      `${"a".repeat(64)}@north.example`,
      `${"a".repeat(64)}@north.example`,
    ],
  ];
  for (const [text, canonical, wire, shown] of readable) {
    it(`reads ${text}`, () => {
      const address = parseAddress(text);
      expect(address && [canonicalAddress(address), wireAddress(address), displayAddress(address)]).to.deep.equal([
        canonical,
        wire,
        shown,
      ]);
    });
  }

  it("reads again what it wrote for the wire and for people", () => {
    for (const [text] of readable) {
      const address = parseAddress(text);
      if (address === undefined) throw new Error(text);
      expect(parseAddress(wireAddress(address))).to.deep.equal(address);
      expect(parseAddress(displayAddress(address))).to.deep.equal(address);
    }
  });

  const unreadable = [
    "",
    "anne",
    "@north.example",
    "anne@",
    "anne@@north.example",
    "anne north@north.example",
    "anne @north.example",
    "anne@ north.example",
    " anne@north.example",
    "anne@north.example ",
    "<anne@north.example>",
    "anne@north.example,bart@x.example",
    "(x)anne@north.example",
    "anne@[127.0.0.1]",
    "anne@127.0.0.1",
    "anne@north..example",
    "anne@-north.example",
    "anne@north.example.",
    "anne@.example",
    "anne@north.example/x",
    "anne@north.example:25",
    "anne@north%2eexample",
    "änne@north.example",
    "anne\0@north.example",
    "anne@north.example\r\nX: y",
    '"an\nne"@north.example',
    '""@north.example',
    '"anne@north.example',
    'an"ne@north.example',
    `${"a".repeat(65)}@north.example`,
    `a@${`${"b".repeat(60)}.`.repeat(5)}example`,
    `a@${"b".repeat(64)}.example`,
    "a@b@c.example",
    "@north.example:anne@x.example",
    "anne@nörth_x.example",
    `${"a@".repeat(100_000)}x`,
  ] as const;
  for (const text of unreadable) {
    it(`does not read ${JSON.stringify(text.slice(0, 60))}`, () => expect(parseAddress(text)).to.equal(undefined));
  }
});
