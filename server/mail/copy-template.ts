/**
 * Copies of a post: compiled once a post from the author's message, rendered once a member. All that is the same in every copy lies
 * in shared buffers ready for the wire; a copy adds its header and the few lines of its footer.
 */
import { hash } from "node:crypto";
import { charsetOf, decodeExactly } from "./charset.ts";
import { fillCopy, layOut } from "./copy-form.ts";
import type { CopyForm, CopyParts, RenderedCopy } from "./copy-form.ts";
import { headerPieces } from "./copy-header.ts";
import { writeEntity, writeField } from "./copy-parts.ts";
import type { PartsPlan } from "./copy-parts.ts";
import type { CopySigner } from "./copy-signature.ts";
import { addFooter } from "./copy-text.ts";
import type { CopyText, TextForm } from "./copy-text.ts";
import { footerBeside } from "./footer-beside.ts";
import { findFooterPlace } from "./footer-place.ts";
import type { FooterPlace } from "./footer-place.ts";
import type { HeaderField } from "./header-fields.ts";
import { regularMessage } from "./line-ends.ts";
import { readMimeTree } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { mark, splitSlots } from "./slots.ts";
import type { Pieces, Values } from "./slots.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

/** What stands in a plan for a member's value. `name`: letters, digits, underscores, hyphens. */
export function slot(name: string): string {
  return mark(name);
}

export type CopyPlan = {
  /**
   * Every field of the copy but MIME's and those kept from the author. Values are ASCII, encoded already, and may hold slots; they
   * are folded here.
   */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The author's fields that are kept, in lower case; a field of the plan takes the place of a kept one. */
  readonly keep?: readonly string[];
  /** Added at the end of the author's text. Both may hold slots; a value is escaped for HTML here. Lines end in LF or CRLF. */
  readonly footer?: { readonly text: string; readonly html: string };
  /** Turns the author's text into one that may hold slots; where it is given, nothing of that text is shared by the copies. */
  readonly rewrite?: (text: string, isHtml: boolean) => string;
};

export interface CopyTemplate {
  /** One member's copy. `values`: by slot name; header values are ASCII or become encoded words, none can end a line. */
  render(values: Values, eightBitAllowed: boolean): RenderedCopy;
}

const keptByDefault = ["date", "in-reply-to", "references"];
/** Untrue once anything is added. */
const neverKept = new Set(["content-length", "content-md5"]);

/**
 * Reads the author's message once. Never throws whatever the message is. The message is kept and must not change. With a signer
 * each copy begins with its signatures.
 */
export function compileCopy(message: Buffer, plan: CopyPlan, signer?: CopySigner): CopyTemplate {
  const post = new Post(message, plan);
  return new LazyTemplate((form) => layOut(post.compile(form), signer));
}

/** A message as it is, but regular and with what its next server might not take written anew: for the server's own notices. */
export function compileVerbatim(message: Buffer, signer?: CopySigner): CopyTemplate {
  const regular = regularMessage(message);
  const root = readMimeTree(regular);
  const compile = ({ eightBit }: TextForm): CopyForm => {
    const plan = { message: regular, eightBit, texts: new Map(), newBoundary: boundaries(regular) };
    return layOut({ header: [], ...writeEntity(root, plan) }, signer);
  };
  return new LazyTemplate(compile);
}

/** Forms are made when first asked for: most posts need one of the four. */
class LazyTemplate implements CopyTemplate {
  readonly #compile: (form: TextForm) => CopyForm;
  readonly #forms = new Map<string, CopyForm>();

  constructor(compile: (form: TextForm) => CopyForm) {
    this.#compile = compile;
  }

  render(values: Values, eightBitAllowed: boolean): RenderedCopy {
    const tight = this.#form({ eightBit: eightBitAllowed, roomy: false });
    const copy = fillCopy(tight, values) ?? fillCopy(this.#form({ eightBit: eightBitAllowed, roomy: true }), values);
    if (copy === undefined) throw new Error("a roomy form takes every value");
    return copy;
  }

  #form(form: TextForm): CopyForm {
    const key = `${form.eightBit} ${form.roomy}`;
    const made = this.#forms.get(key) ?? this.#compile(form);
    this.#forms.set(key, made);
    return made;
  }
}

