/** A post's poll in the panel: what was answered, by whom, and of an anonymous one never both. */
import { expect } from "chai";
import type { PollPlan } from "../../server/lists/poll.ts";
import { address, attendance, Panel } from "./panel.ts";
import { readable, Visitor } from "./visitor.ts";

const dates: PollPlan["questions"] = ["1 Dec", "2 Dec"].map((text) => ({
  kind: "one",
  text,
  choices: ["○ best", "△ possible", "× no"],
}));

describe("a poll's results", () => {
  let panel: Panel;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const members = ["anne@b.example", "bart@b.example", "cris@c.example", "dora@c.example"];
  async function given(plan: Partial<PollPlan> = {}, countBy = "") {
    const list = await panel.list("news", { members, countBy });
    const post = await panel.distributed(list, { subject: "Party", poll: { ...attendance, ...plan } });
    const deliveries = await panel.copies(4, "sent");
    const answer = async (place: number, form: Readonly<Record<string, string>>): Promise<void> => {
      const path = `/p/${await panel.pollToken(deliveries[place] ?? 0)}`;
      const { status } = await fetch(panel.url + path, { method: "POST", body: new URLSearchParams(form) });
      expect(status).to.equal(200);
    };
    return { post, path: `/posts/${post}/poll`, answer };
  }
  const text = async (path: string): Promise<string> => {
    const answer = await visitor.get(path);
    expect(answer.status, path).to.equal(200);
    return readable(answer.text.replace(/^[\s\S]*<main/, "<main"));
  };
  const csv = async (path: string): Promise<readonly string[]> => {
    const answer = await visitor.get(path);
    expect(answer.headers.get("content-disposition")).to.match(/attachment/);
    const octets = Buffer.from(await (await visitor.open("GET", path)).arrayBuffer());
    // Excel takes a file for UTF-8 by its first octets.
    expect(octets.subarray(0, 3)).to.deep.equal(Buffer.from("\ufeff"));
    return octets.subarray(3).toString().split("\r\n").slice(0, -1);
  };

  it("are on a tab of the post, and of no post without a poll", async () => {
    const { post } = await given();
    expect((await visitor.get(`/posts/${post}`)).text).to.contain(`href="/posts/${post}/poll"`);
    const other = await panel.accepted(await panel.list("other"));
    expect((await visitor.get(`/posts/${other}`)).text).not.to.contain("/poll");
    for (const page of ["poll", "poll/print", "poll/answers.csv", "poll/tally.csv", "poll/texts/1"])
      expect((await visitor.get(`/posts/${other}/${page}`)).status, page).to.equal(404);
  });

  it("count each choice, and name who took it, who answered what, and who is silent", async () => {
    const { path, answer } = await given();
    expect(await text(path))
      .to.contain("0 of 4 have answered")
      .and.to.contain("Nobody has answered yet");
    await answer(0, { q1: "1" });
    await answer(1, { q1: "2" });
    await answer(2, { q1: "1" });
    const page = await text(path);
    expect(page)
      .to.contain("3 of 4 have answered 75%")
      .and.to.match(/How soon .* So far 3 75%/);
    expect(page).to.match(/Yes 2 67% No 1 33% Not decided 0 0%/);
    for (const who of ["anne@b", "bart@b", "cris@c"]) expect(page).to.contain(who);
    expect(page).not.to.contain("dora@");
    expect(await text(`${path}?who=silent`))
      .to.contain("dora@")
      .and.not.to.contain("anne@b");
    expect(await text(`${path}?q=cris`))
      .to.contain("cris@")
      .and.not.to.contain("anne@b");
    const link = /href="([^"]*\?who=\d+)"/.exec((await visitor.get(path)).text)?.[1] ?? "";
    expect(await text(link))
      .to.contain("Chose “Yes”")
      .and.to.contain("anne@")
      .and.not.to.contain("bart@");
    for (const odd of ["who=999", "who=__proto__", "after=x", "after=1", "after=9.9", "who=silent&after=0.99999"])
      expect((await visitor.get(`${path}?${odd}`)).status, odd).to.equal(200);
  });

  it("stand on the page of each member's copy", async () => {
    const { post, answer } = await given();
    const copies = await panel.store.deliveries.page(post, { limit: 4 });
    const page = (place: number): Promise<string> => text(`/deliveries/${copies[place]?.id ?? 0}`);
    expect(await page(1)).to.contain("Not answered yet");
    await answer(1, { q1: "2" });
    expect(await page(1)).to.match(/Answered \w{3} \d+ \w{3} \d{4}, \d+:\d\d Will you come\? No /);
    expect(await page(0)).to.contain("Not answered yet");
  });

  it("show the date that suits most", async () => {
    const { path, answer } = await given({ questions: dates });
    await answer(0, { q1: "1", q2: "1" });
    await answer(1, { q1: "3", q2: "2" });
    const page = await text(path);
    expect(page).to.match(/1 Dec 1 0 1 2 Dec ★ suits most 1 1 0/);
  });

  it("are a file of what each member answered, a column a question, that no spreadsheet runs", async () => {
    const { path, answer } = await given({
      questions: [
        ...attendance.questions,
        { kind: "many", text: "With?", choices: ["Dog", "Cat"] },
        { kind: "text", text: "=Why?", choices: [] },
      ],
    });
    await answer(1, { q1: "2", q2: "1", q3: '=HYPERLINK("https://evil.example")\r\nand "more"' });
    const lines = await csv(`${path}/answers.csv`);
    expect(lines[0]).to.match(/^Name,Address,Answered,Answered at,Will you come\?,With\?,'=Why\?$/);
    expect(lines).to.have.length(5);
    expect(lines.find((line) => line.includes("bart"))).to.match(
      /^,bart@b\.example,yes,\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,No,Dog,"'=HYPERLINK\(""https:\/\/evil\.example""\)\nand ""more"""$/,
    );
    expect(lines).to.include(",anne@b.example,no,,,,");
    const tally = await csv(`${path}/tally.csv`);
    expect(tally.slice(0, 3)).to.deep.equal([
      "Question,Choice,Answers,Percent",
      "Will you come?,Yes,0,0%",
      "Will you come?,No,1,100%",
    ]);
  });

  it("have a deadline that only they move who run every list on which the poll is asked", async () => {
    const { post, path } = await given();
    const other = await panel.list("other", { members });
    const second = await panel.accepted(other);
    const pollId = (await panel.store.posts.find(post))?.pollId ?? null;
    await panel.store.database.write(async (write) =>
      write.updateTable("post").set({ poll_id: pollId }).where("id", "=", second).execute(),
    );
    await panel.account("eve", { lists: [other] });
    const eve = await Visitor.signedIn(panel, "eve");
    const page = await eve.get(`/posts/${second}/poll`);
    expect([page.status, page.text.includes("/poll/deadline")]).to.deep.equal([200, false]);
    expect((await eve.post(`/posts/${second}/poll/deadline`, { was: "", do: "end" })).status).to.equal(403);
    expect((await visitor.get(path)).text).to.include("/poll/deadline");
  });

  it("wait for longer, or no more, when the deadline is moved, and it can be moved back", async () => {
    const now = panel.clock.now();
    const until = now + 3_600_000;
    const { post, path } = await given({ closesAt: until });
    const { startsAt: from = 0 } = (await panel.store.posts.find(post)) ?? {};
    const [delivery] = await panel.store.deliveries.page(post, { limit: 1 });
    const mine = `/p/${await panel.pollToken(delivery?.id ?? 0)}`;
    const plan = { of: "unanswered", times: 1, everyMs: 60_000, quiet: undefined, until, second: false, tell: true };
    await panel.store.followUps.start({ postId: post, plan: { ...plan, of: "unanswered" }, from, nextAt: until, now });
    const was = String(until);
    const refused = await visitor.post(`${path}/deadline`, { was, "closes-at": "2020-01-01T10:00" });
    expect([refused.status, refused.text.includes('value="2020-01-01T10:00"')]).to.deep.equal([422, true]);
    expect(refused.text).to.contain('role="alert"');
    expect((await visitor.get(`${path}/deadline`)).location).to.equal(path);
    const moved = await visitor.post(`${path}/deadline`, { was, "closes-at": "2099-12-01T17:00" });
    expect(readable((await visitor.follow(moved)).text)).to.contain("open until Tue 1 Dec 2099, 17:00");
    const end = Date.parse("2099-12-01T17:00+09:00");
    expect((await panel.store.followUps.find(post))?.plan.until).to.equal(end);
    expect(readable((await visitor.get(mine)).text)).to.contain("1 Dec 2099");
    const late = await visitor.follow(await visitor.post(`${path}/deadline`, { was, "closes-at": "" }));
    expect(readable(late.text)).to.contain("Somebody else has changed the deadline");
    const ended = await visitor.follow(await visitor.post(`${path}/deadline`, { was: String(end), do: "end" }));
    expect(readable((await visitor.get(mine)).text)).to.contain("This poll is closed");
    const undo = /action="([^"]+\/undo)"/.exec(ended.text)?.[1] ?? "";
    await visitor.post(undo);
    expect(await text(path)).to.contain("Open until Tue 1 Dec 2099");
    expect((await panel.store.followUps.find(post))?.plan.until).to.equal(end);
  });

  it("name the silent with telephone and class, which stand in the file, too", async () => {
    const list = await panel.list("class");
    const attributes = { Phone: "090-1234-5678", 組: "3-A" };
    const people = ["anne@b.example", "bart@b.example"].map((each) => ({
      address: address(each),
      name: "",
      attributes,
    }));
    await panel.store.members.save(list.id, people, panel.clock.now() - 1000);
    const path = `/posts/${await panel.distributed(list, { poll: attendance })}/poll`;
    await panel.copies(2, "sent");
    const silent = (await visitor.get(`${path}?who=silent`)).text;
    expect(silent).to.contain('href="tel:09012345678"').and.to.contain("3-A");
    const lines = await csv(`${path}/answers.csv`);
    expect(lines[0]).to.match(/,Phone,組$/);
    expect(lines.find((line) => line.includes("bart"))).to.match(/,090-1234-5678,3-A$/);
    expect(await text(`${path}/print`)).to.match(/Not yet (anne@\S+ bart@|bart@\S+ anne@)/);
  });

  it("list what was written, and show it as text", async () => {
    const { path, answer } = await given({ questions: [{ kind: "text", text: "Why?", choices: [] }] });
    for (const place of [0, 1, 2, 3]) await answer(place, { q1: `<b>reason ${place}</b>` });
    const page = await visitor.get(path);
    expect(page.text).not.to.contain("<b>reason");
    expect(readable(page.text)).to.contain("<b>reason 3</b>");
    const link = /\/posts\/\d+\/poll\/texts\/\d+/.exec(page.text)?.[0];
    expect(link).to.equal(undefined);
    const [question] = await panel.store.database.reader.selectFrom("question").select("id").execute();
    const all = await text(`${path}/texts/${question?.id}`);
    expect(all).to.contain("<b>reason 0</b> anne@b.example").and.to.contain("<b>reason 3</b> dora@c.example");
    expect((await visitor.get(`${path}/texts/999`)).status).to.equal(404);
  });

  it("are a sheet of paper", async () => {
    const { path, answer } = await given();
    await answer(0, { q1: "3" });
    const page = await text(`${path}/print`);
    expect(page).to.contain("Party").and.to.contain("Not decided 1 100%").and.to.contain("anne@b.example Not decided");
  });

  it("are counted by member where confirmations are by family, and say so", async () => {
    const { path } = await given({}, "child");
    expect(await text(path)).to.contain("counted by member");
  });

  it("of an anonymous poll say who has answered and what, and nowhere both", async () => {
    const { path, post, answer } = await given({
      anonymous: true,
      questions: [...attendance.questions, { kind: "text", text: "Why?", choices: [] }],
    });
    await answer(0, { q1: "2", q2: "No time" });
    await answer(3, { q1: "1", q2: "I like it" });
    const page = await text(path);
    expect(page).to.contain("This poll is anonymous.").and.to.contain("Yes 1 50% No 1 50%");
    expect(page).to.contain("No time").and.to.contain("I like it").and.to.contain("anne@").and.to.contain("dora@");
    const html = (await visitor.get(path)).text;
    expect(html)
      .not.to.match(/who=\d/)
      .and.not.to.contain('<time datetime="' + new Date(0).toISOString());
    const [choice] = await panel.store.database.reader.selectFrom("choice").select("id").execute();
    expect(await text(`${path}?who=${choice?.id}`))
      .to.contain("anne@")
      .and.to.contain("dora@");
    const [head, ...lines] = await csv(`${path}/answers.csv`);
    expect(head).to.equal("Name,Address,Answered");
    expect(lines.toSorted()).to.deep.equal([
      ...members.map((address, place) => `,${address},${[0, 3].includes(place) ? "yes" : "no"}`),
    ]);
    const tally = await csv(`${path}/tally.csv`);
    expect(tally).to.include("Will you come?,No,1,50%");
    expect(tally.filter((line) => line.startsWith("Why?")).toSorted()).to.deep.equal([
      "Why?,I like it,,",
      "Why?,No time,,",
    ]);
    expect(await text(`${path}/print`))
      .to.contain("anne@b.example")
      .and.to.contain("No time");
    expect(await text(`/posts/${post}`)).not.to.contain("No time");
    const [copy] = await panel.store.deliveries.page(post, { limit: 1 });
    expect(await text(`/deliveries/${copy?.id ?? 0}`))
      .to.contain("Answered")
      .and.to.contain("nobody can see who answered what")
      .and.not.to.contain("No time");
  });

  for (const anonymous of [false, true])
    it(`are ${anonymous ? "not told" : "told"} over the event stream ${anonymous ? "of an anonymous poll" : "as they come"}`, async () => {
      const { post, answer } = await given({ anonymous });
      const stopped = new AbortController();
      const stream = await visitor.open("GET", `/posts/${post}/events?tab=poll`, { signal: stopped.signal });
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      let heard = "";
      const hears = async (what: string): Promise<void> => {
        while (!heard.includes(what)) heard += (await reader?.read())?.value ?? "";
      };
      await hears("event: progress");
      await answer(0, { q1: "1" });
      if (anonymous) {
        // What the stream tells next comes without a tally.
        await panel.store.database.write(async (write) => write.updateTable("post").set({ stopped_at: 1 }).execute());
        panel.changes.raise();
        await hears('"state":"stopped"');
        expect(heard).not.to.contain("event: poll");
      } else await hears("1 of 4 have answered");
      stopped.abort();
    });
});
