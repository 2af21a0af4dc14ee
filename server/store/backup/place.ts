/** Where a backup is restored to, and what came of it. */
import type { Advance } from "./advance.ts";

export type Place = {
  readonly location: string;
  readonly folder: string;
  readonly replace: boolean;
  readonly now: number;
  readonly advance: Advance;
  /** The name under which what was there is kept. */
  readonly keptName: string;
};

/** What a database in place says to being replaced. */
export type Placed =
  | { readonly kind: "done"; readonly rows: number; readonly kept: string | undefined }
  | { readonly kind: "not empty" | "in use" | "newer there" };
