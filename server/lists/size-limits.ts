/**
 * How large a mail some providers take, whole and encoded. From public pages, looked at in November 2026, some of them years old: docomo
 * (1 to 10 MB, as the member has set it), SoftBank (its servers' own refusals and descriptions of S!メール), Apple, Microsoft,
 * Yahoo, Google. For au no page was found; 3 MB is what is commonly said. Good enough for a warning, never for a refusal.
 */

type Limit = { readonly name: string; readonly domains: readonly string[]; readonly octets: number };

const mega = 1_000_000;

const limits: readonly Limit[] = [
  { name: "SoftBank (i)", domains: ["i.softbank.jp"], octets: 1_048_576 },
  { name: "SoftBank", domains: ["softbank.ne.jp", "ymobile.ne.jp"], octets: 2 * mega },
  { name: "au", domains: ["ezweb.ne.jp", "au.com"], octets: 3 * mega },
  { name: "docomo", domains: ["docomo.ne.jp"], octets: 10 * mega },
  { name: "iCloud", domains: ["icloud.com", "me.com", "mac.com"], octets: 20 * mega },
  {
    name: "Outlook.com",
    domains: ["outlook.com", "outlook.jp", "hotmail.com", "hotmail.co.jp", "live.com", "live.jp"],
    octets: 20 * mega,
  },
  { name: "Yahoo", domains: ["yahoo.co.jp", "yahoo.com", "yahoo.ne.jp"], octets: 25 * mega },
  { name: "Gmail", domains: ["gmail.com", "googlemail.com"], octets: 50 * mega },
];

/** From here on people are told whom the size may keep out. */
export const worthTelling = 2 * mega;

/** Domain -> name of its provider, of those that take no mail of this size. */
export function refusing(octets: number): ReadonlyMap<string, string> {
  const tight = limits.filter((limit) => limit.octets < octets);
  return new Map(tight.flatMap(({ name, domains }) => domains.map((domain) => [domain, name] as const)));
}

/** Octets of files that a mail of so many has room for, where there is nothing else in it. */
export function roomForFiles(mailOctets: number): number {
  return Math.max(0, Math.floor((mailOctets * 57) / 78));
}

/** Attachments travel as base64, in lines; each with a header of its own. */
export function encodedSize(attachments: readonly { readonly size: number }[]): number {
  return attachments.reduce((sum, { size }) => sum + Math.ceil((size * 78) / 57) + 300, 0);
}
