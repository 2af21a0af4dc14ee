/** Time zones as forms take them. */
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";

/** Undefined when the field is left empty, and, with a fault, when this machine knows no such zone. */
export function readTimezone(fields: FormFields, w: Words): string | undefined {
  const timezone = fields.line("timezone");
  if (timezone === "") return undefined;
  if (!isTimezone(timezone)) fields.fault("timezone", w.settings.timezoneWrong);
  return timezone;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
