/** Whether trouble is the database's own and ends with it: it is full, held by another, read-only or away, whatever was asked of it. */
import { isNoRoom } from "./no-room.ts";

/**
 * Codes of SQLite, PostgreSQL's classes of errors (08 connection, 25 read-only, 40 rolled back, 55 held, 57 being stopped, 58 and XX
 * its system's), and the operating system's names for a connection that is lost. What the database refuses for its content is none of these: it would be refused
 * again.
 */
const passing =
  /^(?:SQLITE_(?:BUSY|LOCKED|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)|(?:08|25|40|55|57|58|XX)[0-9A-Z]{3}$|E(?:CONN[A-Z]+|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND|IO|MFILE|NFILE)$)/;

/** What the driver of PostgreSQL says without a code. */
const lostConnection = /connection terminated|connection error|timeout exceeded when trying to connect/i;

export function isPassingTrouble(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return isNoRoom(error) || passing.test(code) || lostConnection.test(error.message);
}
