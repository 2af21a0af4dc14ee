import { expect } from "chai";
import { compileCopy, slot } from "../../server/mail/copy-template.ts";
import { readCopy } from "./read-copy.ts";

/** Marsaglia's xorshift: the same messages at every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
}

type Roll = (sides: number) => number;

function pick<Value>(roll: Roll, values: readonly [Value, ...Value[]]): Value {
  return values[roll(values.length)] ?? values[0];
}

const words = [
  "hello",
  "回覧板",
  "Grüße",
  ".",
  "..",
  "From here",
  "> quoted",
  "=3D",
  "=",
  "-- ",
  "--b0",
  "{{name}}",
  "\t",
  "  ",
  "☕",
  "\x1b$B2sMw\x1b(B",
  "</body>",
  "<html>",
  "x".repeat(1200),
  "\xff\xfe",
] as const;
const types = [
  "text/plain",
  "text/html",
  "image/png",
  "text/plain; format=flowed",
  "text/plain; charset=utf-8",
  "text/plain; charset=iso-2022-jp",
  'text/html; charset="utf-8"',
  "message/rfc822",
  'application/octet-stream; name="山.bin"',
  "text/plain; name=a.txt",
  "garbage",
  "text/plain; charset=",
  "multipart/mixed",
  "message/delivery-status",
] as const;
const encodings = ["7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "BASE64"] as const;
const ends = ["\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", ""] as const;

function entity(roll: Roll, depth: number): string {
  const end = pick(roll, ends);
  const fields = [
    ...(roll(4) > 0 ? [`Content-Transfer-Encoding: ${pick(roll, encodings)}`] : []),
    ...(roll(3) === 0 ? ["Content-Disposition: attachment"] : []),
    ...(roll(5) === 0 ? [`X-${pick(roll, words)}: ${pick(roll, words)}`] : []),
  ];
  if (depth > 0 && roll(2) === 0) {
    const boundary = `b${roll(3)}`;
    const kind = pick(roll, ["mixed", "alternative", "related", "signed", "report", "digest"]);
    const parts = Array.from({ length: roll(4) }, () => `--${boundary}${end}${entity(roll, depth - 1)}${end}`);
    return [
      `Content-Type: multipart/${kind}; boundary=${boundary}`,
      ...fields.slice(1),
      "",
      ...parts,
      roll(4) > 0 ? `--${boundary}--` : "",
    ].join(end);
  }
  const lines = Array.from({ length: roll(8) }, () =>
    Array.from({ length: roll(5) }, () => pick(roll, words)).join(pick(roll, [" ", ""])),
  );
  return [`Content-Type: ${pick(roll, types)}`, ...fields, ...(roll(10) > 0 ? [""] : []), ...lines].join(end);
}

/** Some octets lost, doubled or changed. */
function damaged(roll: Roll, message: Buffer): Buffer {
  const octets = Buffer.from(message);
  for (let n = roll(6); n > 0 && octets.length > 0; n--) octets[roll(octets.length)] = roll(256);
  return roll(3) === 0 ? octets.subarray(0, roll(octets.length + 1)) : octets;
}

const plan = {
  fields: [
    ["From", "<news@lists.example.org>"],
    ["To", slot("to")],
    ["Subject", "hello"],
  ] as const,
  footer: { text: `\n-- \n${slot("name")}\nhttps://x.example/u/${slot("leave")}\n`, html: `<p>${slot("name")}</p>` },
};

describe("copies of a thousand odd messages", () => {
  it("are regular, of the size they say, and never throw", () => {
    const roll = dice(20_240_408);
    for (let n = 0; n < 1000; n++) {
      const message = damaged(
        roll,
        Buffer.from(`From: a@b.example\r\n${entity(roll, 3)}`, roll(2) === 0 ? "utf8" : "latin1"),
      );
      const template = compileCopy(message, plan);
      const values = {
        to: pick(roll, ["<a@b.example>", "山 <a@b.example>", "x\r\nX-Evil: 1", ""]),
        name: pick(roll, ["Taro", "山田", "☕", ".", "\n.\n", "n".repeat(2000)]),
        leave: "abcdefghijklmnopb",
      };
      const isSealed = /multipart\/signed/i.test(message.toString("latin1"));
      for (const eightBit of [true, false]) {
        const rendered = template.render(values, eightBit);
        if (isSealed) expect(Buffer.concat([...rendered.wire]).at(-1)).to.equal(10);
        else expect(readCopy(rendered, eightBit).root.header.first("X-Evil"), `message ${n}`).to.equal(undefined);
      }
    }
  });

  it("hold the author's text, whatever its letters, lines and encoding", () => {
    const roll = dice(42);
    const letters = [..."abc .=>-\t漢字かなé☕<&"];
    for (let n = 0; n < 500; n++) {
      const text = Array.from({ length: roll(30) }, () =>
        Array.from({ length: roll(200) }, () => letters[roll(letters.length)] ?? "").join(""),
      )
        .map((line) => line.replace(/[ \t]+$/, ""))
        .join("\r\n");
      const octets = Buffer.from(text);
      const encoding = pick(roll, ["8bit", "base64"]);
      const body =
        encoding === "base64" ? Buffer.from(octets.toString("base64").replace(/.{1,76}/g, "$&\r\n")) : octets;
      const message = Buffer.concat([
        Buffer.from(`Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`),
        body,
      ]);
      const eightBit = roll(2) === 0;
      const copy = readCopy(
        compileCopy(message, plan).render({ name: pick(roll, ["Taro", "山田"]), leave: "x" }, eightBit),
        eightBit,
      );
      expect(copy.parts[0]?.text.startsWith(text), `text ${n}`).to.equal(true);
      expect(copy.parts[0]?.text.endsWith("https://x.example/u/x\r\n")).to.equal(true);
    }
  });
});
