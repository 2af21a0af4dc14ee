/** Readable text of a mail that has nothing but HTML: enough to go on writing from, in time that grows with its length alone. */

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

export function plainOfHtml(html: string): string {
  return html
    .replace(/<(script|style|title)\b[^>]*>[^]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>\s?/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(
      /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi,
      (whole, name: string) => characterOf(name.toLowerCase()) ?? whole,
    )
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Of `#38`, `#x26` or `amp`; undefined where there is none. */
function characterOf(name: string): string | undefined {
  if (!name.startsWith("#")) return entities[name];
  const point = name.startsWith("#x") ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
