/** Notices that bring a link which signs in once: an invitation, or the way back for whoever has forgotten the password. */
import { createHash } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { parseAddress } from "../mail/address.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import { noteInvitation } from "../store/accounts/invitations.ts";
import { insertLink, newLinkSecret } from "../store/accounts/sign-in-links.ts";
import type { Store } from "../store/store.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { composeNotice, insertComposed } from "./queue-notice.ts";
import type { Notice } from "./queue-notice.ts";

type Writing = { readonly store: Store; readonly clock: Clock; readonly config: Config };

export const invitationMs = 7 * 86_400_000;
const forgottenMs = 2 * 3_600_000;

/** At most one link by mail to an address in so long, and so many a day. */
const cap = { gapMs: 600_000, perDay: 3 };

export type SignInMail = {
  readonly account: Account;
  /** The list that the account is to administer, on whose behalf the mail goes; undefined: the server's own. */
  readonly list: MailingList | undefined;
  readonly kind: "invitation" | "forgotten";
};

/** Durable, with its link, when it resolves; the link, which only an owner of the server may see. */
export async function mailSignInLink(needs: Writing, mail: SignInMail): Promise<string> {
  const now = needs.clock.now();
  const { account } = mail;
  const link = { secret: newLinkSecret(), accountId: account.id, expiresAt: now + lifeOf(mail) };
  const url = linkUrl(needs.config, link.secret);
  const notice = signInNotice(needs.config, mail, { url, expiresAt: link.expiresAt });
  const bytes = await composeNotice(needs, notice);
  await needs.store.database.write(async (write) => {
    await insertLink(write, link);
    const deliveryId = await insertComposed(write, { notice, bytes, now });
    if (mail.kind === "invitation") await noteInvitation(write, account.id, { at: now, deliveryId });
  });
  return url;
}

/** As `mailSignInLink`, when no such mail went to the address lately; undefined when one did. */
export async function mailCappedLink(needs: Writing, mail: SignInMail): Promise<string | undefined> {
  const address = parseAddress(mail.account.address);
  if (address === undefined) return undefined;
  const may = await needs.store.requests.mayProvoke(address, { kind: mail.kind, ...cap }, needs.clock.now());
  return may ? mailSignInLink(needs, mail) : undefined;
}

/**
 * A link to whoever has this user name, or mail at this address. The work is nearly the same when there is nobody, and whoever
 * asked is answered before, so that no clock tells who has an account.
 */
export async function mailForgottenLink(needs: Writing, typed: string): Promise<void> {
  const { accounts, requests } = needs.store;
  const address = parseAddress(typed);
  const named = await accounts.findByUsername(typed);
  const at = address === undefined ? [] : await accounts.findByAddress(address);
  const found = named === undefined ? at : [named];
  for (const account of found) await mailCappedLink(needs, { account, list: undefined, kind: "forgotten" });
  if (found.length > 0) return;
  const nobody = { local: createHash("sha256").update(typed).digest("hex"), domain: "nobody.invalid" };
  await requests.mayProvoke(nobody, { kind: "forgotten", ...cap }, needs.clock.now());
}

/** Where a link's secret signs in. */
export function linkUrl(config: Config, secret: string): string {
  return `${config.web.url}/sign-in/link/${secret}`;
}

function lifeOf({ kind }: SignInMail): number {
  return kind === "invitation" ? invitationMs : forgottenMs;
}

function signInNotice(
  config: Config,
  { account, list, kind }: SignInMail,
  { url, expiresAt }: { readonly url: string; readonly expiresAt: number },
): Notice {
  const language = account.language ?? list?.language ?? config.language;
  const w = words(language).signInMail;
  const until = datesIn(language, list?.timezone ?? account.timezone ?? config.timezone).dateTime(expiresAt);
  const server = URL.parse(config.web.url)?.host ?? config.hostname;
  const about = { url, until, server, username: account.username };
  const write = <About>(
    { subject, text }: { readonly subject: (of: About) => string; readonly text: (of: About) => string },
    of: About,
  ): Pick<Notice, "subject" | "text"> => ({ subject: subject(of), text: text(of) });
  const said =
    kind === "forgotten"
      ? write(w.forgotten, about)
      : list === undefined
        ? write(w.invitation, about)
        : write(w.listInvitation, { ...about, title: list.title, address: listAddress(list) });
  return { list, to: account.address, ...said, kind: kind === "forgotten" ? "auto-replied" : "auto-generated" };
}
