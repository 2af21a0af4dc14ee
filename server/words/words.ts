/** The one table of everything people read: pages, notices, footers and the command line take their words from here. */
import type { Language } from "../lists/mailing-list.ts";
import { en } from "./en.ts";
import type { Words } from "./en.ts";
import { ja } from "./ja.ts";

const tables: Readonly<Record<Language, Words>> = { en, ja };

export function words(language: Language): Words {
  return tables[language];
}
