/** What a list takes over from another one: every setting but the title, which is its own. */
import type { ListSettings, MailingList } from "./mailing-list.ts";

export type TakenSettings = Omit<ListSettings, "title">;

/** A prefix that holds the other list's name, such as `[news:%n]`, gets the own one. */
export function settingsLike(model: MailingList, ownName: string): TakenSettings {
  const {
    language,
    timezone,
    posting,
    proof,
    replyTo,
    ownCopy,
    cooloffMs,
    joining,
    required,
    countBy,
    reportTo,
    reportNews,
  } = model;
  const prefix = replaceWord(model.prefix, model.name, ownName);
  return {
    language,
    timezone,
    posting,
    proof,
    replyTo,
    prefix,
    ownCopy,
    cooloffMs,
    joining,
    required,
    countBy,
    reportTo,
    reportNews,
  };
}

/** Only where it stands as a word: `art` in `[start:%n]` is not the name. */
function replaceWord(text: string, word: string, by: string): string {
  const quoted = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![a-z0-9._-])${quoted}(?![a-z0-9._-])`, "gi"), () => by);
}
