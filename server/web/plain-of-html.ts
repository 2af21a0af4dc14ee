/** Readable text of a mail that has nothing but HTML: enough to go on writing from, in time that grows with its length alone. */

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** What stands between these is nothing to read. */
const hidden: ReadonlySet<string> = new Set(["script", "style", "title"]);
const breaks = /^(?:br|\/(?:p|div|tr|li|h[1-6]))$/;

export function plainOfHtml(html: string): string {
  return withoutTags(html)
    .replace(/\n /g, "\n")
    .replace(
      /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi,
      (whole, name: string) => characterOf(name.toLowerCase()) ?? whole,
    )
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** From sign to sign instead of by patterns, which look for the end of each of a thousand tags that have none. */
function withoutTags(html: string): string {
  const text: string[] = [];
  let at = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", at)) {
    const end = html.startsWith("<!--", open) ? html.indexOf("-->", open) : html.indexOf(">", open);
    if (end < 0) break;
    text.push(html.slice(at, open).replace(/\s+/g, " "));
    const tag = /^<(\/?[a-z][a-z0-9]{0,9})\b/i.exec(html.slice(open, open + 20))?.[1]?.toLowerCase() ?? "";
    if (breaks.test(tag)) text.push("\n");
    at = hidden.has(tag) ? closeOf(html, tag, end) : html.indexOf(">", end) + 1;
  }
  return [...text, html.slice(at).replace(/\s+/g, " ")].join("");
}

/** Behind the closing tag, or the end. */
function closeOf(html: string, tag: string, from: number): number {
  const close = new RegExp(`</${tag}\\s*>`, "gi");
  close.lastIndex = from;
  return close.exec(html) === null ? html.length : close.lastIndex;
}

/** Of `#38`, `#x26` or `amp`; undefined where there is none. */
function characterOf(name: string): string | undefined {
  if (!name.startsWith("#")) return entities[name];
  const point = name.startsWith("#x") ? parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
