/** Settings of a list in words, as far as two lists differ in them. */
import type { Config } from "../../config.ts";
import type { TakenSettings } from "../../lists/settings-like.ts";
import { words } from "../../words/words.ts";
import type { Words } from "../../words/en.ts";

export type SettingChange = { readonly label: string; readonly now: string; readonly then: string };

type Said = { readonly label: string; readonly say: (settings: TakenSettings) => string };

/** One row a setting that would change. */
export function settingChanges(
  now: TakenSettings,
  then: TakenSettings,
  { words: w, config }: { readonly words: Words; readonly config: Config },
): readonly SettingChange[] {
  const changes = sayings(w, config)
    .map(({ label, say }) => ({ label, now: say(now), then: say(then) }))
    .filter((change) => change.now !== change.then);
  if (JSON.stringify(now.joining) === JSON.stringify(then.joining)) return changes;
  const { joining: label, joiningNow, joiningDiffers } = w.copySettings;
  return [...changes, { label, now: joiningNow, then: joiningDiffers }];
}

function sayings(w: Words, config: Config): readonly Said[] {
  const { settings: s, copySettings: c } = w;
  const yesNo = (is: boolean): string => (is ? c.on : c.off);
  const text = (value: string): string => (value === "" ? c.empty : value);
  return [
    {
      label: s.language,
      say: ({ language }) => (language === undefined ? w.language.ofServer : words(language).language.name),
    },
    { label: s.timezone, say: ({ timezone }) => timezone ?? `${w.language.ofServer} (${config.timezone})` },
    { label: s.posting, say: ({ posting }) => s.postingModes[posting] },
    { label: s.proof, say: ({ proof }) => s.proofs[proof] },
    { label: s.replyTo, say: ({ replyTo }) => s.replyTargets[replyTo] },
    { label: s.prefix, say: ({ prefix }) => text(prefix) },
    { label: s.ownCopy, say: ({ ownCopy }) => yesNo(ownCopy) },
    { label: s.cooloff, say: ({ cooloffMs }) => s.cooloffText(cooloffMs) },
    { label: s.countBy, say: ({ countBy }) => countBy },
    { label: s.reportTo, say: ({ reportTo }) => s.reportTargets[reportTo] },
    { label: s.reportNews, say: ({ reportNews }) => yesNo(reportNews) },
    { label: s.required, say: ({ required }) => yesNo(required) },
  ];
}
