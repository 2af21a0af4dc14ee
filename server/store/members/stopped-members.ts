/** Members who were stopped since their mail kept coming back, as their list's administrators are told of them once a day. */
import type { Database, Write } from "../database/database.ts";
import { bounceDaysToStop } from "./bounce-days.ts";
import { readServerState, writeServerState } from "../database/server-state.ts";

export type StoppedMember = { readonly address: string; readonly name: string; readonly words: string };

export type StoppedOfList = {
  readonly listId: number;
  readonly count: number;
  /** Some of them, the first who were stopped. */
  readonly members: readonly StoppedMember[];
};

/** Less than a day, so that a job that comes a little early is not put off to the next day. */
const againMs = 20 * 3_600_000;
const mostNamed = 50;

/** By list, who was stopped since that list's administrators were last told, where that is long enough ago. */
export async function stoppedToTell(database: Database, now: number): Promise<readonly StoppedOfList[]> {
  const lists = await database.reader
    .selectFrom("member_tally")
    .select("list_id")
    .where("status", "=", "bounced")
    .where("count", ">", 0)
    .execute();
  const found: StoppedOfList[] = [];
  for (const { list_id: listId } of lists) {
    const told = Number((await readServerState(database, stateKey(listId))) ?? 0);
    if (told > now - againMs) continue;
    const { count } = await stoppedSince(database, listId, told)
      .select((each) => each.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    if (count > 0) found.push({ listId, count, members: await named(database, listId, told) });
  }
  return found;
}

/** Within the transaction that puts the mails on their way. */
export async function noteStoppedTold(write: Write, listId: number, now: number): Promise<void> {
  await writeServerState(write, stateKey(listId), String(now));
}

async function named(database: Database, listId: number, told: number): Promise<readonly StoppedMember[]> {
  return stoppedSince(database, listId, told)
    .innerJoin("membership_version as v", "v.id", "membership.version_id")
    .select(["v.address", "v.name", "membership.bounce_words as words"])
    .orderBy("membership.inactive_since")
    .limit(mostNamed)
    .execute();
}

/** Not those whom somebody's file made *bounced*. */
function stoppedSince(database: Database, listId: number, told: number) {
  return database.reader
    .selectFrom("membership")
    .where("membership.list_id", "=", listId)
    .where("membership.status", "=", "bounced")
    .where("membership.inactive_since", ">", told)
    .where("membership.bounce_days", ">=", bounceDaysToStop);
}

function stateKey(listId: number): string {
  return `stopped-told:${listId}`;
}
