/** The header fields by which mail programs and providers know a copy as list mail and offer to leave (RFC 2369, 2919, 8058). */
import { encodePhrase } from "./encoded-words.ts";

export type ListFieldsSource = {
  readonly name: string;
  readonly domain: string;
  readonly title: string;
  /** Base of the URLs, without a slash at its end; undefined when there is no web side. */
  readonly webUrl?: string;
  /** The member's token, or the slot for it. */
  readonly leaveToken: string;
};

/** In the order in which they stand. Values are ASCII and not folded. */
export function listFields(list: ListFieldsSource): readonly (readonly [name: string, value: string])[] {
  const { name, domain, leaveToken } = list;
  const leaveByMail = `<mailto:${name}-unsubscribe+${leaveToken}@${domain}>`;
  const leaveOnline = list.webUrl === undefined ? undefined : `<${list.webUrl.replace(/\/$/, "")}/u/${leaveToken}>`;
  return [
    ["List-Id", [encodePhrase(list.title), `<${name}.${domain}>`].filter((part) => part !== "").join(" ")],
    ["List-Post", `<mailto:${name}@${domain}>`],
    ["List-Help", `<mailto:${name}-request@${domain}?subject=help>`],
    ["List-Subscribe", `<mailto:${name}-subscribe@${domain}>`],
    ["List-Unsubscribe", leaveOnline === undefined ? leaveByMail : `${leaveOnline}, ${leaveByMail}`],
    ...(leaveOnline === undefined ? [] : [["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"] as const]),
    ["List-Owner", `<mailto:${name}-owner@${domain}>`],
    ["Precedence", "list"],
    // Gmail counts complaints by each of the first three and knows the sender by the last; none may name a member.
    ["Feedback-ID", `${name}:${domain}:list:kairan`],
  ];
}
