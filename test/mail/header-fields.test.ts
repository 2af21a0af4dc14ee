import { expect } from "chai";
import { parseHeader } from "../../server/mail/header-fields.ts";

const header = (text: string): ReturnType<typeof parseHeader> => parseHeader(Buffer.from(text, "latin1"));
const body = (text: string): string => text.slice(header(text).bodyStart);

describe("header fields", () => {
  it("are found by any case of their name, in order", () => {
    const { all, first } = header("Received: one\r\nSubject: hello\r\nRECEIVED: two\r\n\r\nbody");
    expect(all("received")).to.deep.equal(["one", "two"]);
    expect(first("subject")).to.equal("hello");
    expect(first("To")).to.equal(undefined);
  });

  it("are unfolded with their blanks kept", () => {
    expect(header("Subject: one\r\n  two\r\n\tthree\r\n\r\n").first("Subject")).to.equal("one  two\tthree");
  });

  it("keep every octet", () => {
    expect(header("X: \xa0\xe3\x81\x82\xa0\r\n\r\n").first("X")).to.equal("\xa0\xe3\x81\x82\xa0");
  });

  it("may have blanks before the colon and end in LF", () => {
    expect(header("From : anne\nTo:bart\n\nbody").first("From")).to.equal("anne");
    expect(body("From : anne\nTo:bart\n\nbody")).to.equal("body");
  });

  it("stand beside garbage, which is kept apart", () => {
    const { fields, garbage } = header("From anne Mon Sep 20 19:29:27 2021\r\nA: 1\r\n\x00odd: 2\r\nB: 3\r\n\r\nbody");
    expect(fields.map((field) => field.name)).to.deep.equal(["A", "B"]);
    expect(garbage).to.have.length(2);
  });

  it("are never hidden by a bare CR", () => {
    expect(header("X: y\rFrom: a\r\nFrom: b\r\n\r\n").all("From")).to.deep.equal(["a", "b"]);
    expect(header("From: a\r\r\nFrom: b\r\r\n\r\r\nbody").all("From")).to.deep.equal(["a", "b"]);
  });

  const bodies: readonly (readonly [about: string, text: string, body: string])[] = [
    ["after an empty line", "A: 1\r\n\r\nbody", "body"],
    ["after an empty line of LF", "A: 1\n\nbody", "body"],
    ["after a line of CRs", "A: 1\r\n\r\r\nbody", "body"],
    ["not after a blank line, which is folding", "A: 1\r\n \r\nB: 2\r\n\r\nbody", "body"],
    ["not at a pair of bare CRs", "A: 1\r\rB: 2\r\n\r\nbody", "body"],
    ["at once where there is no header", "\r\nbody", "body"],
    [
      "where text begins that no empty line parts from the header",
      "A: 1\r\nDear all,\r\nhello\r\n",
      "Dear all,\r\nhello\r\n",
    ],
    [
      "where such text begins although an empty line follows",
      "A: 1\r\nDear all,\r\n\r\nhello\r\n",
      "Dear all,\r\n\r\nhello\r\n",
    ],
    [
      "at a delimiter",
      "A: 1\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello",
      "--x\r\nContent-Type: text/plain\r\n\r\nhello",
    ],
    ["nowhere in an empty message", "", ""],
  ];
  for (const [about, text, expected] of bodies)
    it(`end and the body begins ${about}`, () => expect(body(text)).to.equal(expected));

  it("are read up to a bound, which is said", () => {
    expect(header("a:b\r\n".repeat(1000)).complete).to.equal(true);
    expect(header("a:b\r\n".repeat(100_000)).complete).to.equal(false);
    expect(header(`a:${"b".repeat(2_000_000)}\r\n\r\n`).complete).to.equal(false);
  });
});
