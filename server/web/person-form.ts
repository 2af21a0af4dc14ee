/** The form of a member: read into values, and filled from them. */
import type { Attributes, Member } from "../lists/member.ts";
import type { Address } from "../mail/address.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";

/** Characters. */
const longestName = 200;
const longestKey = 100;
const longestValue = 1000;
/** Rows of attributes that a form may have, and empty ones that it offers. */
const mostRows = 100;
const freeRows = 2;
/** Attributes of the list that a form has rows for without being asked. */
const mostOffered = 8;

export type Person = { readonly address: Address; readonly name: string; readonly attributes: Attributes };
export type Typed = Readonly<Record<string, string>>;

export function readPerson(fields: FormFields, w: Words): Person | undefined {
  const address = fields.address("address");
  const name = fields.line("name");
  if ([...name].length > longestName) fields.fault("name", w.members.nameLong);
  const attributes = readAttributes(fields, w);
  return address === undefined || !fields.isGood ? undefined : { address, name, attributes };
}

/** A row without a value says nothing, whatever its name: forms offer rows for what the list's members have. */
function readAttributes(fields: FormFields, w: Words): Attributes {
  const attributes = new Map<string, string>();
  for (let row = 0; row < mostRows; row++) {
    const [keyName, valueName] = [`attributeName${row}`, `attributeValue${row}`];
    const [key, value] = [fields.line(keyName), fields.line(valueName)];
    if (value === "") continue;
    if (key === "") fields.fault(keyName, w.memberForm.keyMissing);
    if ([...key].length > longestKey) fields.fault(keyName, w.memberForm.keyLong);
    if ([...value].length > longestValue) fields.fault(valueName, w.memberForm.valueLong);
    if (attributes.has(key)) fields.fault(keyName, w.memberForm.keyTwice(key));
    attributes.set(key, value);
  }
  return Object.fromEntries(attributes);
}

/** The member as the form would have sent them, with a row for each attribute that members of the list have. */
export function asTyped({ address, name, attributes, versionId }: Member, known: readonly string[]): Typed {
  const offered = known.slice(0, mostOffered).filter((key) => attributes[key] === undefined);
  const rows = [...Object.entries(attributes), ...offered.map((key) => [key, ""] as const)];
  return { address, name, ...typedRows(rows), version: String(versionId) };
}

/** An empty form. */
export function noneTyped(known: readonly string[]): Typed {
  return typedRows(known.slice(0, mostOffered).map((key) => [key, ""] as const));
}

/** The rows to show for what was typed, and some empty ones. */
export function attributeRows(typed: Typed): readonly number[] {
  const used = Object.keys(typed).map((name) => Number(/^attributeName(\d{1,3})$/.exec(name)?.[1] ?? -1));
  const last = Math.max(-1, ...used.filter((row) => typed[`attributeName${row}`] !== ""));
  return Array.from({ length: Math.min(last + 1 + freeRows, mostRows) }, (_, row) => row);
}

function typedRows(rows: readonly (readonly [string, string])[]): Typed {
  return Object.fromEntries(
    rows.flatMap(([key, value], row) => [
      [`attributeName${row}`, key],
      [`attributeValue${row}`, value],
    ]),
  );
}
