/**
 * Stylesheet, scripts and pictures, read once at start. Their URLs hold a hash of all of them, so browsers keep them for ever and
 * a new version is fetched at once. A request is looked up by name, never turned into a path of the disk.
 */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";

export type StaticFile = { readonly bytes: Buffer; readonly type: string };

export type StaticFiles = {
  /** By path within the folder, such as `js/live.js`. */
  readonly files: ReadonlyMap<string, StaticFile>;
  /** Changes when any file does. */
  readonly version: string;
};

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
};

export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = new Map<string, StaticFile>();
  const hash = createHash("sha256");
  for (const path of paths) {
    const bytes = await readFile(path);
    const name = relative(folder, path).split(sep).join("/");
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
    files.set(name, { bytes, type: types[extname(name)] ?? "application/octet-stream" });
  }
  return { files, version: hash.digest("hex").slice(0, 16) };
}
