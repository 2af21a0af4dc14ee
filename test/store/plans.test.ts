import BetterSqlite3 from "better-sqlite3";
import { expect } from "chai";
import { CompiledQuery, Kysely } from "kysely";
import { everyPost, postKinds, postOutcomes } from "../../server/lists/post-filter.ts";
import type { PostFilter } from "../../server/lists/post-filter.ts";
import { attributeField } from "../../server/lists/search-text.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import type { GivenAnswer } from "../../server/lists/poll-answer.ts";
import { answersOf, recordAnswers } from "../../server/store/answers/answers.ts";
import { findAsked } from "../../server/store/answers/asked.ts";
import { claimDeliveries, nextRetryAt, releaseClaims } from "../../server/store/deliveries/claims.ts";
import { recordConfirmations } from "../../server/store/answers/confirmations.ts";
import { Database } from "../../server/store/database/database.ts";
import { endByMember, returnFrom } from "../../server/store/members/departures.ts";
import type { Kind } from "../../server/store/database/database.ts";
import { expandChunk, nextStart, postsToExpand } from "../../server/store/deliveries/expansion.ts";
import { indexPosts } from "../../server/store/posts/index-posts.ts";
import { cancelWaiting } from "../../server/store/deliveries/outcomes.ts";
import { pageOfRespondents } from "../../server/store/answers/poll-respondents.ts";
import type { RespondentQuery } from "../../server/store/answers/poll-respondents.ts";
import { pageOfTexts } from "../../server/store/answers/poll-texts.ts";
import { forgetUnasked } from "../../server/store/answers/polls.ts";
import { postgresDialect } from "../../server/store/database/postgres-dialect.ts";
import { pageOfReaders } from "../../server/store/answers/readers.ts";
import type { ReaderQuery } from "../../server/store/answers/readers.ts";
import type { Schema } from "../../server/store/schema/schema.ts";
import { searchEverywhere } from "../../server/store/people/search-everywhere.ts";
import { SqliteDialect } from "../../server/store/database/sqlite-driver.ts";
import { Store } from "../../server/store/store.ts";
import { onBothDatabases } from "./both-databases.ts";
import { address, claim, expand, givenPost, givenQueue, incoming, later, member, record } from "./given.ts";

type Step = (store: Store) => Promise<unknown>;

/** The same database again, with every statement written down. */
function listening(store: Store, statements: CompiledQuery[]): Store {
  const { kind, location } = store.database;
  const connect = (): Kysely<Schema> =>
    new Kysely<Schema>({
      dialect: kind === "postgres" ? postgresDialect(location, 1) : new SqliteDialect(new BetterSqlite3(location)),
      log: ({ query }) => void statements.push(query),
    });
  return new Store(new Database(kind, location, { reader: connect(), writer: connect() }));
}

async function statementsOf(store: Store, step: Step): Promise<readonly CompiledQuery[]> {
  const statements: CompiledQuery[] = [];
  const heard = listening(store, statements);
  try {
    await step(heard);
  } finally {
    await heard.close();
  }
  return statements.filter(({ sql }) => /^\s*(select|insert|update|delete|with)\b/i.test(sql));
}

/** What of the database's plan reads or sorts more rows than it gives. */
async function faultsOf(
  store: Store,
  { sql, parameters }: CompiledQuery,
  maySort: boolean,
): Promise<readonly string[]> {
  const explain = store.database.kind === "postgres" ? "EXPLAIN" : "EXPLAIN QUERY PLAN";
  const { rows } = await store.database.reader.executeQuery<Record<string, unknown>>(
    CompiledQuery.raw(`${explain} ${sql}`, [...parameters]),
  );
  const lines = rows.map((row) => String(row["detail"] ?? row["QUERY PLAN"]));
  const faults = lines.filter((line) => !maySort && faulty[store.database.kind].test(line));
  return [...faults, ...(store.database.kind === "postgres" ? wholeIndexes(lines) : [])].map((line) => line.trim());
}

/**
 * Told not to sort, PostgreSQL reads all of an index that has the wanted order rather than sort the few rows that another finds. What is
 * few anyway, and indexes that have nothing but the wanted rows, may be read so.
 */
function wholeIndexes(lines: readonly string[]): readonly string[] {
  const nodes = lines.flatMap((line, place) => (/ on \w+/.test(line) ? [place] : []));
  return nodes.flatMap((place, node) => {
    const own = lines.slice(place, nodes[node + 1]).join("\n");
    const isFew = / on (list|post|account)\b|using delivery_(pending|deferred|sending) /.test(own);
    return /Index (Only )?Scan.*\n(.*\n)*? *Filter: /.test(own) && !own.includes("Index Cond:") && !isFew ? [own] : [];
  });
}

