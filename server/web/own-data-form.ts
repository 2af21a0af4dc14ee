/** The forms of a member's own data: read into what is to change, and filled from what is there. */
import type { AskedAttribute, Joining } from "../lists/joining.ts";
import type { Attributes, Member } from "../lists/member.ts";
import type { OwnDataChange } from "../requests/own-data.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";
import { rowId } from "./row-id.ts";

/** Characters. */
const longestName = 200;
const longestValue = 1000;

export const ownForms = ["save", "address", "second", "remove"] as const;
export type OwnForm = (typeof ownForms)[number];

/** Undefined: something is wrong with a field, or it is no form of ours. */
export function readOwnData(
  form: URLSearchParams,
  fields: FormFields,
  { member, joining, words: w }: { readonly member: Member; readonly joining: Joining; readonly words: Words },
): OwnDataChange | undefined {
  const kind = ownForms.find((each) => each === form.get("do"));
  if (kind === "save") return readSaved(form, fields, { member, joining, words: w });
  if (kind === "remove") return { do: kind, addressId: rowId(form.get("address-id")) ?? 0 };
  if (kind === undefined) return undefined;
  const to = fields.address(kind);
  if (to === undefined || !fields.isGood) return undefined;
  return kind === "second" ? { do: kind, to } : { do: kind, to, alsoIds: form.getAll("also").map(Number) };
}

/** What the list does not ask for stays as it is. */
function readSaved(
  form: URLSearchParams,
  fields: FormFields,
  { member, joining, words: w }: { readonly member: Member; readonly joining: Joining; readonly words: Words },
): OwnDataChange | undefined {
  const name = fields.line("name", { required: joining.name === "required" });
  if ([...name].length > longestName) fields.fault("name", w.ownData.nameLong);
  const changed = joining.attributes.map((asked, n) =>
    readAsked(fields, { asked, field: fieldOf(n), member, words: w }),
  );
  if (!fields.isGood) return undefined;
  const attributes = Object.fromEntries(
    Object.entries({ ...member.attributes, ...Object.fromEntries(changed) }).filter(
      ([key, value]) => value !== "" || member.attributes[key] === "",
    ),
  );
  return { do: "save", name, attributes, versionId: Number(form.get("version")) };
}

function readAsked(
  fields: FormFields,
  {
    asked,
    field,
    member,
    words: w,
  }: { readonly asked: AskedAttribute; readonly field: string; readonly member: Member; readonly words: Words },
): readonly [string, string] {
  const value = fields.line(field, { required: asked.required });
  if ([...value].length > longestValue) fields.fault(field, w.ownData.long);
  // A choice that an administrator once entered, and which is none of the list's any more, may stay.
  const known = ["", ...asked.choices, member.attributes[asked.name] ?? ""];
  if (asked.choices.length > 0 && !known.includes(value)) fields.fault(field, w.fields.missing);
  return [asked.name, value];
}

function fieldOf(n: number): string {
  return `attribute-${n}`;
}

/** The fields of the page, and what the list knows beside them. */
export function ownFields(member: Member, { attributes }: Joining): object {
  const asked = attributes.map(({ name, required, choices }, n) => {
    const value = member.attributes[name] ?? "";
    const all = choices.includes(value) || value === "" ? choices : [...choices, value];
    return { name: fieldOf(n), label: name, optional: !required, choices: all.map((each) => [each, each]) };
  });
  const names = new Set(attributes.map(({ name }) => name));
  return { asked, fixed: Object.entries(member.attributes).filter(([name]) => !names.has(name)) };
}

/** The member as the form would have sent them. */
export function asOwnTyped(member: Member, { attributes }: Joining): Readonly<Record<string, string>> {
  const asked = attributes.map(({ name }, n) => [fieldOf(n), member.attributes[name] ?? ""] as const);
  return { name: member.name, version: String(member.versionId), ...Object.fromEntries(asked) };
}

/** What the entry says now, for who is told that it changed meanwhile. */
export function presentData(attributes: Attributes): readonly string[] {
  return Object.entries(attributes).map(([name, value]) => `${name}: ${value}`);
}
