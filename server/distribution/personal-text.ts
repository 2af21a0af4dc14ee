/** Placeholders of a post that was written in the panel: its texts with a slot for each, and each member's values. */
import { slot } from "../mail/copy-template.ts";
import { fillPlaceholders, splitPlaceholders, valueFor } from "../lists/placeholders.ts";
import type { Placeholder } from "../lists/placeholders.ts";
import type { Conditioned } from "../lists/recipients.ts";

export class PersonalText {
  readonly #attributes: ReadonlySet<string>;
  readonly #placeholders = new Map<string, Placeholder>();

  constructor(attributes: ReadonlySet<string>) {
    this.#attributes = attributes;
  }

  /** Whether any text had a placeholder. */
  get isPersonal(): boolean {
    return this.#placeholders.size > 0;
  }

  withSlots(text: string): string {
    return splitPlaceholders(text, this.#attributes)
      .map((part) => (typeof part === "string" ? part : slot(this.#nameOf(part))))
      .join("");
  }

  /** The text itself as the member reads it. */
  filled(text: string, member: Conditioned): string {
    return fillPlaceholders(text, this.#attributes, member);
  }

  valuesFor(member: Conditioned): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#placeholders].map(([name, one]) => [name, valueFor(one, member)]));
  }

  #nameOf(placeholder: Placeholder): string {
    for (const [name, known] of this.#placeholders)
      if (known.field === placeholder.field && known.fallback === placeholder.fallback) return name;
    const name = `placeholder-${this.#placeholders.size}`;
    this.#placeholders.set(name, placeholder);
    return name;
  }
}
