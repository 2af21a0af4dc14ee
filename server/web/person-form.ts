/** The form of a member: read into values, and filled from them. */
import type { Attributes, Member } from "../lists/member.ts";
import type { Address } from "../mail/address.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";

/** Characters. */
const longestName = 200;

export type Person = { readonly address: Address; readonly name: string; readonly attributes: Attributes };

export function readPerson(fields: FormFields, w: Words): Person | undefined {
  const address = fields.address("address");
  const name = fields.line("name");
  if ([...name].length > longestName) fields.fault("name", w.members.nameLong);
  const attributes = readAttributes(fields, w);
  return address === undefined || !fields.isGood ? undefined : { address, name, attributes };
}

function readAttributes(fields: FormFields, w: Words): Attributes {
  const pairs = fields.lines("attributes").map((line) => {
    const [, key, value] = /^([^::]{1,100}?)\s*[::]\s*(.{0,1000})$/u.exec(line) ?? [];
    if (key === undefined || value === undefined) fields.fault("attributes", w.members.attributesFault(line));
    return [key ?? line, value ?? ""] as const;
  });
  return Object.fromEntries(pairs);
}

/** The member as the form would have sent them. */
export function asTyped({ address, name, attributes, versionId }: Member): Readonly<Record<string, string>> {
  return {
    address,
    name,
    attributes: Object.entries(attributes)
      .map(([key, value]) => `${key}: ${value}`)
      .join("\n"),
    version: String(versionId),
  };
}
