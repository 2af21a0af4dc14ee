/** What joining a list asks, as `list set` takes it: one key a part of it. */
import { readAskedAttributes, writeAskedAttribute } from "../lists/asked-attributes.ts";
import { joiningModes, nameModes } from "../lists/joining.ts";
import type { Joining } from "../lists/joining.ts";
import { cleanText } from "../mail/encoded-words.ts";
import { localTime, readTime } from "../words/zone-time.ts";

type Setting = {
  readonly show: (joining: Joining, timezone: string) => string;
  /** What a value changes, or in words what it must be. `timezone`: of times without an offset. */
  readonly read: (value: string, timezone: string) => Partial<Joining> | string;
};

/** Characters. */
const longestCode = 50;

export const joiningSettings: Readonly<Record<string, Setting>> = {
  joining: { show: ({ mode }) => mode, read: (value) => oneOf(value, joiningModes, (mode) => ({ mode })) },
  "join-name": { show: ({ name }) => name, read: (value) => oneOf(value, nameModes, (name) => ({ name })) },
  "join-attributes": {
    show: ({ attributes }) => attributes.map(writeAskedAttribute).join("; "),
    read: readAttributes,
  },
  "join-code": {
    show: ({ code }) => code,
    read: (value) => {
      const isFit = cleanText(value) === value && [...value].length <= longestCode;
      return isFit ? { code: value.trim() } : `must be one line of at most ${longestCode} characters`;
    },
  },
  "join-until": {
    show: ({ until }, timezone) => localTime(until, timezone),
    read: (value, timezone) => {
      const until = value === "" ? undefined : readTime(value, timezone)?.at;
      return value !== "" && until === undefined ? 'must be a time such as "2026-04-08T17:00", or empty' : { until };
    },
  },
};

function readAttributes(value: string): Partial<Joining> | string {
  const lines = value
    .split(/[;\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const read = readAskedAttributes(lines);
  return "attributes" in read
    ? read
    : `must be attributes such as "Year*: 1, 2, 3; Street", each name once, none of them name, address or status; "${read.wrong}" is none`;
}

function oneOf<T extends string>(
  value: string,
  words: readonly T[],
  change: (word: T) => Partial<Joining>,
): Partial<Joining> | string {
  const word = words.find((one) => one === value);
  return word === undefined ? `must be one of ${words.join(", ")}` : change(word);
}
