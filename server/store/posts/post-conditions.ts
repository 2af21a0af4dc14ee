/** What a history's filter asks of a post, as conditions on its row `fp`, what is cheap first. */
import { sql } from "kysely";
import type { RawBuilder, SqlBool } from "kysely";
import type { PostFilter, PostKind, PostOutcome } from "../../lists/post-filter.ts";
import { searchWords } from "../../lists/search-text.ts";
import type { Kind } from "../database/database.ts";
import { contains } from "../database/like.ts";

type Condition = RawBuilder<SqlBool>;

const kinds: Readonly<Record<PostKind, Condition>> = {
  mail: sql`fp.origin = 'mail'`,
  panel: sql`fp.origin = 'panel'`,
  scheduled: sql`fp.origin = 'scheduled'`,
  recurring: sql`fp.origin = 'recurring'`,
  asks: sql`fp.asks_confirmation = 1`,
  poll: sql`fp.poll_id IS NOT NULL`,
};

/** Ids of the posts that are looked at: from `low` on, below `before`. */
export type PostRange = { readonly low: number; readonly before: number };

type Outcomes = Readonly<Record<PostOutcome, Condition>>;

const accepted = sql<SqlBool>`fp.disposition = 'accepted'`;
const runs = sql<SqlBool>`${accepted} AND fp.stopped_at IS NULL`;

function outcomes(range: PostRange | undefined): Outcomes {
  const astray = someCopies(sql`'failed', 'bounced'`, range);
  const open = someCopies(sql`'pending', 'sending', 'deferred'`, range);
  return {
    well: sql`${runs} AND fp.expanded_at IS NOT NULL AND NOT ${open} AND NOT ${astray}`,
    astray: sql`${accepted} AND ${astray}`,
    going: sql`${runs} AND (fp.expanded_at IS NULL OR ${open})`,
    stopped: sql`${accepted} AND fp.stopped_at IS NOT NULL`,
    held: sql`fp.disposition = 'held'`,
    rejected: sql`fp.disposition = 'rejected'`,
    // As the post's page counts: families where it counts them, else copies that were not cancelled.
    unconfirmed: sql`${accepted} AND fp.asks_confirmation = 1 AND COALESCE((
        SELECT r.count FROM response_tally AS r WHERE r.post_id = fp.id
          AND r.kind = CASE WHEN fp.count_by = '' THEN 'confirmed' ELSE 'households' END), 0) <
        CASE WHEN fp.count_by <> '' THEN fp.families ELSE COALESCE((
          SELECT sum(t.count) FROM tally AS t WHERE t.post_id = fp.id AND t.state <> 'cancelled'), 0) END`,
    unanswered: sql`${accepted} AND fp.poll_id IS NOT NULL AND COALESCE((
        SELECT r.count FROM response_tally AS r WHERE r.post_id = fp.id AND r.kind = 'answered'), 0) < COALESCE((
        SELECT sum(t.count) FROM tally AS t WHERE t.post_id = fp.id AND t.state <> 'cancelled'), 0)`,
  };
}

/** There are copies in any of these states. Counts of a range of posts are read in one go, which takes a third of the time. */
function someCopies(states: RawBuilder<unknown>, range: PostRange | undefined): Condition {
  return range === undefined
    ? sql`EXISTS (SELECT 1 FROM tally AS t WHERE t.post_id = fp.id AND t.state IN (${states}) AND t.count > 0)`
    : sql`fp.id IN (SELECT t.post_id FROM tally AS t
        WHERE t.post_id >= ${range.low} AND t.post_id < ${range.before} AND t.state IN (${states}) AND t.count > 0)`;
}

/** All of them, none of which looks at the list. `range`: where all posts of it are looked at, which the caller says. */
export function postConditions(kind: Kind, filter: PostFilter, range: PostRange | undefined): readonly Condition[] {
  const { since, until, kind: ofKind, outcome, sender, search } = filter;
  return [
    // A reminder stands on the page of the post that it reminds of.
    sql`fp.reminds IS NULL`,
    ...(since === undefined ? [] : [sql<SqlBool>`fp.accepted_at >= ${since}`]),
    ...(until === undefined ? [] : [sql<SqlBool>`fp.accepted_at < ${until}`]),
    ...(ofKind === undefined ? [] : [kinds[ofKind]]),
    ...(outcome === undefined ? [] : [outcomes(range)[outcome]]),
    ...searchWords(sender).map((word) => says(kind, "author", word)),
    ...searchWords(search).map((word) => says(kind, "text", word)),
  ];
}

/** Posts that are not in the index yet are known by subject and author. */
function says(kind: Kind, column: "author" | "text", word: string): Condition {
  const place = sql.raw(kind === "postgres" ? "strpos" : "instr");
  const known = [sql.ref<string>("fp.author_name"), sql.ref<string>("fp.author_address")];
  const shown = column === "text" ? [sql.ref<string>("fp.subject"), ...known] : known;
  const either = sql.join(
    shown.map((one) => contains(one, word)),
    sql` OR `,
  );
  return sql`CASE WHEN fp.in_search = 1
    THEN (SELECT ${place}(s.${sql.raw(column)}, ${word}) > 0 FROM post_text AS s WHERE s.post_id = fp.id)
    ELSE ${either} END`;
}
