/** Passwords and their hashes. */
import { expect } from "chai";
import { hashPassword, passwordFault, verifyPassword } from "../server/password.ts";
import { processorTime } from "./support/processor-time.ts";

describe("a password", () => {
  it("is known by its hash, which is Argon2id and different each time", async () => {
    const [one, other] = [await hashPassword("correct horse"), await hashPassword("correct horse")];
    expect(one)
      .to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      .and.not.equal(other);
    expect(await verifyPassword(one, "correct horse")).to.equal(true);
    expect(await verifyPassword(one, "correct horsf")).to.equal(false);
    expect(await verifyPassword(one, "")).to.equal(false);
  });

  it("written in full-width letters is the same", async () => {
    expect(await verifyPassword(await hashPassword("ｐａｓｓｗｏｒｄ１２"), "password12")).to.equal(true);
  });

  it("of nobody is never right, and takes as long", async () => {
    const known = await hashPassword("correct horse");
    const time = async (hash: string | undefined): Promise<number> => {
      const spent = processorTime();
      expect(await verifyPassword(hash, "wrong")).to.equal(false);
      return spent();
    };
    // In turns: what else the machine does meanwhile weighs on both.
    const ratios: number[] = [];
    for (let n = 0; n < 9; n++) ratios.push((await time(undefined)) / (await time(known)));
    expect(ratios.toSorted((a, b) => a - b)[4]).to.be.within(0.5, 2);
  });

  it("is too short under ten characters, and too long over a thousand", () => {
    expect(passwordFault("123456789")).to.equal("short");
    expect(passwordFault("1234567890")).to.equal(undefined);
    expect(passwordFault("あ".repeat(10))).to.equal(undefined);
    expect(passwordFault("x".repeat(1001))).to.equal("long");
  });
});
