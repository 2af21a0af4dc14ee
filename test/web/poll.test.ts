/** The page behind a poll's link: nothing but its button does anything, and nothing that was typed is lost. */
import { expect } from "chai";
import type { PollPlan } from "../../server/lists/poll.ts";
import { longestAnswer } from "../../server/lists/poll.ts";
import { makeToken } from "../../server/mail/token.ts";
import { attendance, Panel } from "./panel.ts";
import { readable } from "./visitor.ts";

const minute = 60_000;
const dates: PollPlan["questions"] = ["1 Dec", "2 Dec"].map((text) => ({
  kind: "one",
  text,
  choices: ["○ best", "△ possible", "× no"],
}));
const several: PollPlan["questions"] = [
  ...dates,
  { kind: "many", text: "With?", choices: ["Children", "Dog"] },
  { kind: "text", text: "Anything else?", choices: [] },
];

describe("the page of a poll", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(() => panel.close());

  async function given(plan: Partial<PollPlan> = {}) {
    const list = await panel.list("news", { members: ["bart@b.example", "cris@c.example"] });
    const post = await panel.distributed(list, { subject: "Party", poll: { ...attendance, ...plan } });
    const [delivery = 0] = await panel.copies(2, "sent");
    const path = `/p/${await panel.pollToken(delivery)}`;
    return { list, post, delivery, path };
  }
  const open = async (path: string, form?: Readonly<Record<string, string>> | string) => {
    const answer = await fetch(panel.url + path, {
      method: form === undefined ? "GET" : "POST",
      headers: { "Accept-Language": "en" },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    const html = await answer.text();
    return { status: answer.status, headers: answer.headers, html, text: readable(html) };
  };
  const answered = async (post: number) => (await panel.store.posts.find(post))?.responses.answered;
  const marked = (html: string): readonly string[] =>
    [...html.matchAll(/name="(q\d+)" value="(\d+)" checked/g)].map(([, name, value]) => `${name}=${value}`);

  it("shows the choice of the link marked, and takes it by a press", async () => {
    const { post, path } = await given();
    for (const method of ["GET", "HEAD"]) await fetch(`${panel.url}${path}/2`, { method });
    expect(await answered(post)).to.equal(0);
    const page = await open(`${path}/2。`);
    expect(page.status).to.equal(200);
    expect(marked(page.html)).to.deep.equal(["q1=2"]);
    expect(page.text).to.match(/Party Will you come\? .* List news/);
    expect(page.html).not.to.match(/<script/);
    expect([...page.headers.keys()]).not.to.contain("set-cookie");
    const done = await open(`${path}/2`, { q1: "2" });
    expect(done.text).to.contain("Thank you").and.to.contain("Will you come? No Change");
    expect(await answered(post)).to.equal(1);
    expect((await open(path)).text)
      .to.contain("You have answered")
      .and.to.contain("Will you come? No");
  });

  it("takes a press without a form as one on the link's choice, and none where the link names none", async () => {
    const { post, path } = await given();
    for (const bare of [path, `${path}/9`, `${path}/0`, `${path}/x`]) {
      const page = await open(bare, "");
      expect(page.status, bare).to.equal(422);
      expect(page.text).to.contain("Please choose one.");
    }
    expect(await answered(post)).to.equal(0);
    expect((await open(`${path}/1`, "")).text).to.contain("Will you come? Yes");
  });

  it("shows another link's choice to whoever has answered, and overwrites by a press alone", async () => {
    const { post, path } = await given();
    await open(`${path}/1`, "");
    const page = await open(`${path}/3`);
    expect(marked(page.html)).to.deep.equal(["q1=3"]);
    expect(page.text).to.contain("A new answer takes the place of that one.").and.to.contain("Change my answer");
    expect((await open(path)).text).to.contain("Will you come? Yes");
    expect(marked((await open(`${path}/3?change=1`)).html)).to.deep.equal(["q1=1"]);
    expect((await open(`${path}/3`, { q1: "3" })).text).to.contain("Will you come? Not decided");
    expect(await answered(post)).to.equal(1);
  });

  it("brings an unfinished answer back with what was typed, and a word at the field", async () => {
    const { post, path } = await given({ questions: several });
    const page = await open(path, { q1: "1", q3: "2", q4: 'Tea & "cake" <b>' });
    expect(page.status).to.equal(422);
    expect(marked(page.html)).to.deep.equal(["q1=1", "q3=2"]);
    expect(page.text).to.contain('Tea & "cake" <b>').and.to.contain("your answer was not sent yet");
    expect(page.html).to.contain('id="q2-fault"').and.not.to.contain("<b>");
    expect(page.html).not.to.contain('id="q1-fault"');
    expect(await answered(post)).to.equal(0);
    const long = await open(path, { q1: "1", q2: "2", q4: "茶".repeat(longestAnswer + 1) });
    expect(long.text)
      .to.contain(`at most ${longestAnswer} characters`)
      .and.to.contain("茶".repeat(longestAnswer + 1));
    expect((await open(path, { q1: "1", q2: "2", q4: "茶".repeat(longestAnswer) })).status).to.equal(200);
  });

  it("asks for something at all", async () => {
    const { path } = await given({ questions: several.slice(2) });
    expect((await open(path, { q2: "  \r\n " })).text).to.contain("Please answer at least one question.");
    expect((await open(path, { q1: "1" })).text).to.contain("With? Children Anything else? No answer");
  });

  it("takes no more than the poll asks", async () => {
    const { delivery, path } = await given({ questions: several });
    await open(path, "q1=1&q1=2&q2=3&q3=1&q3=1&q3=99&q4=a%00b%0d%0ac&q5=1&q01=2&__proto__=1");
    const answer = (await open(path)).text;
    expect(answer).to.contain("1 Dec ○ best 2 Dec × no With? Children Anything else? a b c Change");
    const rows = await panel.store.database.reader.selectFrom("answer_text").selectAll().execute();
    expect(rows.map(({ delivery_id, text }) => [delivery_id, text])).to.deep.equal([[delivery, "a b\nc"]]);
  });

  it("is closed after the deadline, shows one's own answer, and takes none", async () => {
    const { post, path } = await given({ closesAt: panel.clock.now() + minute });
    const other = `/p/${await panel.pollToken((await panel.store.deliveries.page(post, { limit: 9 }))[1]?.id ?? 0)}`;
    expect((await open(path)).text).to.contain("You can answer and change your answer until");
    await open(path, { q1: "2" });
    panel.clock.passes("1m");
    for (const form of [undefined, { q1: "1" }]) {
      const page = await open(path, form);
      expect(page.status).to.equal(200);
      expect(page.text).to.contain("This poll is closed").and.to.contain("Will you come? No");
      expect(page.html).not.to.contain("<form").and.not.to.contain("change=1");
      expect((await open(`${other}/1`, form)).text).to.contain("You did not answer.");
    }
    expect(await answered(post)).to.equal(1);
  });

  it("of an anonymous poll says so before the press, and is final after it", async () => {
    const { post, path } = await given({ anonymous: true });
    expect((await open(`${path}/1`)).text)
      .to.contain("This poll is anonymous.")
      .and.to.contain("cannot be changed");
    const done = await open(`${path}/1`, { q1: "1" });
    expect(done.text).to.contain("Thank you").and.not.to.contain("Yes");
    for (const page of [
      await open(`${path}/2`, { q1: "2" }),
      await open(`${path}/2`),
      await open(`${path}?change=1`),
    ]) {
      expect(page.text).to.contain("You have answered this anonymous poll.");
      expect(page.html).not.to.contain("<form");
    }
    expect(await answered(post)).to.equal(1);
  });

  it("answers a member who has left since, for the list's people wait for it", async () => {
    const { list, post, path } = await given();
    const [first] = await panel.store.members.page(list.id, { limit: 1 });
    await panel.store.members.leave(first?.id ?? 0, panel.clock.now());
    expect((await open(path, { q1: "1" })).text).to.contain("Thank you");
    expect(await answered(post)).to.equal(1);
  });

  it("is one and the same unknown page for forged tokens, other purposes, other posts, and what was deleted", async () => {
    const { list, delivery, path } = await given();
    const secret = (await panel.store.deliveries.secretOf(delivery))?.secret ?? Buffer.alloc(0);
    const plain = await panel.distributed(list, { subject: "No poll" });
    const [unasked = 0] = (await panel.store.deliveries.page(plain, { limit: 1 })).map(({ id }) => id);
    const pages = new Set<string>();
    for (const token of [
      makeToken({ purpose: "confirm-read", id: delivery, secret }),
      await panel.pollToken(unasked),
      `${path.slice(3)}a`,
      "x",
      "a".repeat(4000),
    ])
      for (const form of [undefined, { q1: "1" }]) {
        const page = await open(`/p/${token}/1`, form);
        expect(page.status).to.equal(404);
        pages.add(page.html);
      }
    await panel.store.lists.delete(list.id);
    pages.add((await open(path)).html);
    expect(pages.size).to.equal(1);
  });
});
