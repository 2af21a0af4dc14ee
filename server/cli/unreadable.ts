/** Why a file that an operator named cannot be read. */
import { type CommandError, failure } from "./command-error.ts";

export function unreadable(file: string, error: unknown): CommandError {
  if (!(error instanceof Error)) return failure(`${file} cannot be read`);
  const isMissing = "code" in error && error.code === "ENOENT";
  return failure(isMissing ? `there is no file ${file}` : `${file} cannot be read (${error.message})`);
}
