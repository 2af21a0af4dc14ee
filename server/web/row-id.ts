/** The number of a row as paths and forms carry it: anything else, however large or odd, never reaches the database. */

/** Undefined for what is none. */
export function rowId(text: string | null | undefined): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : undefined;
}
