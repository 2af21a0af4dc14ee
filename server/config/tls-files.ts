/** Tries the certificates that config.json names before anything listens; only the server needs them, not every command. */
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { Config } from "../config.ts";

/** What is wrong with them, by key. */
export function tlsFaults(config: Config): readonly string[] {
  return (["smtp", "web"] as const).flatMap((section) => {
    const files = config[section].tls;
    if (files === undefined) return [];
    const read = { cert: readPem(files.cert), key: readPem(files.key) };
    const unreadable = (["cert", "key"] as const).flatMap((name) =>
      read[name] === undefined ? [`${section}.tls.${name} cannot be read: ${files[name]}`] : [],
    );
    return unreadable.length > 0 ? unreadable : pairFaults(`${section}.tls`, read);
  });
}

function readPem(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function pairFaults(
  key: string,
  pair: { readonly cert: string | undefined; readonly key: string | undefined },
): readonly string[] {
  try {
    createSecureContext({ cert: pair.cert, key: pair.key });
    return [];
  } catch (error) {
    return [`${key} is no certificate with its key: ${error instanceof Error ? error.message : "unknown"}`];
  }
}
