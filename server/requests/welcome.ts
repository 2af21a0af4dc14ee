/** The welcome mail to new members, with the test that mail reaches them: after joining, and for whom an administrator or a file brings in. */
import type { Language, MailingList } from "../lists/mailing-list.ts";
import { makeToken } from "../mail/token.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import type { Notice } from "../notices/queue-notice.ts";
import type { NewcomerRow } from "../store/members/newcomers.ts";
import type { JoinNeeds } from "./ask-to-join.ts";
import { welcomeNotice } from "./join-notices.ts";

/** Mails a transaction: far below 20 ms. */
export const pieceRows = 40;

/**
 * Queues a welcome mail to each of these memberships that is active; in pieces, so that a file of any size may call it with one
 * batch after the other. How many were queued.
 */
export async function welcome(needs: JoinNeeds, list: MailingList, membershipIds: readonly number[]): Promise<number> {
  const { store } = needs;
  let queued = 0;
  for (let start = 0; start < membershipIds.length; start += pieceRows) {
    const people = await store.newcomers.find(list.id, membershipIds.slice(start, start + pieceRows), "active");
    const mails = await composeAll(
      needs,
      people.map((person) => welcomeTo(needs, list, person)),
    );
    await store.database.write((write) => insertAll(write, mails, needs.clock.now()));
    queued += mails.length;
  }
  return queued;
}

/** The mail to one of them. Whoever becomes a member by the same transaction that queues it does not miss it. */
export function welcomeTo({ config }: JoinNeeds, list: MailingList, person: NewcomerRow): Notice {
  const { membershipId: id, secret, address: to } = person;
  const language: Language = person.language ?? list.language ?? config.language;
  return welcomeNotice(
    { config, list, to, language },
    {
      arrived: makeToken({ purpose: "arrived", id, secret }),
      member: makeToken({ purpose: "member", id, secret }),
      leave: makeToken({ purpose: "leave", id, secret }),
    },
  );
}
