/** User names of accounts. */

/** Anything that is typed easily and cannot be mistaken for an option, a list of words or another account. */
export function isUsername(text: string): boolean {
  return /^[a-z0-9][a-z0-9._@-]{0,63}$/i.test(text);
}
