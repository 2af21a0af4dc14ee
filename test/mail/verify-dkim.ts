/** What a server that gets a copy makes of its DKIM signatures (RFC 6376 6.1); written for the tests from the RFC, on text alone. */
import { createHash, type KeyObject, verify } from "node:crypto";

export type Verdict = {
  readonly selector: string;
  readonly verdict: "pass" | "body changed" | "header changed" | "no key" | "not as Kairan signs";
  readonly tags: ReadonlyMap<string, string>;
  /** As it stands in the message. */
  readonly field: string;
};

/** Of every signature from the top down. `keys`: public ones by selector. */
export function verifyDkim(message: Buffer, keys: Readonly<Record<string, KeyObject>>): readonly Verdict[] {
  const text = message.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const fields = text.slice(0, end + 2).match(/[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*/g) ?? [];
  const body = text.slice(end + 4);
  return fields
    .filter((field) => /^dkim-signature:/i.test(field))
    .map((field) => {
      const tags = new Map(
        Array.from(field.slice(15).matchAll(/([a-z]+)\s*=([^;]*)/g), ([, name = "", value = ""]) => [
          name,
          value.replace(/\s+/g, ""),
        ]),
      );
      const selector = tags.get("s") ?? "";
      return { selector, tags, field, verdict: judge({ tags, field, fields, body }, keys[selector]) };
    });
}

type Signed = {
  readonly tags: ReadonlyMap<string, string>;
  readonly field: string;
  readonly fields: readonly string[];
  readonly body: string;
};

function judge({ tags, field, fields, body }: Signed, key: KeyObject | undefined): Verdict["verdict"] {
  if (key === undefined) return "no key";
  if (tags.get("v") !== "1" || tags.get("c") !== "relaxed/relaxed" || tags.has("l")) return "not as Kairan signs";
  if (sha256(relaxBody(body)).toString("base64") !== tags.get("bh")) return "body changed";
  const left = [...fields];
  const signed = (tags.get("h") ?? "").split(":").map((name) => {
    const at = left.findLastIndex((other) => other.split(":")[0]?.trim().toLowerCase() === name.toLowerCase());
    return at < 0 ? "" : relaxField(left.splice(at, 1)[0] ?? "");
  });
  const own = relaxField(field.replace(/([\s;]b=)[^;]*/, "$1")).replace(/\r\n$/, "");
  const octets = Buffer.from(signed.join("") + own, "latin1");
  const signature = Buffer.from(tags.get("b") ?? "", "base64");
  const holds =
    tags.get("a") === "ed25519-sha256"
      ? verify(null, sha256(octets), key, signature)
      : tags.get("a") === "rsa-sha256" && verify("sha256", octets, key, signature);
  return holds ? "pass" : "header changed";
}

function relaxField(field: string): string {
  const [, name = "", value = ""] = /^([^:]*):([^]*)$/.exec(field) ?? [];
  const words = value.split(/[ \t\r\n]+/).filter((word) => word !== "");
  return `${name.trim().toLowerCase()}:${words.join(" ")}\r\n`;
}

function relaxBody(body: string): string {
  const lines = body.split("\r\n").map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""));
  while (lines.at(-1) === "") lines.pop();
  return lines.map((line) => `${line}\r\n`).join("");
}

function sha256(octets: string | Buffer): Buffer {
  return createHash("sha256")
    .update(typeof octets === "string" ? Buffer.from(octets, "latin1") : octets)
    .digest();
}
