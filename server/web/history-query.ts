/** Which posts a history shows: read from its query, written into links, and said in words. */
import { everyPost, postKinds, postOutcomes } from "../lists/post-filter.ts";
import type { PostFilter, PostKind, PostOutcome } from "../lists/post-filter.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import { nextDay, readTime } from "../words/zone-time.ts";
import type { PanelContext } from "./panel-context.ts";
import { keyOf, searchOf } from "./query.ts";

/** As it was typed; what is empty narrows nothing. */
export type HistoryQuery = {
  readonly q: string;
  readonly sender: string;
  /** Days, such as 2026-04-08. */
  readonly from: string;
  readonly to: string;
  readonly kind: PostKind | "";
  readonly outcome: PostOutcome | "";
  /** An id, on the history of all lists. */
  readonly list: string;
};

export type ReadHistory = {
  readonly typed: HistoryQuery;
  readonly filter: PostFilter;
  readonly before: number | undefined;
  /** By the name of the field. */
  readonly faults: Readonly<Record<string, string>>;
};

const longestSender = 200;

export function readHistoryQuery(ctx: PanelContext, timezone: string): ReadHistory {
  const text = (name: string): string => String(ctx.query[name] ?? "").trim();
  const typed: HistoryQuery = {
    q: searchOf(ctx),
    sender: text("sender").slice(0, longestSender),
    from: text("from").normalize("NFKC").slice(0, 20),
    to: text("to").normalize("NFKC").slice(0, 20),
    kind: postKinds.find((kind) => kind === text("kind")) ?? "",
    outcome: postOutcomes.find((outcome) => outcome === text("outcome")) ?? "",
    list: /^\d{1,15}$/.test(text("list")) ? text("list") : "",
  };
  const { faults, ...period } = readPeriod(typed, timezone, ctx.state.words);
  const filter: PostFilter = {
    ...everyPost,
    ...period,
    search: typed.q,
    sender: typed.sender,
    kind: typed.kind === "" ? undefined : typed.kind,
    outcome: typed.outcome === "" ? undefined : typed.outcome,
  };
  return { typed, filter, before: keyOf(ctx, "before"), faults };
}

/** With the leading question mark; empty where nothing is narrowed. */
export function historyQueryText(
  typed: HistoryQuery,
  changes: Partial<HistoryQuery> & { readonly before?: number } = {},
): string {
  const said = Object.entries({ ...typed, ...changes }).filter(([, value]) => value !== "");
  const text = new URLSearchParams(said.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

export type FilterChip = {
  readonly label: string;
  readonly value: string;
  /** The query without it. */
  readonly without: string;
};

/** What is narrowed, one by one. `listTitle`: of the list that was chosen. */
export function filterChips(
  { typed, filter }: ReadHistory,
  {
    words: w,
    dates,
    listTitle,
  }: { readonly words: Words; readonly dates: Dates; readonly listTitle: string | undefined },
): readonly FilterChip[] {
  const f = w.historyFilter;
  const chip = (label: string, value: string, cleared: Partial<HistoryQuery>): FilterChip[] =>
    value === "" ? [] : [{ label, value, without: historyQueryText(typed, cleared) }];
  return [
    ...chip(f.search, typed.q, { q: "" }),
    ...chip(f.list, listTitle ?? "", { list: "" }),
    ...chip(f.sender, typed.sender, { sender: "" }),
    ...chip(f.period, filter.since === undefined ? "" : f.since(dates.date(filter.since)), { from: "" }),
    ...chip(f.period, filter.until === undefined ? "" : f.until(dates.date(filter.until - 1)), { to: "" }),
    ...chip(f.kind, typed.kind === "" ? "" : f.kinds[typed.kind], { kind: "" }),
    ...chip(f.outcome, typed.outcome === "" ? "" : f.outcomes[typed.outcome], { outcome: "" }),
  ];
}

/** Both days are whole ones. One that is none narrows nothing, and its field says so. */
function readPeriod(
  { from, to }: HistoryQuery,
  timezone: string,
  { historyFilter: f }: Words,
): Pick<PostFilter, "since" | "until"> & Pick<ReadHistory, "faults"> {
  const [since, last] = [dayOf(from, timezone), dayOf(to, timezone)];
  const isTurned = since !== undefined && last !== undefined && last < since;
  const faults = {
    ...(from !== "" && since === undefined && { from: f.dayWrong }),
    ...(to !== "" && last === undefined && { to: f.dayWrong }),
    ...(isTurned && { to: f.daysTurned }),
  };
  return { since, until: last === undefined || isTurned ? undefined : nextDay(last, timezone), faults };
}

function dayOf(text: string, timezone: string): number | undefined {
  const time = readTime(text.replaceAll("/", "-"), timezone);
  return time?.isWholeDay === true ? time.at : undefined;
}
