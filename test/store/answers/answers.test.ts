import { expect } from "chai";
import { sql } from "kysely";
import { anonymousTexts } from "../../../server/store/answers/anonymous-answers.ts";
import { acceptMessage } from "../../../server/store/posts/acceptance.ts";
import { answersOf, findAnswer, recordAnswers } from "../../../server/store/answers/answers.ts";
import { deleteList } from "../../../server/store/deletion/delete-list.ts";
import { pollTally } from "../../../server/store/answers/poll-tallies.ts";
import { findPoll, insertPoll } from "../../../server/store/answers/polls.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { expand, givenList, givenMembers, incoming, later, soon } from "../given.ts";
import { givenPolledPost, threeQuestions } from "../given-poll.ts";
import type { PolledPost } from "../given-poll.ts";

/** By question: how often each choice was taken, or how many wrote. */
async function counts(store: Store, post: PolledPost): Promise<readonly (readonly number[] | number)[]> {
  const tally = await pollTally(store.database, post.id);
  return post.poll.questions.map(({ id, kind, choices }) =>
    kind === "text" ? (tally.texts.get(id) ?? 0) : choices.map((choice) => tally.choices.get(choice.id) ?? 0),
  );
}

onBothDatabases("answers to a poll", (open, kind) => {
  async function given(store: Store, plan: Parameters<typeof givenPolledPost>[2] = {}, members = 4) {
    const list = await givenList(store, "news");
    await givenMembers(store, list, members);
    return { post: await givenPolledPost(store, list, plan) };
  }
  const answered = async (store: Store, post: PolledPost) => (await store.posts.find(post.id))?.responses.answered;

  it("are counted by choice and reader, and can be read again", async () => {
    const store = await open();
    const { post } = await given(store);
    await post.records(
      post.answer(0, {
        choices: [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
        text: "Cake",
      }),
      post.answer(1, { choices: [[0, 1]] }),
    );
    await post.records(post.answer(2, { choices: [[0, 0]], text: "Tea\0 and \ud800" }), post.answer(99, { text: "?" }));
    expect(await counts(store, post)).to.deep.equal([[2, 1, 0], [1, 1], 2]);
    expect(await answered(store, post)).to.equal(3);
    const [one, , three, four] = post.deliveries;
    const [, , why] = post.poll.questions;
    expect((await findAnswer(store.database, one ?? 0))?.choices).to.have.property("size", 3);
    expect((await findAnswer(store.database, three ?? 0))?.texts).to.deep.equal(
      new Map([[why?.id, "Tea\u{fffd} and \u{fffd}"]]),
    );
    expect(await findAnswer(store.database, four ?? 0)).to.equal(undefined);
    expect([...(await answersOf(store.database, post.deliveries)).keys()]).to.have.length(3);
  });

  it("take the place of earlier ones, with their time", async () => {
    const store = await open();
    const { post } = await given(store);
    await post.records(
      post.answer(0, {
        choices: [
          [0, 0],
          [1, 0],
        ],
        text: "Cake",
      }),
      post.answer(1, { choices: [[0, 0]] }),
    );
    await post.records(post.answer(0, { choices: [[0, 2]], at: later + 9 }));
    expect(await counts(store, post)).to.deep.equal([[1, 0, 1], [0, 0], 0]);
    expect(await answered(store, post)).to.equal(2);
    const [row] = (await store.deliveries.page(post.id, { limit: 9 })).filter(({ id }) => id === post.deliveries[0]);
    expect(row?.answeredAt).to.equal(later + 9);
  });

  it("of one reader that come together are one, the last", async () => {
    const store = await open();
    const { post } = await given(store);
    await post.records(post.answer(0, { choices: [[0, 0]] }), post.answer(0, { choices: [[0, 1]] }));
    expect(await counts(store, post)).to.deep.equal([[0, 1, 0], [0, 0], 0]);
    expect(await answered(store, post)).to.equal(1);
  });

  it("agree with a recount after any number of changes", async () => {
    const store = await open();
    const { post } = await given(store, {}, 12);
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 16807) % 2147483647) % below;
    for (let round = 0; round < 12; round++)
      await post.records(
        ...Array.from({ length: 1 + random(8) }, () =>
          post.answer(random(12), {
            choices: [[0, random(3)], ...(random(2) === 0 ? ([[1, random(2)]] as const) : [])],
            ...(random(2) === 0 && { text: `text ${round}` }),
          }),
        ),
      );
    const all = [...(await answersOf(store.database, post.deliveries)).values()];
    const recounted = post.poll.questions.map(({ id, kind, choices }) =>
      kind === "text"
        ? all.filter(({ texts }) => texts.has(id)).length
        : choices.map((choice) => all.filter((answer) => answer.choices.has(choice.id)).length),
    );
    expect(await counts(store, post)).to.deep.equal(recounted);
    expect(await answered(store, post)).to.equal(all.length);
  });

  it("to one poll on two lists are counted by list; the poll goes with the last of them", async () => {
    const store = await open();
    const lists = [await givenList(store, "north"), await givenList(store, "south")];
    for (const [place, list] of lists.entries()) await givenMembers(store, list, [`m${place}`]);
    const pollId = await store.database.write((write) => insertPoll(write, threeQuestions, later));
    const posts = await acceptMessage(store.database, incoming(lists, { post: { pollId } }));
    for (const post of posts) await expand(store, post);
    const poll = await findPoll(store.database, pollId);
    const [yes, no] = poll?.questions[0]?.choices.map(({ id }) => id) ?? [];
    for (const [place, post] of posts.entries()) {
      const [delivery] = await store.deliveries.page(post.id, { limit: 1 });
      const choices = new Set([(place === 0 ? yes : no) ?? 0]);
      const given = { deliveryId: delivery?.id ?? 0, anonymous: false, at: later, choices, texts: new Map() };
      await recordAnswers(store.database, [given]);
    }
    const [north, south] = await Promise.all(posts.map(({ id }) => pollTally(store.database, id)));
    expect(north?.choices).to.deep.equal(new Map([[yes, 1]]));
    expect(south?.choices).to.deep.equal(new Map([[no, 1]]));
    await deleteList(store.database, lists[0]?.id ?? 0);
    expect(await findPoll(store.database, pollId)).to.deep.equal(poll);
    await deleteList(store.database, lists[1]?.id ?? 0);
    expect(await findPoll(store.database, pollId)).to.equal(undefined);
    expect((await pollTally(store.database, posts[1]?.id ?? 0)).choices.size).to.equal(0);
  });

  describe("that is anonymous", () => {
    const anonymous = { anonymous: true };

    it("are final, counted, and without a reader or a time", async () => {
      const store = await open();
      const { post } = await given(store, anonymous);
      await post.records(post.answer(0, { choices: [[0, 0]], text: "Cake" }), post.answer(0, { choices: [[0, 1]] }));
      await post.records(post.answer(0, { choices: [[0, 2]], text: "No" }), post.answer(1, { choices: [[0, 1]] }));
      expect(await counts(store, post)).to.deep.equal([[1, 1, 0], [0, 0], 1]);
      expect(await answered(store, post)).to.equal(2);
      const rows = await store.deliveries.page(post.id, { limit: 9 });
      expect(rows.filter(({ hasAnswered }) => hasAnswered).map(({ answeredAt }) => answeredAt)).to.deep.equal([
        undefined,
        undefined,
      ]);
      expect((await answersOf(store.database, post.deliveries)).size).to.equal(0);
    });

    it("keep every text once, in bundles that are mixed", async () => {
      const store = await open();
      const { post } = await given(store, anonymous, 230);
      const places = Array.from({ length: 230 }, (_, place) => place);
      for (let from = 0; from < 230; from += 23)
        await post.records(
          ...places.slice(from, from + 23).map((place) => post.answer(place, { text: `text ${place}` })),
        );
      const questionId = post.poll.questions[2]?.id ?? 0;
      const bundles: (readonly string[])[] = [];
      for (let from: number | undefined = 0; from !== undefined;) {
        const { texts, next } = await anonymousTexts(store.database, { postId: post.id, questionId, from });
        bundles.push(texts);
        from = next;
      }
      expect(bundles.flat().toSorted()).to.deep.equal(places.map((place) => `text ${place}`).toSorted());
      for (const bundle of bundles) expect(bundle.length).to.be.within(50, 122);
      // One in 230! that they come out in the order in which they came.
      expect(bundles.flat()).not.to.deep.equal(places.map((place) => `text ${place}`));
    });

    it("leave nothing anywhere but who has answered, counts and texts", async () => {
      const store = await open();
      const { post } = await given(store, anonymous);
      const before = await rowsOfAll(store);
      await post.records(post.answer(0, { choices: [[0, 0]], text: "Cake" }), post.answer(2, { choices: [[0, 1]] }));
      const after = await rowsOfAll(store);
      const changed = [...after].filter(([table, rows]) => before.get(table) !== rows).map(([table]) => table);
      expect(changed.toSorted()).to.deep.equal(["anonymous_text", "poll_tally", "respondent", "response_tally"]);
      // Only the first names a copy; the others have no column in common with it but the post's.
      for (const table of ["anonymous_text", "poll_tally", "response_tally"])
        expect(after.get(table)).not.to.match(/delivery|person|member|version|address|_at"|"at"/);
      expect(after.get("respondent"))
        .to.match(/"at":null/)
        .and.not.to.match(/choice|question|text/);
    });

    const onPostgres = kind === "postgres" ? it : () => undefined;
    onPostgres("are not told apart by what a row says of the transaction that wrote it", async () => {
      const store = await open();
      const { post } = await given(store, anonymous);
      await post.records(post.answer(0, { choices: [[0, 0]], text: "The only one who writes" }));
      await post.records(post.answer(1, { choices: [[0, 1]] }));
      const { rows } = await sql`SELECT r.delivery_id AS id FROM respondent AS r
        JOIN anonymous_text AS a ON a.post_id = r.post_id AND a.xmin = r.xmin`.execute(store.database.reader);
      expect(rows).to.deep.equal([{ id: post.deliveries[1] }]);
    });

    it("leave the same database whoever gave which, in whatever order", async () => {
      const store = await open();
      const list = await givenList(store, "news");
      await givenMembers(store, list, 6);
      const said = ["a", "b", "c", "d", "e", "f"].map((text, index) => ({
        choices: [
          [0, index % 3],
          [1, index % 2],
        ] as const,
        text,
      }));
      const states: string[] = [];
      for (const [round, order] of [
        [0, 1, 2, 3, 4, 5],
        [5, 4, 3, 2, 1, 0],
        [2, 0, 5, 1, 3, 4],
      ].entries()) {
        const post = await givenPolledPost(store, list, { ...anonymous, fingerprint: `round ${round}` });
        // The same readers and the same answers; who gives which differs, and who comes first.
        for (const [place, which] of order.entries())
          await post.records(post.answer((place * 5) % 6, { ...said[which], at: soon + place }));
        states.push(await stateOf(store, post));
      }
      expect(new Set(states).size).to.equal(1);
      expect(states[0]).to.contain("respondent").and.to.contain("anonymous_text");
    });
  });

  /** Every table of the database, as it is. */
  async function rowsOfAll(store: Store): Promise<ReadonlyMap<string, string>> {
    const tables = await store.database.reader.introspection.getTables();
    const names = tables.map(({ name }) => name).filter((name) => !/^(member_search|kysely|sqlite)/.test(name));
    const all = names.map(async (name) => {
      const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(store.database.reader);
      return [name, JSON.stringify(rows)] as const;
    });
    return new Map(await Promise.all(all));
  }

  /** All that the tables of answers hold of the post, ids by their place, texts in no order. */
  async function stateOf(store: Store, post: PolledPost): Promise<string> {
    const { reader } = store.database;
    const choices = post.poll.questions.flatMap((question) => question.choices.map(({ id }) => id));
    const respondents = await reader
      .selectFrom("respondent")
      .selectAll()
      .where("post_id", "=", post.id)
      .orderBy("delivery_id")
      .execute();
    const bundles = await reader.selectFrom("anonymous_text").selectAll().where("post_id", "=", post.id).execute();
    const named = await sql`SELECT 1 FROM answer_choice UNION ALL SELECT 1 FROM answer_text`.execute(reader);
    const responses = await reader
      .selectFrom("response_tally")
      .select(["kind", "count"])
      .where("post_id", "=", post.id)
      .execute();
    const tally = await pollTally(store.database, post.id);
    return JSON.stringify({
      respondent: respondents.map(({ delivery_id, at }) => [post.deliveries.indexOf(delivery_id), at]),
      anonymous_text: bundles.map(({ seq, texts }) => [seq, (JSON.parse(texts) as string[]).toSorted()]),
      named: named.rows,
      responses,
      tally: choices.map((id) => tally.choices.get(id)),
    });
  }
});
