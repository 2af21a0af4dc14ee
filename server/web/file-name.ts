/** Names for downloads. What a mail calls its attachment is a stranger's text: a name is made of it that no system trips over. */

const mostCharacters = 120;
/** Devices, to Windows, whatever follows the dot. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The last part of a path, without what controls, hides or separates; `fallback` where nothing is left. */
export function cleanFileName(name: string, fallback: string): string {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last
    // Controls, characters that turn the direction of text or cannot be seen, and halves of surrogate pairs.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  const short = shorten(plain);
  if (short === "") return fallback;
  return reserved.test(short) ? `_${short}` : short;
}

/** Keeps the ending, by which programs know what to do with a file. */
function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= mostCharacters) return name;
  const ending = /\.[^. ]{1,10}$/.exec(name)?.[0] ?? "";
  return `${characters
    .slice(0, mostCharacters - ending.length)
    .join("")
    .trimEnd()}${ending}`;
}
