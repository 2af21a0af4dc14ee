/**
 * The few rows of a person, say, in the order of their ids: sorted here. Asked for in that order, PostgreSQL, which our connections tell
 * not to sort, would walk along all ids of the table until it has met those rows.
 */
export function byId<Row extends { readonly id: number }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((one, other) => one.id - other.id);
}
