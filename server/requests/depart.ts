/**
 * A member leaves by themselves, whichever way they took: at once, with one goodbye that holds the way back, and where the list is
 * required, with word to its administrators.
 */
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import { returnMs } from "../lists/returning.ts";
import { parseAddress } from "../mail/address.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import type { Notice } from "../notices/queue-notice.ts";
import { endByMember, returnFrom } from "../store/members/departures.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import type { Membership } from "./membership.ts";
import type { Needs } from "./needs.ts";
import { returnToken } from "./return-token.ts";
import { withdrawMembership } from "./withdraw.ts";

/** Told departures a day of one member: whoever holds a forwarded copy could else make a member leave and return all day. */
const toldADay = 5;

/**
 * Whether a mail asked for it, a page, or a provider that passed on "this is spam" (RFC 5965): who pressed that is sent nothing
 * more, no goodbye either.
 */
export type AskedBy = "mail" | "page" | "complaint";

/** False when the member had left before. */
export async function depart(needs: Needs, leaver: Membership, by: AskedBy): Promise<boolean> {
  const { store, clock } = needs;
  const { member, list } = leaver;
  if (member.status === "left") return false;
  // They left before, and a goodbye of that leaving has the way back.
  if (member.status === "waiting") return withdrawMembership(needs, member.id);
  const now = clock.now();
  const may = await mayTell(needs, leaver);
  const notices = may && by !== "complaint" ? [goodbye(needs, leaver, { by, now })] : [];
  if (list.required && may) notices.push(...(await tellOwners(needs, leaver, "hasLeft")));
  const composed = await composeAll(needs, notices);
  return store.database.write(async (write) => {
    const left = await endByMember(write, store.database.kind, { membershipId: member.id, now });
    if (left) await insertAll(write, composed, now);
    return left;
  });
}

/** Undoes the leaving of that moment; who was told of it is told of this too. False when there is nothing to undo. */
export async function comeBackFrom(needs: Needs, leaver: Membership, leftAt: number): Promise<boolean> {
  const { store, clock } = needs;
  const now = clock.now();
  const composed = await composeAll(needs, leaver.list.required ? await tellOwners(needs, leaver, "isBack") : []);
  return store.database.write(async (write) => {
    const back = await returnFrom(write, store.database.kind, { membershipId: leaver.member.id, leftAt, now });
    if (back) await insertAll(write, composed, now);
    return back;
  });
}

async function mayTell({ store, clock }: Needs, { member, list }: Membership): Promise<boolean> {
  const address = parseAddress(member.address);
  const cap = { kind: `goodbye ${list.id}`, gapMs: 0, perDay: toldADay };
  return address !== undefined && store.requests.mayProvoke(address, cap, clock.now());
}

function goodbye(
  { config }: Needs,
  { member, list, language, standing }: Membership,
  { by, now }: { readonly by: AskedBy; readonly now: number },
): Notice {
  const said = words(language).leaving.goodbye;
  const token = returnToken({ id: member.id, secret: standing.secret, leftAt: now });
  return {
    list,
    to: member.address,
    subject: said.subject(list.title),
    text: said.text({
      address: member.address,
      list: list.title,
      until: datesIn(language, list.timezone ?? config.timezone).date(now + returnMs),
      url: `${config.web.url}/u/back/${token}`,
      owner: ownerOf(list),
    }),
    kind: by === "mail" ? "auto-replied" : "auto-generated",
  };
}

/** In the list's language: several people read it. */
async function tellOwners(
  { store, clock, config }: Needs,
  { member, list }: Membership,
  what: "hasLeft" | "isBack",
): Promise<readonly Notice[]> {
  const language = list.language ?? config.language;
  const said = words(language).leaving[what];
  const about = {
    who: shownName(member),
    address: member.address,
    list: list.title,
    at: datesIn(language, list.timezone ?? config.timezone).dateTime(clock.now()),
    url: `${config.web.url}/lists/${list.id}/left`,
  };
  const addresses = await ownerAddresses(store.database, list.id);
  return addresses.map((to) => ({
    list,
    to,
    subject: said.subject(about),
    text: said.text(about),
    kind: "auto-generated" as const,
  }));
}

export function ownerOf(list: MailingList): string {
  return listAddress({ name: `${list.name}-owner`, domain: list.domain });
}

function shownName({ name, address }: Member): string {
  return name === "" ? address : name;
}
