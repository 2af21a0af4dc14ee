import { expect } from "chai";
import { maskAddress } from "../../server/mail/mask-address.ts";

describe("a masked address", () => {
  for (const [shown, masked] of [
    ["anne@docomo.ne.jp", "a***@docomo.ne.jp"],
    ["a@b.example", "a***@b.example"],
    ["jiro..x.@docomo.ne.jp", "j***@docomo.ne.jp"],
    ['"two words"@b.example', "t***@b.example"],
    ["no address", "***"],
  ] as const) {
    it(`of ${shown} is ${masked}`, () => expect(maskAddress(shown)).to.equal(masked));
  }
});
