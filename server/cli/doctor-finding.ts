/** One thing that `kairan doctor` looked at, and how it stands. */

export type Finding = {
  /** What was looked at, in a word or two. */
  readonly check: string;
  /** `unknown`: it could not be looked at from here, which is no fault. */
  readonly state: "ok" | "warning" | "fault" | "unknown";
  /** What was found; where that is not good, what to do. */
  readonly says: string;
};

/** How long a server elsewhere may take to answer. */
export const answerMs = 5000;

/** A few words for what went wrong with a connection or a file. */
export function troubleOf(error: unknown): string {
  // Node joins the failures of several addresses of a host, and leaves the message empty.
  if (error instanceof AggregateError) return troubleOf(error.errors[0]);
  const { code, cause } = error as NodeJS.ErrnoException;
  if (code === undefined && cause !== undefined) return troubleOf(cause);
  return code ?? (error instanceof Error ? error.message : String(error));
}
