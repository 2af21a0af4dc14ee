/**
 * The attributes that joining asks for, as people write them: one a line, `Year*: 1, 2, 3`. The star says that it must be answered,
 * what follows the colon are its choices; without any it is free text. Full-width signs are what Japanese keyboards write first.
 * What is a name, an address or a status in members' files cannot be asked for: an export could not be read back.
 */
import { roleOf } from "./column-role.ts";
import type { AskedAttribute } from "./joining.ts";

const mostAttributes = 20;
const mostChoices = 100;
/** Characters of a name or choice. */
const longest = 100;

/** The attributes, or the first line that is none. */
export function readAskedAttributes(
  lines: readonly string[],
): { readonly attributes: readonly AskedAttribute[] } | { readonly wrong: string } {
  const attributes: AskedAttribute[] = [];
  for (const line of lines) {
    const read = readLine(line);
    const isKnown = attributes.some(({ name }) => name === read?.name);
    if (read === undefined || isKnown || attributes.length === mostAttributes) return { wrong: line };
    attributes.push(read);
  }
  return { attributes };
}

function readLine(line: string): AskedAttribute | undefined {
  // Step by step: one expression for all of it takes the cube of the length of a line that is none.
  const colon = line.search(/[:：]/);
  const head = (colon < 0 ? line : line.slice(0, colon)).trim();
  const star = /[*＊]$/.exec(head)?.[0] ?? "";
  const name = head.slice(0, head.length - star.length).trim();
  const rest = colon < 0 ? "" : line.slice(colon + 1);
  const choices = [...new Set(rest.split(/[,，、]/).map((choice) => choice.trim()))].filter((choice) => choice !== "");
  const isFit =
    name !== "" &&
    roleOf(name) === undefined &&
    !/[*＊]/.test(name) &&
    choices.length <= mostChoices &&
    [name, ...choices].every((text) => isShort(text));
  return isFit ? { name, required: star !== "", choices } : undefined;
}

function isShort(text: string): boolean {
  return [...text].length <= longest && !/\p{Cc}/u.test(text);
}

export function writeAskedAttribute({ name, required, choices }: AskedAttribute): string {
  return `${name}${required ? "*" : ""}${choices.length > 0 ? `: ${choices.join(", ")}` : ""}`;
}
