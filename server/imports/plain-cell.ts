/** A cell as text: without what can be neither seen nor stored, and without the guard that an export put before it. */
import { unguarded } from "./unguarded.ts";

export function plainCell(cell: string): string {
  // Line breaks and tabs stay: an address may stand on several lines.
  return unguarded(cell.toWellFormed().replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, ""));
}
