/** Making somebody an administrator of a list: who has an account is told, who has none is invited. */
import type { MailingList } from "../lists/mailing-list.ts";
import type { Address } from "../mail/address.ts";
import { tellAdministrator } from "../notices/administrator-added.ts";
import { mailCappedLink } from "../notices/sign-in-mail.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Words } from "../words/en.ts";
import { usernameFor } from "./account-name.ts";
import type { FormFields } from "./form-fields.ts";
import type { SignedIn } from "./panel-context.ts";
import type { WebParts } from "./web-parts.ts";

/** By user name or address, as somebody typed it. */
export type NamedAdministrator =
  { readonly kind: "known"; readonly account: Account } | { readonly kind: "new"; readonly address: Address };

/** Undefined, with the field's fault, when it names nobody who could be one. */
export async function readAdministrator(
  { store }: WebParts,
  fields: FormFields,
  { field, words: w }: { readonly field: string; readonly words: Words },
): Promise<NamedAdministrator | undefined> {
  const who = fields.line(field, { required: true });
  if (who === "") return undefined;
  const known = await store.accounts.findForSignIn(who);
  if (known !== undefined) return { kind: "known", account: known };
  if (!who.normalize("NFKC").includes("@")) {
    fields.fault(field, w.administrators.whoUnknown);
    return undefined;
  }
  const address = fields.readAddress(field, who);
  if (address === undefined) return undefined;
  const [same] = await store.accounts.findByAddress(address);
  return same === undefined ? { kind: "new", address } : { kind: "known", account: same };
}

/** What the page says of it. */
export async function appointAdministrator(
  parts: WebParts,
  state: SignedIn,
  { list, named, name }: { readonly list: MailingList; readonly named: NamedAdministrator; readonly name: string },
): Promise<string> {
  const { store } = parts;
  const { words: w } = state;
  const account = named.kind === "known" ? named.account : await addAccount(parts, named.address, name);
  // Somebody else was quicker with the same user name: pressing again finds another one.
  if (account === undefined) return w.administrators.notAdded;
  if (await store.accounts.administers(account.id, list.id)) return w.administrators.already(nameOf(account));
  await store.accounts.addAdministrator(list.id, account.id);
  if (!hasSignedIn(account)) return inviteAdministrator(parts, state, { list, account });
  if (account.id !== state.account.id && account.address !== "") await tellAdministrator(parts, { account, list });
  parts.wake();
  return w.administrators.added(nameOf(account));
}

/** The link itself is not shown here: an administrator of a list must not be able to sign in as another one. */
export async function inviteAdministrator(
  parts: WebParts,
  { words: w }: SignedIn,
  { list, account }: { readonly list: MailingList; readonly account: Account },
): Promise<string> {
  const link = await mailCappedLink(parts, { account, list, kind: "invitation" });
  parts.wake();
  if (link === undefined) return w.accounts.tooSoon;
  const said = w.administrators.invited(account.address);
  return parts.config.outbound.via === "outbox" ? `${said} ${w.administrators.askOwner}` : said;
}

export function hasSignedIn({ signedInAt, passwordHash }: Account): boolean {
  return signedInAt !== undefined || passwordHash !== undefined;
}

export function nameOf({ name, username }: Account): string {
  return name === "" ? username : name;
}

async function addAccount({ store, clock }: WebParts, address: Address, name: string): Promise<Account | undefined> {
  const username = await usernameFor(store, address);
  return store.accounts.add(
    { username, address, ...(name !== "" && { name }), passwordHash: undefined, isOwner: false, listIds: [] },
    clock.now(),
  );
}
