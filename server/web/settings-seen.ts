/** Two who change a list's settings at once: each save takes over what was changed on that page, and leaves what somebody else changed. */
import type { ListSettings } from "../lists/mailing-list.ts";
import { asTyped } from "./settings-form.ts";

/** Goes into the form: the settings as the page shows them. */
export function seenSettings(list: ListSettings): string {
  return Buffer.from(JSON.stringify(asTyped(list))).toString("base64url");
}

/** The form as if its page had been opened just now and the same fields been changed on it. */
export function asIfJustOpened(form: URLSearchParams, list: ListSettings): URLSearchParams {
  const [seen, now] = [readSeen(form.get("seen") ?? ""), asTyped(list)];
  if (seen === undefined) return form;
  const merged = new URLSearchParams(form);
  for (const field of Object.keys({ ...seen, ...now })) {
    // A box that is not ticked sends nothing.
    const [shown, typed, current] = [seen[field] ?? "", form.get(field) ?? "", now[field] ?? ""];
    if (typed !== shown || current === shown) continue;
    merged.delete(field);
    if (current !== "") merged.set(field, current);
  }
  return merged;
}

/** Undefined where it cannot be read: then all of the form is meant. */
function readSeen(text: string): Readonly<Record<string, string | undefined>> | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof read !== "object" || read === null) return undefined;
    return Object.fromEntries(Object.entries(read).map(([field, value]) => [field, String(value)]));
  } catch {
    return undefined;
  }
}
