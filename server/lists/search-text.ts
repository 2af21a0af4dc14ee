/**
 * Text as people look for it and sort by it: capitals, full-width letters, half-width kana and the two kinds of kana make no
 * difference. A text's grams, every two characters that follow each other, are what the search index keeps of it.
 */
import type { Attributes } from "./member.ts";

/** Rises when any of these rules changes: what was written by other rules is then written anew. */
export const searchRules = 1;

/** Characters of a member that can be found, and of a value that count in sorting. */
const longestText = 4000;
const longestSortKey = 100;
const longestField = 100;
const mostWords = 8;
/** Up to this length every gram of a word is asked for; of longer ones every second, which is as sure and half the work. */
const shortWord = 9;

/** What of a member can be found, as the index and the comparison after it read it. */
export function searchText(member: {
  readonly address: string;
  readonly name: string;
  readonly attributes: Attributes;
}): string {
  const texts = [member.address, member.name, ...Object.values(member.attributes)];
  // A line each, so that nothing is found across two of them.
  return cut(texts.map(folded).join("\n"), longestText);
}

/** The words of a search: all of them must be found. */
export function searchWords(search: string): readonly string[] {
  return [...new Set(folded(search).split(/\s+/))].filter((word) => word !== "").slice(0, mostWords);
}

/** Every pair of characters, and each character of scripts where one is a word. */
export function gramsOf(text: string): readonly string[] {
  const grams = new Set<string>();
  for (const line of text.split("\n")) {
    let before = "";
    for (const character of line) {
      if (isWordByItself(character)) grams.add(character);
      if (before !== "") grams.add(before + character);
      before = character;
    }
  }
  return [...grams];
}

/** Grams that everything has that holds all of the words; none where the index knows nothing of them. */
export function wantedGrams(words: readonly string[]): readonly string[] {
  return [...new Set(words.flatMap(gramsOfWord))];
}

/** Sorted as text, keys put 9 before 10. */
export function sortKey(text: string): string {
  const plain = folded(text);
  if (!/\d/.test(plain)) return cut(plain, longestSortKey);
  const key = plain.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, "");
    return `${String(Math.min(number.length, 99)).padStart(2, "0")}${number}`;
  });
  return cut(key, longestSortKey);
}

/** What a list can be sorted by: name, address, or an attribute. */
export function attributeField(name: string): string {
  return `a:${cut(name, longestField)}`;
}

export function attributeOfField(field: string): string | undefined {
  return field.startsWith("a:") ? field.slice(2) : undefined;
}

function gramsOfWord(word: string): readonly string[] {
  const characters = [...word];
  const [first = ""] = characters;
  if (characters.length === 1) return isWordByItself(first) ? [first] : [];
  const pairs = characters.slice(1).map((character, index) => (characters[index] ?? "") + character);
  if (characters.length <= shortWord) return pairs;
  return pairs.filter((_, index) => index % 2 === 0 || index === pairs.length - 1);
}

function isWordByItself(character: string): boolean {
  return character > "\x7f";
}

/** A text without what makes no difference. Line breaks are kept out: they part what can be found. */
export function folded(text: string): string {
  // Most of a large import is ASCII, and this its most frequent call.
  if (/^[!-~]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/\s+/g, " ")
    .trim();
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join("");
}
