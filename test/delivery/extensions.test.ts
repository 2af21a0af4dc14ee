/** What is read from the answer to EHLO. */
import { expect } from "chai";
import { readExtensions } from "../../server/delivery/extensions.ts";

describe("a server's extensions", () => {
  it("are read in any case and order, with parameters and unknown keywords between them", () => {
    const offered = readExtensions([
      "mx.example greets you",
      "Pipelining",
      "SIZE 1000000",
      "X-UNKNOWN a b",
      "8bitmime",
      "starttls",
    ]);
    expect(offered).to.deep.include({ pipelining: true, eightBitMime: true, size: true, startTls: true });
  });

  it("are none for HELO, and the greeting line offers nothing", () => {
    const none = { pipelining: false, eightBitMime: false, size: false, startTls: false, auth: new Set<string>() };
    expect(readExtensions([])).to.deep.equal(none);
    expect(readExtensions(["PIPELINING"])).to.deep.equal(none);
  });

  it("name the mechanisms of AUTH in the standard way and in the old one", () => {
    expect([...readExtensions(["x", "AUTH=LOGIN", "auth plain login XOAUTH2"]).auth]).to.have.members([
      "LOGIN",
      "PLAIN",
      "XOAUTH2",
    ]);
  });
});
