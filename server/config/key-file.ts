/** Reads a key file that config.json names, so that what is wrong with it is told like any other mistake there. */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { readDkimKey } from "../mail/dkim-key.ts";

/** The private key, or what is wrong with the file: words that follow the name of its setting. */
export function readKeyFile(path: string): KeyObject | string {
  let pem: string;
  try {
    pem = readFileSync(path, "utf8");
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return isMissing ? `names no file: ${path}` : `cannot be read (${String(error)})`;
  }
  const key = readDkimKey(pem);
  return typeof key === "string" ? `${key} (${path})` : key;
}
