/** How often one network may do a thing. */
import { expect } from "chai";
import { NetworkBrake } from "../../server/config/network-brake.ts";
import { networkOf } from "../../server/config/networks.ts";

const minute = 60_000;

describe("the brake of networks", () => {
  it("counts a network's hour as it slides, and not what it turned away", () => {
    const brake = new NetworkBrake({ most: 2, within: 60 * minute });
    expect([0, 30, 40, 59].map((at) => brake.enter("192.0.2.1", at * minute))).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
    expect([61, 62, 91].map((at) => brake.enter("192.0.2.200", at * minute))).to.deep.equal([true, false, true]);
    expect(brake.enter("192.0.3.1", 62 * minute)).to.equal(true);
  });

  it("knows a customer's network by the /24 or the /48", () => {
    const same = (one: string, other: string): boolean => networkOf(one) === networkOf(other);
    expect(same("192.0.2.1", "192.0.2.254")).to.equal(true);
    expect(same("192.0.2.1", "::ffff:192.0.2.9")).to.equal(true);
    expect(same("2001:db8:1::1", "2001:0DB8:0001:ffff::2")).to.equal(true);
    expect(same("2001:db8::1", "2001:db8:0:5::")).to.equal(true);
    expect(same("2001:db8:1::1", "2001:db8:2::1")).to.equal(false);
    expect(same("::1", "::2")).to.equal(true);
    expect(same("fe80::1%eth0", "fe80::2")).to.equal(true);
  });

  it("leaves trusted networks alone", () => {
    const brake = new NetworkBrake({ most: 1, within: 60 * minute, trusted: ["10.0.0.0/8", "2001:db8::/32"] });
    expect(["10.1.1.1", "10.1.1.1", "2001:db8::5", "2001:db8::5"].every((client) => brake.enter(client, 0))).to.equal(
      true,
    );
  });
});
