/** Reads a private key for DKIM, and says in words for an operator what is wrong with one. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** RFC 8301 3.2: signers must use 1024 bits and should use 2048; some providers believe nothing shorter. */
const minRsaBits = 2048;

/** The key in a PEM text, or what is wrong with the text: words that follow its name. */
export function readDkimKey(pem: string): KeyObject | string {
  const key = parsePrivateKey(pem);
  if (typeof key === "string") return key;
  if (key.asymmetricKeyType === "ed25519") return key;
  if (key.asymmetricKeyType !== "rsa") return "must be an RSA or Ed25519 key";
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < minRsaBits ? `must be an RSA key of at least ${minRsaBits} bits; this one has ${bits}` : key;
}

function parsePrivateKey(pem: string): KeyObject | string {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) {
    return isPublicKey(pem)
      ? "holds a public key: name the file of the private one"
      : "holds no private key in PEM form";
  }
  // Both forms of PEM say so in words (RFC 7468 11, RFC 1421 4.6.1.1).
  if (/\bENCRYPTED\b/.test(pem)) return "must be a private key without a passphrase";
  try {
    return createPrivateKey(pem);
  } catch {
    return "holds a private key that cannot be read";
  }
}

function isPublicKey(pem: string): boolean {
  try {
    createPublicKey(pem);
    return true;
  } catch {
    return false;
  }
}
