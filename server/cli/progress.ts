/** A line of progress that overwrites itself on a terminal; nothing anywhere else. */
import type { Advance } from "../store/backup/advance.ts";
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

/** The same for work whose whole is known, in percent. */
export function createShare(io: CommandIo, word: string): { readonly advance: Advance; readonly end: () => void } {
  if (io.showsProgress !== true) return { advance: () => undefined, end: () => undefined };
  let shown = -1;
  const advance = (done: number, all: number): void => {
    const percent = Math.floor((100 * done) / Math.max(1, all));
    if (percent === shown) return;
    shown = percent;
    io.err(`\r${word} ${String(percent).padStart(3)} %`);
  };
  return { advance, end: () => (shown >= 0 ? io.err("\n") : undefined) };
}
