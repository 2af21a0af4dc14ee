/** The form behind `/s/TOKEN`: its fields as the list's settings say, and what was typed into them. */
import type { AskedAttribute, Joining } from "../lists/joining.ts";
import { isCode } from "../lists/joining.ts";
import type { Words } from "../words/en.ts";
import type { FormFields } from "./form-fields.ts";

/** Characters of an answer. */
const longest = 200;

export type JoinAnswers = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };

/** Fields have numbers: an attribute's name may hold any letters. */
export function fieldOf(index: number): string {
  return `a${index}`;
}

/** Undefined where something is wrong, which the fields then tell. */
export function readJoinForm(fields: FormFields, joining: Joining, w: Words): JoinAnswers | undefined {
  const name =
    joining.name === "no" ? "" : readText(fields, { field: "name", required: joining.name === "required" }, w);
  const answers = joining.attributes.map(
    (asked, index) => [asked.name, readAnswer(fields, { asked, index }, w)] as const,
  );
  if (joining.code !== "" && !isCode(joining, fields.line("code"))) fields.fault("code", w.joinPage.codeWrong);
  return fields.isGood
    ? { name, attributes: Object.fromEntries(answers.filter(([, value]) => value !== "")) }
    : undefined;
}

function readAnswer(
  fields: FormFields,
  { asked, index }: { readonly asked: AskedAttribute; readonly index: number },
  w: Words,
): string {
  const field = fieldOf(index);
  const { required, choices } = asked;
  if (choices.length === 0) return readText(fields, { field, required }, w);
  const answer = fields.line(field);
  // What was asked for may have been changed by an administrator while the page was open.
  const isFit = choices.includes(answer.normalize("NFC")) || (answer === "" && !required);
  if (!isFit) fields.fault(field, w.joinPage.choiceMissing);
  return answer;
}

function readText(
  fields: FormFields,
  { field, required }: { readonly field: string; readonly required: boolean },
  w: Words,
): string {
  const text = fields.line(field, { required });
  if ([...text].length > longest) fields.fault(field, w.joinPage.answerLong);
  return text;
}

/** The form before anything was typed. */
export function asJoinTyped(
  joining: Joining,
  known: { readonly name: string; readonly attributes: Readonly<Record<string, string>> },
): Readonly<Record<string, string>> {
  const answers = joining.attributes.map(({ name }, index) => [fieldOf(index), known.attributes[name] ?? ""] as const);
  return { name: known.name, ...Object.fromEntries(answers) };
}
