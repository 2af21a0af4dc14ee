/** A member turns out to be somebody else whom the server knows: what was sent to them, asked of them and planned for them stays theirs. */
import { expect } from "chai";
import type { Recipients } from "../../server/lists/recipients.ts";
import { mergePersons } from "../../server/store/people/merge-persons.ts";
import { pageOfRespondents } from "../../server/store/answers/poll-respondents.ts";
import { pageOfReaders } from "../../server/store/answers/readers.ts";
import { countRecipients } from "../../server/store/recipients/recipient-count.ts";
import { onBothDatabases } from "./both-databases.ts";
import { address, claim, expand, givenList, givenMembers, givenPost, later, member, record } from "./given.ts";
import { threeQuestions } from "./given-poll.ts";
import { insertPoll } from "../../server/store/answers/polls.ts";

onBothDatabases("a member who turns out to be somebody else", (open) => {
  it("is reminded of the copy from before, reached where they were ticked, and found by search", async () => {
    const store = await open();
    const { database } = store;
    const list = await givenList(store, "news");
    await givenMembers(store, list, 3);
    const pollId = await database.write((write) => insertPoll(write, threeQuestions, later));
    const first = await givenPost(store, list, { fingerprint: "asks", post: { asksConfirmation: true, pollId } });
    await expand(store, first);
    const sent = await claim(store, 10);
    await record(store, sent, "sent");

    const { id, personId: before } = await member(store, list, "m2");
    await store.senders.add(list.id, { addresses: [address("teacher")], name: "" }, later);
    const standing = await store.senders.standing(list.id, address("teacher"));
    await database.write((write) => mergePersons(write, before, standing?.personId ?? 0));

    const silent: Recipients = { kind: "silent", of: "unread", address: "own" };
    const asks = { recipients: silent, reminds: first.id, asksConfirmation: true, pollId };
    const reminder = await givenPost(store, list, { fingerprint: "again", post: asks });
    await expand(store, reminder);
    const reminders = await claim(store, 10);
    expect(reminders.map(({ address: to }) => to)).to.have.members(sent.map(({ address: to }) => to));
    // Their answer counts for the first copy.
    expect(reminders.map(({ asked }) => asked.id)).to.have.members(sent.map((one) => one.id));

    const ticked: Recipients = { kind: "ticked", persons: [before] };
    const reach = { listIds: [list.id], recipients: ticked, posterId: undefined };
    expect((await countRecipients(database, reach)).first.map((one) => one.id)).to.deep.equal([id]);
    const planned = await givenPost(store, list, { fingerprint: "planned", post: { recipients: ticked } });
    await expand(store, planned);
    expect((await store.posts.find(planned.id))?.tally.pending).to.equal(1);

    const post = { id: first.id, listId: list.id, messageId: (await store.posts.find(first.id))?.messageId ?? 0 };
    const page = { search: "m2", after: undefined, limit: 9 };
    expect((await pageOfReaders(database, { ...page, post, shown: "silent" })).readers).to.have.length(1);
    const of = { ...post, postId: first.id, anonymous: false, shown: { kind: "silent" } as const };
    expect((await pageOfRespondents(database, { ...page, ...of })).respondents).to.have.length(1);
  });
});
