/** Telephone numbers among a member's attributes, for whoever has to ring those that do not answer. */
import type { Attributes } from "./member.ts";

const name = /電話|携帯|でんわ|ケータイ|連絡先|(?<![a-z])tel(?![a-z])|phone|mobile|cell/i;

export type Telephone = { readonly label: string; readonly shown: string; readonly number: string };

/** As attributes name them; `number` is what a telephone dials. */
export function telephonesOf(attributes: Attributes): readonly Telephone[] {
  return Object.entries(attributes).flatMap(([label, value]) => {
    if (!name.test(label.normalize("NFKC"))) return [];
    const plain = value.normalize("NFKC").replace(/[‐‑–—ー−]/g, "-");
    const number = /^\s*(\+?[\d\s().-]{6,25})\s*$/.exec(plain)?.[1]?.replace(/[^\d+]/g, "");
    return number === undefined || number.length < 6 ? [] : [{ label, shown: value, number }];
  });
}
