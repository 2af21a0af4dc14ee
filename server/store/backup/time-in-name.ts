/** A moment as it stands in a file's name: sorts by time, and every file system takes it. */

/** 2026-07-31T120000Z, and milliseconds, so that no two are the same. */
export function timeInName(ms: number): string {
  return new Date(ms).toISOString().replaceAll(":", "").replace(".", "-");
}
