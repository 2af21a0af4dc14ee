import { expect } from "chai";
import type { PollPlan } from "../../server/lists/poll.ts";
import { pollTally } from "../../server/store/answers/poll-tallies.ts";
import { findPoll, insertPoll } from "../../server/store/answers/polls.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { bodyText } from "../support/body-text.ts";
import { message, World } from "../support/world.ts";

const attendance: PollPlan = {
  anonymous: false,
  closesAt: undefined,
  questions: [{ kind: "one", text: "Will you come?", choices: ["Yes", "No"] }],
};

describe("a post that asks a poll", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  /** As the panel sends it. */
  async function asks(plan: PollPlan): Promise<{ readonly post: number; readonly poll: number }> {
    const list = await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const { database } = world.app.store;
    const now = world.clock.now();
    const pollId = await database.write((write) => insertPoll(write, plan, now));
    const bytes = Buffer.from(message("anne@north.example", { subject: "Party" }, 1));
    const [post] = await acceptMessage(database, {
      body: { bytes },
      size: bytes.length,
      fingerprint: "party",
      messageIdField: "<party@north.example>",
      mailFrom: "anne@north.example",
      author: { address: "anne@north.example", name: "Anne" },
      subject: "Party",
      receivedAt: now,
      posts: [
        {
          ...{ listId: list.id, posterId: undefined, disposition: "accepted", asksConfirmation: false, startsAt: now },
          pollId,
        },
      ],
    });
    world.app.wake();
    await world.quiet(post?.id ?? 0);
    return { post: post?.id ?? 0, poll: pollId };
  }

  const linksOf = (member: string): readonly string[] =>
    [
      ...bodyText(world.inbox(member)[0]?.text ?? Buffer.of()).matchAll(
        /^https:\/\/kairan\.example\.org(\/p\/\S+)\r?$/gm,
      ),
    ].map((match) => `${world.app.webUrl}${match[1] ?? ""}`);
  const press = async (url = "", form = ""): Promise<string> =>
    (await fetch(url, { method: "POST", body: new URLSearchParams(form) })).text();

  it("gives each member a link a choice; the last press counts", async () => {
    const { post, poll } = await asks(attendance);
    const [yes, no, ...others] = linksOf("bart@b.example");
    expect(others).to.have.length(0);
    expect(linksOf("cris@c.example")).to.have.length(2).and.not.to.include(yes);
    await fetch(yes ?? "");
    await press(yes);
    await press(linksOf("cris@c.example")[0]);
    expect(await press(no, "q1=2")).to.contain("Thank you");
    const tally = await pollTally(world.app.store.database, post);
    const [question] = (await findPoll(world.app.store.database, poll))?.questions ?? [];
    expect(question?.choices.map(({ id }) => tally.choices.get(id) ?? 0)).to.deep.equal([1, 1]);
    expect((await world.app.store.posts.find(post))?.responses.answered).to.equal(2);
  });

  it("takes a hundred answers at once, each once, and they are there after a restart", async () => {
    const { post } = await asks({ ...attendance, anonymous: true });
    expect(bodyText(world.inbox("bart@b.example")[0]?.text ?? Buffer.of())).to.contain("The poll is anonymous");
    const urls = [linksOf("bart@b.example")[0], linksOf("cris@c.example")[0]];
    await Promise.all(Array.from({ length: 100 }, (_, index) => press(urls[index % 2])));
    await world.restart();
    expect((await world.app.store.posts.find(post))?.responses.answered).to.equal(2);
    const tally = await pollTally(world.app.store.database, post);
    expect([...tally.choices.values()]).to.deep.equal([2]);
  });

  it("is closed from its deadline on, also by the links of old mails", async () => {
    const { post } = await asks({ ...attendance, closesAt: world.clock.now() + 3_600_000 });
    const [yes, no] = linksOf("bart@b.example");
    await press(yes);
    world.clock.passes("1h");
    const page = await press(no);
    expect(page).to.contain("This poll is closed").and.to.contain("Yes");
    expect((await world.app.store.posts.find(post))?.responses.answered).to.equal(1);
  });
});
