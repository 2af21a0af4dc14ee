/** Replies come out whole however their octets come in, and what is no reply is called so. */
import { expect } from "chai";
import type { Reply } from "../../server/delivery/reply.ts";
import { ReplyReader } from "../../server/delivery/reply-reader.ts";

function read(reader: ReplyReader, octets: string | Buffer): readonly Reply[] {
  reader.push(Buffer.from(octets));
  const replies: Reply[] = [];
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) replies.push(reply);
  return replies;
}

describe("the reply reader", () => {
  const whole: readonly (readonly [string, Reply])[] = [
    ["250 ok\r\n", { code: 250, lines: ["ok"] }],
    ["250\r\n", { code: 250, lines: [""] }],
    ["250 \r\n", { code: 250, lines: [""] }],
    ["250-a\r\n250-b\r\n250 c\r\n", { code: 250, lines: ["a", "b", "c"] }],
    ["250-a\r\n250\r\n", { code: 250, lines: ["a", ""] }],
    ["250 bare line feed\n", { code: 250, lines: ["bare line feed"] }],
    ["550-first\r\n554 last counts\r\n", { code: 554, lines: ["first", "last counts"] }],
    ["550 存在しません\r\n", { code: 550, lines: ["存在しません"] }],
  ];

  for (const [octets, reply] of whole) {
    it(`reads ${JSON.stringify(octets)}, also octet by octet`, () => {
      expect(read(new ReplyReader(), octets)).to.deep.equal([reply]);
      const slow = new ReplyReader();
      expect([...Buffer.from(octets)].flatMap((octet) => read(slow, Buffer.of(octet)))).to.deep.equal([reply]);
    });
  }

  it("reads several replies from one piece and keeps the beginning of the next", () => {
    const reader = new ReplyReader();
    expect(read(reader, "250 a\r\n354 b\r\n25").map(({ code }) => code)).to.deep.equal([250, 354]);
    expect(reader.unread).to.equal(2);
    expect(read(reader, "0 c\r\n")).to.deep.equal([{ code: 250, lines: ["c"] }]);
    expect(reader.unread).to.equal(0);
  });

  it("keeps no hold on octets that may be overwritten", () => {
    const reader = new ReplyReader();
    const shared = Buffer.from("250-a\r\n250 b");
    reader.push(shared);
    expect(reader.next()).to.equal(undefined);
    shared.fill("x");
    expect(read(reader, "\r\n")).to.deep.equal([{ code: 250, lines: ["a", "b"] }]);
  });

  for (const octets of [
    "SSH-2.0-OpenSSH\r\n",
    "eh? 5.1.1\r\n",
    "\r\n",
    "2500 x\r\n",
    "250ok\r\n",
    "100 wait\r\n",
    "600 x\r\n",
    "HTTP/1.1 400 Bad Request\r\n",
  ]) {
    it(`calls ${JSON.stringify(octets)} no reply`, () => {
      expect(read(new ReplyReader(), octets)[0]?.code).to.equal(0);
    });
  }

  it("reads neither lines nor replies without end", () => {
    expect(read(new ReplyReader(), "x".repeat(5000))[0]?.code).to.equal(0);
    expect(read(new ReplyReader(), `250 ${"x".repeat(5000)}\r\n`)[0]?.code).to.equal(0);
    expect(read(new ReplyReader(), "250-x\r\n".repeat(1000))[0]?.code).to.equal(0);
  });
});
