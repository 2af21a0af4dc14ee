import { expect } from "chai";
import { readConfirmTag } from "../../server/mail/confirm-tag.ts";

describe("the tag that asks for confirmation", () => {
  for (const [subject, without] of [
    ["[confirm] Water", "Water"],
    ["[CONFIRM]Water", "Water"],
    ["[開封確認] 水道の工事", "水道の工事"],
    ["【開封確認】水道の工事", "水道の工事"],
    ["［開封確認］　水道の工事", "水道の工事"],
    ["  [ confirm ] [news:3] Water", "[news:3] Water"],
    ["［ＣＯＮＦＩＲＭ］Water", "Water"],
    ["[confirm]", ""],
  ] as const) {
    it(`is taken off ${subject}`, () => {
      expect(readConfirmTag(subject)).to.deep.equal({ subject: without, asksConfirmation: true });
    });
  }

  for (const subject of [
    "Water [confirm]",
    "Re: [confirm] Water",
    "[confirmed] Water",
    "confirm Water",
    "[con\u00ad firm] Water",
    "]",
    "",
  ]) {
    it(`is not in ${JSON.stringify(subject)}`, () => {
      expect(readConfirmTag(subject)).to.deep.equal({ subject, asksConfirmation: false });
    });
  }
});
