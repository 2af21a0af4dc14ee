/** Tables of turns of speech, written as running text between bars so that they stay readable. */

/** Whether a text, in lower case, holds any of the phrases, which are lower case and parted by bars. */
export function hasPhrase(text: string, phrases: string): boolean {
  return phrases.split("|").some((phrase) => text.includes(phrase.trim()));
}