/** A post that was read, and what is to become of it. */
class Post {
  readonly #message: Buffer;
  readonly #root: MimePart;
  readonly #place: FooterPlace;
  readonly #plan: CopyPlan;
  /** The author's texts as the plan has rewritten them, at once: whoever fills the slots knows them then. */
  readonly #written: ReadonlyMap<MimePart, Pieces>;
  readonly #footer: { readonly text: Pieces; readonly html: Pieces };

  constructor(message: Buffer, plan: CopyPlan) {
    this.#message = regularMessage(message);
    this.#root = readMimeTree(this.#message);
    this.#place = plan.footer === undefined ? { kind: "nowhere" } : findFooterPlace(this.#root);
    this.#plan = plan;
    this.#written = this.#rewrite();
    this.#footer = { text: splitSlots(plan.footer?.text ?? ""), html: splitSlots(plan.footer?.html ?? "") };
  }

  compile(form: TextForm): CopyParts {
    const texts = this.#texts(form);
    const plan: PartsPlan = {
      message: this.#message,
      eightBit: form.eightBit,
      texts: texts ?? new Map(),
      newBoundary: boundaries(this.#message),
    };
    const authors = writeEntity(this.#root, plan, isContentField);
    const isBeside = this.#place.kind === "beside" || texts === undefined;
    const { fields, body } = isBeside
      ? footerBeside({ authors, footer: this.#footer.text, boundary: plan.newBoundary(), form })
      : authors;
    const header = headerPieces([...this.#plan.fields, ["MIME-Version", "1.0"]]);
    return { header, fields: `${this.#keptFields()}${fields}`, body };
  }

  /** The author's texts with the footer; undefined when it cannot be added to one of them. */
  #texts(form: TextForm): ReadonlyMap<MimePart, CopyText> | undefined {
    const texts = new Map<MimePart, CopyText>();
    if (this.#place.kind !== "inside") return texts;
    for (const part of [this.#place.plain, this.#place.html]) {
      if (part === undefined) continue;
      const html = part === this.#place.html;
      const source = { ...part, octets: this.#message.subarray(part.bodyStart, part.bodyEnd), html };
      const footer = html ? this.#footer.html : this.#footer.text;
      const written = this.#written.get(part);
      const text =
        written === undefined
          ? addFooter(source, footer, form)
          : addFooter({ ...source, octets: Buffer.alloc(0) }, [...written, ...footer], form);
      if (text === undefined) return undefined;
      texts.set(part, text);
    }
    return texts;
  }

  #rewrite(): ReadonlyMap<MimePart, Pieces> {
    const { rewrite } = this.#plan;
    const written = new Map<MimePart, Pieces>();
    if (rewrite === undefined || this.#place.kind !== "inside") return written;
    for (const part of [this.#place.plain, this.#place.html]) {
      const octets = part && decodeTransfer(this.#message.subarray(part.bodyStart, part.bodyEnd), part.encoding);
      const text = octets && decodeExactly(octets, charsetOf(octets, part.charset));
      const changed = text === undefined ? undefined : rewrite(text, part === this.#place.html);
      // A text without a slot is shared by the copies like any other.
      if (part !== undefined && changed !== undefined && changed !== text) written.set(part, splitSlots(changed));
    }
    return written;
  }

  #keptFields(): string {
    const planned = new Set(this.#plan.fields.map(([name]) => name.toLowerCase()));
    const names = (this.#plan.keep ?? keptByDefault).filter(
      (name) => !planned.has(name) && name !== "mime-version" && !name.startsWith("content-"),
    );
    const fields = names.map((name) => this.#root.header.fields.find((field) => field.name.toLowerCase() === name));
    return fields.map((field) => (field === undefined ? "" : writeField(field, undefined))).join("");
  }
}

function isContentField(field: HeaderField): boolean {
  const name = field.name.toLowerCase();
  return name.startsWith("content-") && !neverKept.has(name);
}

/** Boundaries that hold a hash of the message, which therefore cannot hold them; the same at every compilation. */
function boundaries(message: Buffer): () => string {
  let made = 0;
  let digest = "";
  return () => {
    digest ||= hash("sha256", message, "hex").slice(0, 24);
    made++;
    return `=_${digest}_${made}`;
  };
}
