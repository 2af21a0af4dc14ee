/** The form of what joining asks: read into values, and filled from them. */
import { readAskedAttributes, writeAskedAttribute } from "../lists/asked-attributes.ts";
import { joiningModes, nameModes } from "../lists/joining.ts";
import type { Joining } from "../lists/joining.ts";
import type { Words } from "../words/en.ts";
import { localTime, readTime } from "../words/zone-time.ts";
import type { FormFields } from "./form-fields.ts";

/** Characters. */
const longestCode = 50;

/** `timezone`: the list's, in which its times are written. */
export function readJoiningForm(fields: FormFields, w: Words, timezone: string): Joining | undefined {
  const mode = fields.choice("mode", joiningModes);
  const name = fields.choice("askName", nameModes);
  const read = readAskedAttributes(fields.lines("attributes"));
  if ("wrong" in read) fields.fault("attributes", w.waiting.attributesWrong(read.wrong));
  const code = fields.line("code");
  if ([...code].length > longestCode) fields.fault("code", w.waiting.codeLong);
  const typed = fields.line("until");
  const until = typed === "" ? undefined : readTime(typed.normalize("NFKC"), timezone)?.at;
  if (typed !== "" && until === undefined) fields.fault("until", w.waiting.untilWrong);
  if (!fields.isGood || mode === undefined || name === undefined || "wrong" in read) return undefined;
  return { mode, name, attributes: read.attributes, code, until };
}

/** As the form would have sent it. */
export function asTyped(
  { mode, name, attributes, code, until }: Joining,
  timezone: string,
): Readonly<Record<string, string>> {
  return {
    mode,
    askName: name,
    attributes: attributes.map(writeAskedAttribute).join("\n"),
    code,
    until: localTime(until, timezone).slice(0, 16).replace(" ", "T"),
  };
}
