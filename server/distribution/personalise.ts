/** One member's values for the copies of a prepared post: address, tokens, placeholders. */
import type { Attributes } from "../lists/member.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { parseAddress, wireAddress } from "../mail/address.ts";
import type { CopyTemplate } from "../mail/copy-template.ts";
import { encodePhrase } from "../mail/encoded-words.ts";
import { makeToken } from "../mail/token.ts";
import type { TokenPurpose } from "../mail/token.ts";
import type { Claim } from "../store/deliveries/claims.ts";
import type { PersonalText } from "./personal-text.ts";

/** Everything about a post that its copies share. */
export type Prepared = {
  readonly list: MailingList | undefined;
  readonly template: CopyTemplate;
  /** What its copies ask: tokens are made for nothing else. */
  readonly asks?: { readonly confirmation: boolean; readonly poll: boolean };
  /** Undefined where every copy says the same. */
  readonly personal?: { readonly text: PersonalText; readonly subject: (fill: (text: string) => string) => string };
};

/** What a claim's copy is made from. */
export type PreparedCopy = {
  readonly template: CopyTemplate;
  readonly values: Readonly<Record<string, string>>;
  readonly mailFrom: string;
  readonly rcptTo: string;
};

/** Undefined when the address cannot be written to. */
export function personalise(prepared: Prepared, claim: Claim): PreparedCopy | undefined {
  const { list, template } = prepared;
  const address = parseAddress(claim.address);
  if (address === undefined) return undefined;
  const rcptTo = wireAddress(address);
  const token = makeToken({ purpose: "bounce", id: claim.id, secret: claim.secret });
  return {
    template,
    values: {
      ...placeholderValues(prepared, claim),
      to: claim.name === "" ? `<${rcptTo}>` : `${encodePhrase(claim.name)} <${rcptTo}>`,
      leave: memberToken("leave", claim),
      member: memberToken("member", claim),
      ...(prepared.asks?.confirmation && { confirm: askToken("confirm-read", claim) }),
      ...(prepared.asks?.poll && { poll: askToken("poll", claim) }),
    },
    mailFrom: list === undefined ? "" : `${list.name}-bounces+${token}@${list.domain}`,
    rcptTo,
  };
}

function placeholderValues({ personal }: Prepared, claim: Claim): Readonly<Record<string, string>> {
  if (personal === undefined) return {};
  const { name, address } = claim;
  const member = { name, address, attributes: JSON.parse(claim.attributes) as Attributes };
  const subject = personal.subject((text) => personal.text.filled(text, member));
  return { ...personal.text.valuesFor(member), subject };
}

function askToken(purpose: TokenPurpose & ("confirm-read" | "poll"), { asked }: Claim): string {
  return makeToken({ purpose, ...asked });
}

function memberToken(purpose: "leave" | "member", claim: Claim): string {
  if (claim.membershipId === null || claim.membershipSecret === null) return "";
  return makeToken({ purpose, id: claim.membershipId, secret: claim.membershipSecret });
}
