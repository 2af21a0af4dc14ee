import { expect } from "chai";
import { canonicalAddress } from "../../server/mail/address.ts";
import { readAuthor } from "../../server/mail/from-field.ts";
import { parseHeader } from "../../server/mail/header-fields.ts";

/** `block`: the whole header in UTF-8, or its octets. */
function author(block: string | Buffer): string {
  const read = readAuthor(
    parseHeader(Buffer.concat([Buffer.from(block), Buffer.from("\r\nTo: x\r\n\r\nFrom: body@north.example\r\n")])),
  );
  return read.ok ? `${canonicalAddress(read.address)}|${read.name}` : "";
}

const anne = "anne@north.example";
const evil = "mallory@evil.example";

describe("the author of a message", () => {
  const honest: readonly (readonly [block: string, author: string])[] = [
    [`From: ${anne}`, `${anne}|`],
    [`from:<${anne}>`, `${anne}|`],
    [`From: Anne North <${anne}>`, `${anne}|Anne North`],
    [`From: "North, Anne" <${anne}>`, `${anne}|North, Anne`],
    [`From: "Anne \\"N\\"" <${anne}>`, `${anne}|Anne "N"`],
    [`From: Anne "the" North <${anne}>`, `${anne}|Anne the North`],
    ["From: anne@NORTH.example", `${anne}|`],
    [`From:\r\n Anne\r\n\t<${anne}>`, `${anne}|Anne`],
    [`From : Anne <${anne}>`, `${anne}|Anne`],
    [`From: Anne <${anne}>\t`, `${anne}|Anne`],
    [`From: =?iso-2022-jp?b?GyRCMnNNdxsoQg==?= <${anne}>`, `${anne}|回覧`],
    [`From: =?utf-8?B?5Zue?= =?utf-8?B?6Kan?= <${anne}>`, `${anne}|回覧`],
    [`From: "=?utf-8?B?5Zue6Kan?=" <${anne}>`, `${anne}|回覧`],
    [`From: 回覧板 <${anne}>`, `${anne}|回覧板`],
    [`From: "回覧, 板" <${anne}>`, `${anne}|回覧, 板`],
    [`From: =?utf-8?q?x=0D=0AFrom=3A_y?= <${anne}>`, `${anne}|x From: y`],
    [`From: =?utf-8?Q?Gr=C3=BC=C3=9Fe_(Office)?= <${anne}>`, `${anne}|Grüße (Office)`],
    ["From: taro..x.@docomo.ne.jp", "taro..x.@docomo.ne.jp|"],
    ['From: "taro..x."@docomo.ne.jp', "taro..x.@docomo.ne.jp|"],
    ['From: Taro <"taro..x."@docomo.ne.jp>', "taro..x.@docomo.ne.jp|Taro"],
    [`Resent-From: ${evil}\r\nSender: ${evil}\r\nFrom: ${anne}`, `${anne}|`],
  ];
  for (const [block, expected] of honest)
    it(`is read from ${JSON.stringify(block)}`, () => expect(author(block)).to.equal(expected));

  it("is read where a raw Shift_JIS name leaves no doubt, and only there", () => {
    const name = Buffer.from([0x89, 0xf1, 0x97, 0x97]); // 回覧
    const doubtful = Buffer.from([0x83, 0x40]); // ァ, whose second octet is an at sign
    const from = (octets: Buffer): Buffer => Buffer.concat([Buffer.from("From: "), octets, Buffer.from(` <${anne}>`)]);
    expect(author(from(name))).to.equal(`${anne}|回覧`);
    expect(author(from(doubtful))).to.equal("");
  });

  const nobody = [
    "X-Nothing: 1",
    "From:",
    "From: <>",
    "From: Anne",
    `From: ${evil}\r\nFrom: ${anne}`,
    `From: ${anne}\r\nFROM : ${anne}`,
    `From: ${anne}, ${evil}`,
    `From: ${anne};`,
    `From: friends: ${anne};`,
    "From: friends:;",
    `From: (x (y) ${anne} ) ${evil}`,
    `From: ${anne} (Anne)`,
    `From: (${anne}) ${evil}`,
    `From: <${anne}> <${evil}>`,
    `From: ${anne} <${evil}>`,
    `From: ${evil} <${anne}`,
    `From: <@north.example:${evil}>`,
    `From: mailto:${anne} <${evil}>`,
    "From: anne@north.example .evil.example",
    "From: anne@north.example(x).evil.example",
    "From: anne@north.example\0",
    "From: anne@north.example\x1b",
    "From: anne＠north.example",
    "From: аnne@north.example",
    "From: anne@nоrth.example",
    "From: anne@[127.0.0.1]",
    `From: =?utf-8?q?${evil},?= <${anne}>`,
    `From: ${evil}\rFrom: ${anne}`,
    `From: ${evil}\nFrom: ${anne}`,
    `X: y\rFrom: ${anne}\r\nFrom: ${evil}`,
    `From: ${evil}\r\n ,${anne}`,
    `From: \\"${anne} <${evil}>`,
    `From: "${anne} <${evil}>`,
    `From: =?utf-8?b?PGFubmVAbm9ydGguZXhhbXBsZT4=?= ${evil}`,
    `From: ${"a".repeat(5000)} <${anne}>`,
    `From: ${anne}\r\nwhat is this\r\nFrom: ${evil}`,
  ];
  for (const block of nobody)
    it(`is nobody in ${JSON.stringify(block.slice(0, 80))}`, () => expect(author(block)).to.equal(""));

  const others = [
    `From: "${anne}" <${evil}>`,
    `From: =?utf-8?q?anne=40north.example?= <${evil}>`,
    `From: "${anne} x"@evil.example`,
    "From: anne%north.example@evil.example",
    "From: anne@xn--nrth-55d.example",
    "From: anne@north.example.evil.example",
    "From: anne+x@north.example",
    "From: anne.@north.example",
    `X-A: b\r\n\tFrom: ${anne}\r\nFrom: ${evil}`,
    `From: "x\\" <${anne}> \\"" <${evil}>`,
  ];
  for (const block of others) {
    it(`is somebody else in ${JSON.stringify(block)}`, () => {
      expect(author(block)).to.not.equal("");
      expect(author(block).startsWith(`${anne}|`)).to.equal(false);
    });
  }

  it("is nobody when the header is larger than any", () => {
    expect(author(`${"a:b\r\n".repeat(20_000)}From: ${anne}`)).to.equal("");
  });
});
