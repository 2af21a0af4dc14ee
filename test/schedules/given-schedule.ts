/** A schedule as the panel makes one: a draft, and the times of a rule. */
import { blankContent } from "../../server/lists/composition.ts";
import type { CompositionContent } from "../../server/lists/composition.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { countAfter, nextAfter } from "../../server/lists/schedule.ts";
import type { ScheduleRule } from "../../server/lists/schedule.ts";
import { ZoneClock } from "../../server/lists/zone-clock.ts";
import { reserve } from "../../server/store/schedules/reserve.ts";
import type { Store } from "../../server/store/store.ts";

export const zone = "Asia/Tokyo";

export type GivenSchedule = {
  readonly list: MailingList;
  readonly rule: ScheduleRule;
  readonly now: number;
  readonly accountId: number;
  readonly content?: Partial<CompositionContent>;
};

export async function givenSchedule(
  store: Store,
  { list, rule, now, accountId, content }: GivenSchedule,
): Promise<number> {
  const clock = new ZoneClock(zone);
  const senderId = (await store.senders.all(list.id))[0]?.personId;
  const whole = { ...blankContent, listIds: [list.id], senderId, subject: "Water", text: "Off.\n", ...content };
  const draft = await store.compositions.create({ accountId, kind: "draft", title: "", content: whole }, now);
  const nextAt = nextAfter(rule, clock, now);
  if (nextAt === undefined) throw new Error("all of its times are over");
  const id = await reserve(
    store.database,
    {
      accountId,
      draft,
      listIds: whole.listIds,
      timing: { rule, zone, nextAt, remaining: countAfter(rule, clock, now) },
    },
    now,
  );
  if (id === undefined) throw new Error("the draft is no draft");
  return id;
}

/** What the clocks of the zone show so many milliseconds from a moment, on a whole second. */
export function timeIn(now: number, ms: number): string {
  return new Date(new ZoneClock(zone).timeAt(now + ms)).toISOString().slice(0, 19);
}
