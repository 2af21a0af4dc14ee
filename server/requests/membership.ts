/** A membership with all that mail and pages about it need. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import type { Standing } from "../store/members/departures.ts";
import type { Needs } from "./needs.ts";

export type Membership = {
  readonly member: Member;
  readonly list: MailingList;
  /** The person's, or the list's, or the server's. */
  readonly language: Language;
  readonly standing: Standing;
};

/** Undefined when it, or its list, is gone. */
export async function findMembership({ store, config }: Needs, id: number): Promise<Membership | undefined> {
  const [member, standing] = [await store.members.find(id), await store.departures.standing(id)];
  const list = member && (await store.lists.find(member.listId));
  if (member === undefined || standing === undefined || list === undefined) return undefined;
  const language = (await store.ownData.language(member.personId)) ?? list.language ?? config.language;
  return { member, list, language, standing };
}
