import { expect } from "chai";
import { pageOfRespondents } from "../../../server/store/answers/poll-respondents.ts";
import type { RespondentQuery } from "../../../server/store/answers/poll-respondents.ts";
import { pageOfTexts } from "../../../server/store/answers/poll-texts.ts";
import type { Store } from "../../../server/store/store.ts";
import { onBothDatabases } from "../both-databases.ts";
import { givenList, givenMembers, later } from "../given.ts";
import { givenPolledPost } from "../given-poll.ts";

onBothDatabases("who has answered a poll", (open) => {
  async function given(store: Store, members: number, anonymous = false) {
    const list = await givenList(store, "news");
    await givenMembers(store, list, members);
    const post = await givenPolledPost(store, list, { anonymous });
    const messageId = (await store.posts.find(post.id))?.messageId ?? 0;
    /** Names, page by page. */
    const pages = async (
      shown: RespondentQuery["shown"],
      {
        search = "",
        limit = 100,
        patience,
      }: { readonly search?: string; readonly limit?: number; readonly patience?: number } = {},
    ): Promise<readonly (readonly string[])[]> => {
      const all: (readonly string[])[] = [];
      for (let after: RespondentQuery["after"]; all.length < 100;) {
        const of = { postId: post.id, listId: list.id, messageId, anonymous };
        const query = { ...of, shown, search, after, limit, ...(patience !== undefined && { patience }) };
        const { respondents, next } = await pageOfRespondents(store.database, query);
        all.push(respondents.map(({ name }) => name));
        if (next === undefined) break;
        after = next;
      }
      return all;
    };
    return { post, pages };
  }
  const [answered, silent] = [{ kind: "answered" }, { kind: "silent" }] as const;

  it("is told page by page: the latest first; the silent by number; who took a choice", async () => {
    const store = await open();
    const { post, pages } = await given(store, 7);
    for (const place of [4, 0, 2])
      await post.records(post.answer(place, { choices: [[0, place === 0 ? 1 : 0]], at: later + 10 - place }));
    expect(await pages(answered, { limit: 2 })).to.deep.equal([["m1", "m3"], ["m5"]]);
    expect(await pages(silent, { limit: 3 })).to.deep.equal([["m2", "m4", "m6"], ["m7"]]);
    const choiceId = post.poll.questions[0]?.choices[0]?.id ?? 0;
    expect(await pages({ kind: "choice", choiceId }, { limit: 1 })).to.deep.equal([["m3"], ["m5"]]);
    expect(await pages({ kind: "choice", choiceId: 999 })).to.deep.equal([[]]);
  });

  it("is found by name and address, whether many or few have it", async () => {
    const store = await open();
    const { post, pages } = await given(store, 30);
    await post.records(...[0, 9, 10, 11].map((place) => post.answer(place, { choices: [[0, 0]], at: later + place })));
    expect(await pages(answered, { search: "m1" })).to.deep.equal([["m12", "m11", "m10", "m1"]]);
    expect(await pages(answered, { search: "m11@example", limit: 1 })).to.deep.equal([["m11"]]);
    expect(await pages(answered, { search: "m1", limit: 3 })).to.deep.equal([["m12", "m11", "m10"], ["m1"]]);
    expect(await pages(silent, { search: "1" })).to.deep.equal([
      ["m13", "m14", "m15", "m16", "m17", "m18", "m19", "m21"],
    ]);
    expect(await pages(silent, { search: "nobody" })).to.deep.equal([[]]);
    const choiceId = post.poll.questions[0]?.choices[0]?.id ?? 0;
    expect(await pages({ kind: "choice", choiceId }, { search: "m12" })).to.deep.equal([["m12"]]);
  });

  it("of an anonymous poll is told without times or answers", async () => {
    const store = await open();
    const { post, pages } = await given(store, 4, true);
    await post.records(post.answer(2, { choices: [[0, 0]] }));
    await post.records(post.answer(0, { choices: [[0, 0]] }));
    expect(await pages(answered, { limit: 1 })).to.deep.equal([["m1"], ["m3"]]);
    expect(await pages(silent)).to.deep.equal([["m2", "m4"]]);
  });

  it("ends a page early instead of looking through everybody, and goes on from there", async () => {
    const store = await open();
    const { post, pages } = await given(store, 30);
    await post.records(...post.deliveries.slice(0, 28).map((_, place) => post.answer(place, { choices: [[0, 0]] })));
    expect(await pages(silent, { limit: 10, patience: 11 })).to.deep.equal([[], [], ["m29", "m30"]]);
  });

  it("has written to a question, with their names", async () => {
    const store = await open();
    const { post } = await given(store, 3);
    await post.records(post.answer(0, { text: "Cake" }), post.answer(2, { text: "Tea" }));
    const query = { postId: post.id, questionId: post.poll.questions[2]?.id ?? 0, anonymous: false, limit: 1 };
    const first = await pageOfTexts(store.database, { ...query, after: undefined });
    expect(first.texts.map(({ text, by }) => [by?.name, text])).to.deep.equal([["m1", "Cake"]]);
    const second = await pageOfTexts(store.database, { ...query, after: first.next });
    expect(second.texts.map(({ text, by }) => [by?.name, text])).to.deep.equal([["m3", "Tea"]]);
    expect(second.next).to.equal(undefined);
  });
});
