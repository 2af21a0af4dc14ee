import { generateKeyPairSync, KeyObject } from "node:crypto";
import { expect } from "chai";
import { readDkimKey } from "../../server/mail/dkim-key.ts";

const pkcs8 = { type: "pkcs8", format: "pem" } as const;
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });

describe("a key for DKIM", () => {
  it("may be RSA, in either form of PEM, or Ed25519", () => {
    const ed25519 = generateKeyPairSync("ed25519").privateKey.export(pkcs8);
    const pems = [rsa.privateKey.export(pkcs8), rsa.privateKey.export({ type: "pkcs1", format: "pem" }), ed25519];
    for (const pem of pems) expect(readDkimKey(pem.toString())).to.be.instanceOf(KeyObject);
  });

  it("has its fault told: too short, public, locked, another kind, broken, or no PEM at all", () => {
    const short = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export(pkcs8);
    const locked = rsa.privateKey.export({ ...pkcs8, cipher: "aes-256-cbc", passphrase: "x" });
    const oldLocked = rsa.privateKey.export({ type: "pkcs1", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
    const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export(pkcs8);
    const told: readonly (readonly [string | Buffer, string])[] = [
      [short, "must be an RSA key of at least 2048 bits; this one has 1024"],
      [rsa.publicKey.export({ type: "spki", format: "pem" }), "holds a public key: name the file of the private one"],
      [locked, "must be a private key without a passphrase"],
      [oldLocked, "must be a private key without a passphrase"],
      [curve, "must be an RSA or Ed25519 key"],
      ["-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "holds a private key that cannot be read"],
      ["hello", "holds no private key in PEM form"],
      ["", "holds no private key in PEM form"],
    ];
    for (const [pem, fault] of told) expect(readDkimKey(pem.toString())).to.equal(fault);
  });
});
