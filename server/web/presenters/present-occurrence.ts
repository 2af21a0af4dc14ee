/** What became of a time of a schedule: its posts with their counts, or why there are none. */
import type { OccurrenceOutcome } from "../../lists/schedule.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import type { Post } from "../../lists/post.ts";
import type { Occurrence, OccurrenceOfPost } from "../../store/schedules/occurrences.ts";
import type { RuleWords } from "../../words/describe-rule.ts";
import type { PanelState } from "../panel-context.ts";
import { presentPost } from "./present-post.ts";

export type OccurrenceView = {
  readonly due: string;
  readonly dueIso: string;
  readonly outcome: OccurrenceOutcome;
  readonly text: string;
  /** Undefined when it was in time. */
  readonly late: string | undefined;
  readonly posts: readonly {
    readonly id: number;
    readonly list: string;
    readonly progress: string | undefined;
    readonly mark: { readonly state: string; readonly text: string };
    readonly responses: readonly string[];
  }[];
};

/** The server looks once a minute at least: what is later was not running then. */
const lateMs = 90_000;

export function presentOccurrence(
  { dueAt, at, outcome, posts }: Occurrence,
  known: readonly Post[],
  { state, said, zone, now, lists }: Place & { readonly now: number; readonly lists: readonly MailingList[] },
): OccurrenceView {
  const w = state.words.schedules;
  const due = said.moment(dueAt, zone);
  return {
    due,
    dueIso: new Date(dueAt).toISOString(),
    outcome,
    text: w.outcome[outcome],
    late: outcome === "sent" && at - dueAt > lateMs ? w.lateShort(said.moment(at, zone)) : undefined,
    posts: known
      .filter(({ id }) => posts.includes(id))
      .map((post) => {
        const { id, progress, mark, responses } = presentPost(post, state, now);
        return {
          id,
          list: lists.find((list) => list.id === post.listId)?.title ?? post.listName,
          progress,
          mark,
          responses: responses.map(({ text }) => text),
        };
      }),
  };
}

type Place = { readonly state: PanelState; readonly said: RuleWords; readonly zone: string };

/** On the page of a post that was reserved: for when, and whether it was late. */
export function presentOrigin(
  { scheduleId, dueAt, at }: OccurrenceOfPost,
  { state, said, zone }: Place,
): { readonly scheduleId: number; readonly text: string } {
  const w = state.words.schedules;
  const text = (moment: number): string => said.moment(moment, zone);
  return { scheduleId, text: at - dueAt > lateMs ? w.late(text(dueAt), text(at)) : w.ofPost(text(dueAt)) };
}
