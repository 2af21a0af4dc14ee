/** Whether trouble is that the disk is full: it says so outward, since somebody must make room. */

/** SQLite's and the operating system's words for it, and PostgreSQL's class 53. */
export function isNoRoom(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "SQLITE_FULL" || code === "ENOSPC" || code.startsWith("53");
}
