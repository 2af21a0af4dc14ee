/** The form in which somebody says what each column of a file holds. */
import type { ColumnUse, ImportColumns, MemberImport } from "../lists/member-import.ts";
import type { Words } from "../words/en.ts";

/** As many as are asked about; those beyond stay as they are. */
export const mostColumns = 60;

const uses = ["address", "name", "status", "attribute", "nothing"] as const;

/** In words what is wrong with it. */
export function readColumns(form: URLSearchParams, of: MemberImport, { imports: w }: Words): ImportColumns | string {
  const count = Math.max(0, ...of.sample.map((row) => row.length));
  const chosen = Array.from({ length: count }, (_, place) => readUse(form, place, of));
  const times = (as: ColumnUse["as"]): number => chosen.filter((use) => use.as === as).length;
  if (times("address") !== 1) return w.addressOnce;
  const names = chosen.flatMap((use) => (use.as === "attribute" ? [use.name] : []));
  if (names.includes("")) return w.attributeNameless;
  if (times("name") > 1 || times("status") > 1 || new Set(names).size < names.length) return w.usedOnce;
  const above = of.columns?.above;
  return { titled: form.has("titled"), uses: chosen, ...(above !== undefined && { above }) };
}

function readUse(form: URLSearchParams, place: number, of: MemberImport): ColumnUse {
  const as = uses.find((use) => use === form.get(`use${place}`));
  if (as === undefined) return of.columns?.uses[place] ?? { as: "nothing" };
  if (as !== "attribute") return { as };
  const name = (form.get(`called${place}`) ?? of.sample[0]?.[place] ?? "").replace(/\s+/g, " ").trim();
  return { as, name: name.slice(0, 60) };
}
