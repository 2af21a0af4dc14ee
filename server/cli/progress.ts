/** A line of progress that overwrites itself on a terminal; nothing anywhere else. */
import type { CommandIo } from "./command-io.ts";

export type Progress = { readonly at: (rows: number) => void; readonly end: () => void };

const every = 1000;

export function createProgress(io: CommandIo, word: string): Progress {
  if (io.showsProgress !== true) return { at: () => undefined, end: () => undefined };
  let isShown = false;
  const at = (rows: number): void => {
    if (rows % every !== 0) return;
    isShown = true;
    io.err(`\r${word} ${rows.toLocaleString("en")} rows`);
  };
  return { at, end: () => (isShown ? io.err("\n") : undefined) };
}
