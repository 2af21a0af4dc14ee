/** A post among the last sends over all lists: what became of its copies in three words, its time in its list's zone. */
import { openCopies, postState } from "../../lists/post.ts";
import type { Post } from "../../lists/post.ts";
import type { MailingList } from "../../lists/mailing-list.ts";
import { datesIn } from "../../words/dates.ts";
import type { Dates } from "../../words/dates.ts";
import type { PanelState } from "../panel-context.ts";
import { presentPost } from "./present-post.ts";
import type { PostView } from "./present-post.ts";

export type SendView = PostView & {
  readonly listTitle: string;
  /** Where it is not the server's: beside times of other zones one would take its times for theirs. */
  readonly zone: string | undefined;
  /** Until when it can be called back; undefined unless that is soon. */
  readonly waitsUntil: string | undefined;
  /** What is more than nothing: its label, its number, and the state whose colour and icon it has. */
  readonly sums: readonly { readonly label: string; readonly text: string; readonly state: string }[];
};

/** A list's own cool-off may be days: of those the first page says nothing. */
const soonMs = 600_000;

/** Formatters are dear: one a zone. */
export function presentSend(
  state: PanelState,
  serverZone: string,
  now: number,
): (post: Post, list: MailingList) => SendView {
  const zones = new Map<string, Dates>();
  const datesOf = (zone: string): Dates => {
    const dates = zones.get(zone) ?? datesIn(state.language, zone);
    zones.set(zone, dates);
    return dates;
  };
  return (post, list) => {
    const zone = list.timezone ?? serverZone;
    const dates = datesOf(zone);
    const view = presentPost(post, { ...state, dates }, now);
    const isSoon = postState(post, now) === "waiting" && post.startsAt - now <= soonMs;
    const waitsUntil = isSoon ? dates.exact(post.startsAt) : undefined;
    return {
      ...view,
      zone: zone === serverZone ? undefined : zone,
      listTitle: list.title,
      waitsUntil,
      sums: sumsOf(post, state),
    };
  };
}

function sumsOf({ tally }: Post, { words: w }: PanelState): SendView["sums"] {
  const sums = [
    { label: w.home.sent, count: tally.sent, state: "sent" },
    { label: w.home.astray, count: tally.failed + tally.bounced, state: "failed" },
    { label: w.home.going, count: openCopies(tally), state: "sending" },
    { label: w.home.stopped, count: tally.cancelled, state: "cancelled" },
  ];
  return sums
    .filter(({ count }) => count > 0)
    .map(({ label, count, state }) => ({ label, state, text: w.app.number(count) }));
}
