/** Addresses as Japanese input methods leave them: full-width letters, ＠, 。 and blanks become what was meant. */

/** Says nothing about whether the result is an address. */
export function mendAddress(text: string): string {
  const halfWidth = text
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll("。", ".");
  const trimmed = halfWidth.replace(/\u00a0|\u3000|\u200b|\ufeff/g, " ").trim();
  // A blank inside quotes belongs to the local part.
  return trimmed.startsWith('"') ? trimmed : trimmed.replace(/\s*([@.])\s*/g, "$1");
}
