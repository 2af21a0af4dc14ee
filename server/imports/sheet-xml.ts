/** As much of XML as the sheets of workbooks need: elements of one name, one after the other, and the text in them. */

/** Not to be read: damaged, or an element of over a million characters. */
export class BrokenXml extends Error {}

const longest = 1_000_000;

/** Each element of this name as it is written, whatever prefix it has. Elements of the name do not stand inside each other. */
export async function* elements(octets: AsyncIterable<Buffer>, name: string): AsyncGenerator<string> {
  const { opening, closing } = tagsOf(name);
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of octets) {
    text += decoder.decode(piece, { stream: true });
    let from = 0;
    let isOpen = false;
    while (!isOpen) {
      opening.lastIndex = from;
      const open = opening.exec(text);
      if (open === null) break;
      const isWhole = open[0].endsWith("/>");
      closing.lastIndex = opening.lastIndex;
      const isClosed = isWhole || closing.exec(text) !== null;
      isOpen = !isClosed;
      if (isClosed) yield text.slice(open.index, isWhole ? opening.lastIndex : closing.lastIndex);
      from = isOpen ? open.index : isWhole ? opening.lastIndex : closing.lastIndex;
    }
    // What cannot be the beginning of a tag is not read again.
    if (!isOpen) from = Math.max(from, text.lastIndexOf("<"));
    text = text.slice(from);
    if (text.length > longest) throw new BrokenXml(`an element ${name} is too long`);
  }
}

/** As `elements`, in a text that is there as a whole. What is opened and never closed ends it: nothing is looked at twice. */
export function* elementsIn(text: string, name: string): Generator<string> {
  const { opening, closing } = tagsOf(name);
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    let end = opening.lastIndex;
    if (!open[0].endsWith("/>")) {
      closing.lastIndex = end;
      if (closing.exec(text) === null) return;
      end = closing.lastIndex;
    }
    yield text.slice(open.index, end);
    opening.lastIndex = end;
  }
}

/** Inside the tags of an element. */
export function contentOf(element: string): string {
  const start = element.indexOf(">") + 1;
  return element.slice(start, Math.max(start, element.lastIndexOf("<")));
}

/** A tag ends before the next one begins, or many that are not ended would each be read to the end of the text. */
function tagsOf(name: string): { readonly opening: RegExp; readonly closing: RegExp } {
  return {
    opening: new RegExp(`<(?:\\w{1,100}:)?${name}(?=[\\s/>])[^<>]*>`, "g"),
    closing: new RegExp(`</(?:\\w{1,100}:)?${name}\\s*>`, "g"),
  };
}

/** Of an element's opening tag; undefined when it has no such attribute. */
export function attribute(element: string, name: string): string | undefined {
  const tag = element.slice(0, element.indexOf(">"));
  const found = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return found === null ? undefined : resolved(found[1] ?? found[2] ?? "");
}

/** The text of all elements `t` in it, without the reading aids (furigana) that Japanese workbooks carry beside their words. */
export function textOf(element: string): string {
  return [...elementsIn(withoutAids(element), "t")]
    .map((text) =>
      resolved(contentOf(text)).replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => character(parseInt(code, 16))),
    )
    .join("");
}

function withoutAids(element: string): string {
  let spoken = "";
  let from = 0;
  for (const aid of elementsIn(element, "rPh")) {
    const at = element.indexOf(aid, from);
    spoken += element.slice(from, at);
    from = at + aid.length;
  }
  return spoken + element.slice(from);
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function resolved(text: string): string {
  return text.replace(/&(?:#x[0-9a-f]{1,6}|#\d{1,7}|amp|lt|gt|quot|apos);/gi, (reference) => {
    const name = reference.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return named[name] ?? reference;
    return character(name.startsWith("#x") ? parseInt(name.slice(2), 16) : Number(name.slice(1)));
  });
}

function character(code: number): string {
  return code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
}