/**
 * SQLite scans json_each, constants, the names of a recursion and what MATCH finds; of tables only along an index that has nothing but the wanted rows.
 * PostgreSQL is told to scan and to sort only where no index serves.
 */
const faulty: Readonly<Record<Kind, RegExp>> = {
  sqlite:
    /^SCAN (?!json_each|\(subquery|names$|(member|post)_search VIRTUAL TABLE INDEX \d+:\w*M|bounded|CONSTANT|\d+ CONSTANT|\w+ USING (COVERING )?INDEX (delivery_(pending|deferred|sending)|post_unsearched|bulk_change_at_work))|TEMP B-TREE|AUTOMATIC|delivery_of_post \(post_id=\? AND state[<>]|SEARCH each_copy USING INDEX \w+ \(message_id=\?\)|SEARCH (membership|m) USING (?!INDEX membership_left).*\(list_id=\?\)$/,
  postgres: /Seq Scan|Sort\b|Materialize|Bitmap/,
};

const deep = { state: "pending", id: 400 } as const;

async function eachNarrowed(store: Store, listIds: readonly number[] | undefined): Promise<void> {
  const page = (filter: Partial<PostFilter>): Promise<unknown> =>
    store.posts.history({ listIds, filter: { ...everyPost, ...filter }, before: 100, limit: 20 });
  await page({});
  await page({ since: 1, until: later });
  await page({ search: "hello world", sender: "anne" });
  for (const kind of postKinds) await page({ kind });
  for (const outcome of postOutcomes) {
    await page({ outcome });
    await page({ outcome, search: "hello" });
  }
}

const steps: Readonly<Record<string, Step>> = {
  "a first page of deliveries": (store) => store.deliveries.page(1, { limit: 50 }),
  "a page of deliveries far down": (store) => store.deliveries.page(1, { limit: 50, after: deep }),
  "a page of one state": (store) => store.deliveries.page(1, { limit: 50, after: deep, state: "pending" }),
  "a search in deliveries": (store) => store.deliveries.search(1, { limit: 50, after: deep, search: "m7" }),
  "a rare word in deliveries": (store) => store.deliveries.search(1, { after: deep, limit: 50, search: "m77" }),
  "what a member got": (store) => store.deliveries.lastOf(1, 7),
  "a person's lists": (store) => store.members.ofPerson(7),
  "a person's own page": (store) => Promise.all([store.ownData.addresses(7), store.ownData.memberships(7)]),
  "a change of many members": async (store) => {
    const content = { scope: { ids: [7, 8, 9] }, attribute: { name: "n", value: "1" } };
    const { id } = await store.bulkChanges.begin(1, { verb: "set", content, accountId: 1 }, later);
    await store.bulkChanges.advance(id, later);
    await store.bulkChanges.undo(id, later);
    await store.bulkChanges.advance(id, later);
    await store.bulkChanges.atWork();
    await store.bulkChanges.sweep(later);
  },
  "a download of deliveries": (store) => Array.fromAsync(store.deliveries.all(1)),
  "the history of a list": (store) => store.posts.page({ listIds: [1], limit: 20, before: 100 }),
  "the history of all lists": (store) => store.posts.page({ limit: 20, before: 100 }),
  "the history of a list, narrowed": (store) => eachNarrowed(store, [1]),
  "the history of some lists, narrowed": (store) => eachNarrowed(store, [1, 2]),
  "the history of all lists, narrowed": (store) => eachNarrowed(store, undefined),
  "posts put into the search index": (store) => indexPosts(store.database),
  "posts by their ids": (store) => store.posts.some([1, 2]),
  "where a person may post": (store) => store.overview.posting(5),
  "a page of members": (store) => store.members.page(1, { limit: 50, after: 100 }),
  "a search in members": (store) => store.members.page(1, { limit: 50, search: "m7" }),
  "members sorted": (store) => store.members.list(1, { sort: "name", limit: 50, after: 100 }),
  "members sorted, back from far down": (store) =>
    store.members.list(1, { sort: "address", descending: true, limit: 50, before: 10 }),
  "members who are present": (store) => store.members.list(1, { status: "present", limit: 50, after: 100 }),
  "members of one status": (store) => store.members.list(1, { status: "paused", limit: 50 }),
  "members of one status, sorted": (store) =>
    store.members.list(1, { status: "active", sort: attributeField("n"), limit: 50, before: 300 }),
  "a rare word in members, sorted": (store) =>
    store.members.list(1, { search: "m77", sort: "name", limit: 50, after: 100 }),
  "names of attributes": (store) => store.members.attributeNames(1),
  "a claim": (store) => claimDeliveries(store.database, { limit: 50, now: later + 1_000_000 }),
  "the next retry": (store) => nextRetryAt(store.database),
  "what a crash left": (store) => releaseClaims(store.database),
  "posts to expand": (store) => postsToExpand(store.database, later),
  "the next start": (store) => nextStart(store.database),
  outcomes: async (store) => {
    const claims = await claim(store, 40);
    await record(store, claims.slice(0, 20), "sent");
    await record(store, claims.slice(20), "pending");
  },
  cancelling: (store) => cancelWaiting(store.database, { postId: 1, reason: "stopped", limit: 50 }),
  "stopped posts": (store) => store.posts.stoppedWithWaiting(),
  "members saved": (store) =>
    store.members.save(
      1,
      [
        { address: address("m1"), name: "new", attributes: {} },
        { address: address("x1"), name: "", attributes: {} },
      ],
      later,
    ),
  "a member's status": (store) => store.members.setStatus(5, "paused", later),
  "who left": (store) => store.departures.page(1, { limit: 20, before: { leftAt: later, id: 400 } }),
  "who left by themselves": (store) => store.departures.page(1, { limit: 20, byThemselves: true }),
  "how many left": (store) => store.departures.countsSince([1, 2], later - 1000),
  "a member leaves and comes back": (store) =>
    store.database.write(async (write) => {
      const { kind } = store.database;
      await endByMember(write, kind, { membershipId: 7, now: later });
      await returnFrom(write, kind, { membershipId: 7, leftAt: later, now: later });
    }),
  "a member by address": (store) => store.members.findByAddress(1, address("m7")),
  "an author's standing": (store) => store.senders.standing(1, address("m7")),
  "a post accepted and expanded": async (store) => {
    const list = await store.lists.find(1);
    const [post] = await acceptMessage(
      store.database,
      incoming(list === undefined ? [] : [list], { fingerprint: "another" }),
    );
    await expandChunk(store.database, post?.id ?? 0, later);
  },
  "a reminder to second addresses": async (store) => {
    const list = await store.lists.find(1);
    const recipients = { kind: "silent", of: "unread", address: "second" } as const;
    const of = { fingerprint: "reminder", post: { recipients, origin: "reminder", reminds: 2 } } as const;
    if (list !== undefined) await expandChunk(store.database, (await givenPost(store, list, of)).id, later);
  },
  "bounces of a copy": (store) => store.bounces.ofDelivery(1),
  "a bounce": (store) =>
    store.bounces.record({
      deliveryId: 1,
      permanence: "permanent",
      status: "",
      diagnostic: "",
      report: Buffer.from("report"),
      receivedAt: later,
    }),
  "a staged message taken back": async (store) => store.messages.discard(await store.messages.begin("", later)),
  "answers to polls, and to an anonymous one": (store) =>
    recordAnswers(store.database, [...answers(1), ...answers(601)]),
  "answers again": (store) => recordAnswers(store.database, answers(1)),
  "what readers answered": (store) => answersOf(store.database, [1, 2, 3]),
  "links looked up": (store) => findAsked(store.database, [1, 2, 700]),
  presses: (store) =>
    recordConfirmations(
      store.database,
      [1, 2, 650, 700].map((deliveryId) => ({ deliveryId, at: later })),
    ),
  "who has not confirmed": (store) => readers(store, { shown: "silent", after: { first: "7", id: 100 } }),
  "who has confirmed": (store) => readers(store, { shown: "confirmed", after: { first: later, id: 20 } }),
  "a search in who has not confirmed": (store) => readers(store, { shown: "silent", search: "m77" }),
  "a search in who has confirmed": (store) => readers(store, { shown: "confirmed", search: "m77" }),
  "who has answered": (store) => respondents(store, { shown: { kind: "answered" } }),
  "who has answered, far down": (store) =>
    respondents(store, { shown: { kind: "answered" }, after: { at: later, id: 20 } }),
  "who has answered an anonymous poll": (store) =>
    respondents(store, { postId: 2, messageId: 2, anonymous: true, shown: { kind: "answered" } }),
  "who took a choice": (store) => respondents(store, { shown: { kind: "choice", choiceId: 1 } }),
  "who is silent": (store) => respondents(store, { shown: { kind: "silent" }, after: { at: 0, id: 100 } }),
  "a search in the silent": (store) => respondents(store, { shown: { kind: "silent" }, search: "m77" }),
  "a search of who took a choice": (store) =>
    respondents(store, { shown: { kind: "choice", choiceId: 1 }, search: "m77" }),
  "texts to a question": (store) =>
    pageOfTexts(store.database, { postId: 1, questionId: 3, anonymous: false, after: 10, limit: 20 }),
  "texts without readers": (store) =>
    pageOfTexts(store.database, { postId: 2, questionId: 3, anonymous: true, after: undefined, limit: 20 }),
  "a poll that nobody asks any more": (store) => store.database.write((write) => forgetUnasked(write, 1)),
  "what is reserved and due": (store) => store.schedules.due(later),
  "when the next of all that is reserved comes": (store) => store.schedules.nextAt(),
  "what is reserved and comes next": (store) => store.schedules.coming({ accountId: undefined }, 20),
  "what became of a schedule's times": (store) => store.occurrences.page(1, { limit: 20, before: later }),
  "a post's schedule": (store) => store.occurrences.ofPost(1),
  "a schedule by its composition": (store) => store.schedules.findByComposition(1),
  "a refusal": (store) =>
    store.refusals.record({
      listId: 1,
      at: later,
      client: "",
      mailFrom: "",
      author: "",
      subject: "",
      reason: "",
      reply: "",
    }),
};

/** Their few rows come sorted by title, or from small tables. */
const sorting: Readonly<Record<string, Step>> = {
  "a search over all lists": async ({ database }) => {
    for (const text of ["m7@example.com", "77"])
      await searchEverywhere(database, { prefix: text, text, accountId: undefined, limit: 20 });
  },
  "accounts with their addresses": (store) => store.accounts.all(),
};

function answers(from: number): readonly GivenAnswer[] {
  return Array.from({ length: 40 }, (_, index) => ({
    deliveryId: from + index,
    anonymous: from > 600,
    at: later,
    choices: new Set([1, 2]),
    texts: new Map([[3, `text ${index}`]]),
  }));
}

function respondents(
  { database }: Store,
  of: Partial<RespondentQuery> & Pick<RespondentQuery, "shown">,
): Promise<unknown> {
  const all = { postId: 1, listId: 1, messageId: 1, anonymous: false, search: "", after: undefined, limit: 50 };
  return pageOfRespondents(database, { ...all, ...of });
}

function readers({ database }: Store, of: Partial<ReaderQuery> & Pick<ReaderQuery, "shown">): Promise<unknown> {
  const post = { id: 2, listId: 1, messageId: 2 };
  return pageOfReaders(database, { post, search: "", after: undefined, limit: 50, ...of });
}

onBothDatabases("plans", (open) => {
  it("read no more rows than they give", async () => {
    const store = await open();
    await givenQueue(store, 600);
    await record(store, await claim(store, 100), "deferred");
    const list = await store.lists.find(1);
    const asks = { fingerprint: "second", post: { asksConfirmation: true } };
    if (list !== undefined) await expand(store, await givenPost(store, list, asks));
    const faults: string[] = [];
    for (const [name, step] of [...Object.entries(steps), ...Object.entries(sorting)]) {
      const statements = await statementsOf(store, step);
      if (statements.length === 0) faults.push(`${name}: no statement was seen`);
      for (const statement of statements) {
        for (const fault of await faultsOf(store, statement, name in sorting))
          faults.push(`${name}: ${fault} of ${statement.sql}`);
      }
    }
    expect(faults).to.deep.equal([]);
  });

  it("take as many statements for many rows as for few", async () => {
    const store = await open();
    const { list } = await givenQueue(store, 600);
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        address: address(`p${count}-${index}`),
        name: "",
        attributes: {},
      }));
    const sized: Readonly<Record<string, (size: number) => Step>> = {
      save: (size) => (one) => one.members.save(list.id, people(size), later),
      claim: (size) => (one) => claim(one, size),
      deliveries: (size) => (one) => one.deliveries.page(1, { limit: size }),
      posts: (size) => (one) => one.posts.page({ limit: size }),
    };
    for (const [name, step] of Object.entries(sized)) {
      const [few, many] = [await statementsOf(store, step(5)), await statementsOf(store, step(60))];
      expect(many.length, name).to.equal(few.length);
    }
    const claims = await claim(store, 200);
    const [few, many] = [
      await statementsOf(store, (one) => record(one, claims.slice(0, 5), "sent")),
      await statementsOf(store, (one) => record(one, claims.slice(5), "sent")),
    ];
    expect(many.length).to.equal(few.length);
    expect((await member(store, list, "m1")).status).to.equal("active");
  });
});
