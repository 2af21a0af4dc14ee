import { expect } from "chai";
import { npmTrouble } from "../../server/setup/npm-trouble.js";

describe("What npm complains of", () => {
  it("is a registry out of reach", () => {
    const output = "npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error errno EAI_AGAIN";
    expect(npmTrouble(output)).to.contain("cannot be reached");
  });

  it("is a full disk, also when that broke other things", () => {
    expect(npmTrouble("npm error code ENOSPC\nnpm error network no space left")).to.contain("disk is full");
  });

  it("is a folder of somebody else's", () => {
    expect(npmTrouble("npm error code EACCES\nnpm error syscall mkdir")).to.contain("cannot be written to");
  });

  it("is npm itself missing", () => {
    expect(npmTrouble("Error: spawn npm ENOENT")).to.contain("npm is not on the path");
  });

  it("is told in npm's own first words when it is something else", () => {
    expect(npmTrouble("npm error code EWHAT\nnpm error The tree fell over\n")).to.equal("npm says: The tree fell over");
  });
});
