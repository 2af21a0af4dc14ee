import { expect } from "chai";
import { randomBytes } from "node:crypto";
import { makeToken, readTokenId, tokenMatches } from "../../server/mail/token.ts";
import type { TokenPurpose } from "../../server/mail/token.ts";

const secret = Buffer.alloc(16, 7);

describe("a token", () => {
  const ids = [0, 1, 31, 32, 1023, 1024, 123_456_789, 2 ** 45, Number.MAX_SAFE_INTEGER];

  it("is short, lower case and says its number, whatever case it comes back in", () => {
    for (const id of ids) {
      const token = makeToken({ purpose: "bounce", id, secret });
      expect(token).to.match(/^[a-z2-7]{17,27}$/);
      expect(readTokenId(token)).to.equal(id);
      expect(readTokenId(token.toUpperCase())).to.equal(id);
      expect(tokenMatches(token.toUpperCase(), { purpose: "bounce", id, secret })).to.equal(true);
    }
  });

  it("is the same in every version of the server", () => {
    expect(
      makeToken({ purpose: "leave", id: 42, secret: Buffer.from("000102030405060708090a0b0c0d0e0f", "hex") }),
    ).to.equal("wrtcwgvenmgs4kbmbk");
  });

  it("fits the local part of the longest list name's bounce address for a thousand million deliveries", () => {
    const token = makeToken({ purpose: "bounce", id: 1e9, secret });
    expect(`${"n".repeat(30)}-bounces+${token}`.length).to.be.at.most(64);
  });

  it("has one purpose, one row and one secret", () => {
    const token = makeToken({ purpose: "bounce", id: 7, secret });
    const purposes: readonly TokenPurpose[] = ["leave", "confirm-read", "poll", "join", "member", "edit"];
    for (const purpose of purposes) expect(tokenMatches(token, { purpose, id: 7, secret })).to.equal(false);
    expect(tokenMatches(token, { purpose: "bounce", id: 8, secret })).to.equal(false);
    expect(tokenMatches(token, { purpose: "bounce", id: 7, secret: randomBytes(16) })).to.equal(false);
  });

  it("is spoilt by any other character at any place", () => {
    const token = makeToken({ purpose: "bounce", id: 123_456, secret });
    for (let at = 0; at < token.length; at++) {
      for (const letter of "abcdefghijklmnopqrstuvwxyz234567") {
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        const id = readTokenId(forged);
        if (forged !== token && id !== undefined)
          expect(tokenMatches(forged, { purpose: "bounce", id, secret })).to.equal(false);
      }
    }
  });

  it("is no token when its shape is wrong", () => {
    const proof = "a".repeat(16);
    for (const text of [
      "",
      "a",
      proof,
      `${proof}ab`,
      `${proof}1`,
      `${proof}b!`,
      `${proof}${"7".repeat(12)}`,
      `${proof}${"7".repeat(11)}`,
      `${proof}b\n`,
      `${proof}é`,
      "x".repeat(1e6),
    ]) {
      expect(readTokenId(text), text.slice(0, 40)).to.equal(undefined);
    }
    expect(tokenMatches(`${proof}é`, { purpose: "bounce", id: 1, secret })).to.equal(false);
  });

  it("cannot be made for what is no row's number", () => {
    for (const id of [-1, 1.5, Number.NaN, 2 ** 53])
      expect(() => makeToken({ purpose: "bounce", id, secret })).to.throw(RangeError);
  });
});
