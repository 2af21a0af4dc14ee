/** An account as the pages of accounts and administrators show it, with what became of the invitation's mail. */
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Account } from "../../store/accounts/account-rows.ts";
import type { Store } from "../../store/store.ts";
import type { PanelState } from "../panel-context.ts";

export type InvitationView = {
  readonly when: string;
  readonly state: DeliveryState | undefined;
  readonly stateText: string;
  /** The other server's own words, where the mail did not leave. */
  readonly reply: string;
};

export type AccountView = {
  readonly id: number;
  readonly username: string;
  /** What people call them. */
  readonly name: string;
  readonly address: string;
  readonly isOwner: boolean;
  readonly isYou: boolean;
  readonly hasPassword: boolean;
  readonly lastSignIn: string | undefined;
  readonly hasSignedIn: boolean;
  readonly invitation: InvitationView | undefined;
};

type Seeing = { readonly store: Store; readonly state: Pick<PanelState, "words" | "dates" | "account"> };

export async function presentAccount(account: Account, { store, state }: Seeing): Promise<AccountView> {
  const { id, username, name, address, isOwner, signedInAt } = account;
  return {
    id,
    username,
    name: name === "" ? username : name,
    address,
    isOwner,
    isYou: id === state.account?.id,
    hasPassword: account.passwordHash !== undefined,
    lastSignIn: signedInAt === undefined ? undefined : state.dates.dateTime(signedInAt),
    hasSignedIn: signedInAt !== undefined || account.passwordHash !== undefined,
    invitation: await presentInvitation(account, { store, state }),
  };
}

async function presentInvitation(
  { invitedAt, invitationId }: Account,
  { store, state: { words: w, dates } }: Seeing,
): Promise<InvitationView | undefined> {
  if (invitedAt === undefined) return undefined;
  const delivery = invitationId === undefined ? undefined : await store.deliveries.find(invitationId);
  const { state } = delivery ?? {};
  const isTrouble = state === "deferred" || state === "failed" || state === "bounced";
  return {
    when: w.accounts.invitedAt(dates.dateTime(invitedAt)),
    state,
    stateText: state === undefined ? "" : w.deliveryState[state],
    reply: isTrouble ? (delivery?.reply ?? "") : "",
  };
}
