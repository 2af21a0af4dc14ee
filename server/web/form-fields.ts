/** Reads the fields of a form into values, collecting what is wrong with each; what was typed can be shown again. */
import { parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { withoutTurns } from "../mail/encoded-words.ts";
import type { Words } from "../words/en.ts";

/** RFC 5321 4.5.3.1.3, without its angle brackets. */
const longestAddress = 254;

export class FormFields {
  readonly #form: URLSearchParams;
  readonly #words: Words;
  readonly #faults = new Map<string, string>();

  constructor(form: URLSearchParams, words: Words) {
    this.#form = form;
    this.#words = words;
  }

  /** One line, trimmed. */
  line(name: string, { required = false }: { readonly required?: boolean } = {}): string {
    const text = withoutTurns(this.#form.get(name) ?? "")
      .normalize("NFC")
      .trim();
    if (required && text === "") this.fault(name, this.#words.fields.missing);
    // C0, C1 and the line separators: they would end a header field or a line of a log.
    if (/[\0-\x1f\x7f-\x9f\u2028\u2029]/.test(text)) this.fault(name, this.#words.fields.oneLine);
    return text;
  }

  /** The lines that are not empty; cells of a table may stand in them, with tabs between. */
  lines(name: string): readonly string[] {
    const text = withoutTurns(this.#form.get(name) ?? "").normalize("NFC");
    if (/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]/.test(text)) this.fault(name, this.#words.fields.controls);
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== "");
  }

  /** Undefined, and a fault, when it is missing or no address. */
  address(name: string): Address | undefined {
    const text = this.line(name, { required: true });
    return text === "" ? undefined : this.readAddress(name, text);
  }

  readAddress(name: string, text: string): Address | undefined {
    // Full-width letters and signs are what Japanese keyboards write first.
    const address = parseAddress(text.normalize("NFKC"));
    if (address === undefined)
      this.fault(
        name,
        text.length > longestAddress ? this.#words.memberForm.addressLong : this.#words.fields.addressWrong,
      );
    return address;
  }

  /** Undefined, and a fault, when it is none of the choices. */
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
    const text = this.#form.get(name);
    const chosen = choices.find((choice) => choice === text);
    if (chosen === undefined) this.fault(name, this.#words.fields.missing);
    return chosen;
  }

  isChecked(name: string): boolean {
    return this.#form.get(name) !== null;
  }

  /** The first fault of a field is the one that is shown. */
  fault(name: string, text: string): void {
    if (!this.#faults.has(name)) this.#faults.set(name, text);
  }

  get isGood(): boolean {
    return this.#faults.size === 0;
  }

  /** For the template: what is wrong, and what was typed. */
  get forPage(): {
    readonly faults: Readonly<Record<string, string>>;
    readonly typed: Readonly<Record<string, string>>;
  } {
    return { faults: Object.fromEntries(this.#faults), typed: Object.fromEntries(this.#form) };
  }
}
