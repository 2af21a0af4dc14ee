/** The templates in views/, compiled when they are first shown. */
import { join } from "node:path";
import { Eta } from "eta";

export class Views extends Eta {
  readonly #files = new Map<string, string>();

  constructor() {
    super({
      views: join(import.meta.dirname, "../../views"),
      autoEscape: true,
      cache: true,
      functionHeader: "const { w, at, dates } = it;",
    });
    // Eta finds a template's file anew for each of a page's dozen parts. Ours are all named from the root, so a name is always the same file.
    const find = this.resolvePath;
    this.resolvePath = (name, options) => {
      const file = this.#files.get(name) ?? find.call(this, name, options);
      this.#files.set(name, file);
      return file;
    };
  }
}
