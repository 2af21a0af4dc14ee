/** In words to whom of a list something goes: for the form, the history and the command line. */
import type { Condition, Recipients } from "../lists/recipients.ts";
import type { Words } from "./en.ts";

export function describeRecipients(recipients: Recipients | undefined, { recipients: w }: Words): string {
  if (recipients === undefined) return w.everybody;
  if (recipients.kind === "ticked") return w.ticked(recipients.persons.length);
  if (recipients.kind === "silent") return w.silent[recipients.of];
  return recipients.all.map((condition) => describe(condition, w)).join(w.and);
}

function describe(condition: Condition, w: Words["recipients"]): string {
  const { field: name } = condition;
  const field = name === "name" || name === "address" ? w.fields[name] : name;
  if ("is" in condition) return w.is(field, condition.is.join(w.or));
  if ("isNot" in condition) return w.isNot(field, condition.isNot.join(w.or));
  if ("contains" in condition) return w.contains(field, condition.contains);
  if ("isEmpty" in condition) return condition.isEmpty ? w.empty(field) : w.filled(field);
  const { from, to } = condition;
  if (from !== undefined && to !== undefined) return w.range(field, from, to);
  return from === undefined ? w.to(field, to ?? 0) : w.from(field, from);
}
