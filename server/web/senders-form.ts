/** The lines of the forms of senders: addresses of one person, or one person a line. */
import type { Address } from "../mail/address.ts";
import type { NamedAddress } from "../store/people/people.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";

/** Characters, as of members. */
const longestName = 200;
const mostAddresses = 50;
/** Lines; a file of members is the way for more. */
const mostPeople = 200;
/** Characters of a line, which is searched from each of its places on. */
const longestLine = 1000;

export function readName(fields: FormFields, w: Words): string {
  const name = fields.line("name");
  if ([...name].length > longestName) fields.fault("name", w.members.nameLong);
  return name;
}

/** At least one, else a fault. */
export function readAddresses(fields: FormFields, w: Words): readonly Address[] {
  const lines = fields.lines("addresses");
  if (lines.length === 0) fields.fault("addresses", w.senders.atLeastOne);
  if (lines.length > mostAddresses) fields.fault("addresses", w.senderPage.tooMany(mostAddresses));
  return lines.flatMap((line) => fields.readAddress("addresses", line) ?? []);
}

/** `name@example.org`, `Name <name@example.org>`, or address and name beside each other, as they are copied from a table. */
export function readPeople(fields: FormFields, w: Words): readonly NamedAddress[] {
  const lines = fields.lines("people");
  if (lines.length === 0) fields.fault("people", w.senders.atLeastOne);
  if (lines.length > mostPeople) fields.fault("people", w.senderPage.tooMany(mostPeople));
  return lines.flatMap((line) => {
    const [, address = ""] =
      line.length > longestLine ? [] : (/[<\s,、\t]?([^<>\s,、\t]+[@@][^<>\s,、\t]+)/u.exec(line) ?? []);
    const name = line
      .replace(address, " ")
      .replace(/[<>,、"\t]/gu, " ")
      .replace(/\s+/gu, " ")
      .trim();
    const read = address === "" ? undefined : fields.readAddress("people", address);
    if (read === undefined || [...name].length > longestName) {
      fields.fault("people", w.senderPage.lineFault(line.slice(0, 100)));
      return [];
    }
    return [{ address: read, name }];
  });
}
