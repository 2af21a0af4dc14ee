/** Live pages: streams that tell what changed, and end when they must. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { until } from "../support/until.ts";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

type Event = { readonly name: string; readonly content: Readonly<Record<string, string | number>> };

/** Reads a stream of server-sent events until it ends. */
class EventReader {
  readonly events: Event[] = [];
  ended = false;

  constructor(response: Response) {
    void this.#read(response);
  }

  async #read(response: Response): Promise<void> {
    let text = "";
    const decoder = new TextDecoder();
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      text += decoder.decode(piece, { stream: true });
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const match = /^event: (\w+)\ndata: (.*)$/.exec(block);
        if (match !== null)
          this.events.push({ name: match[1] ?? "", content: JSON.parse(match[2] ?? "") as Event["content"] });
      }
    }
    this.ended = true;
  }
}

describe("a live page", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: Array.from({ length: 20 }, (_, n) => `m${n}@b.example`) });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const follow = async (path: string, who = visitor): Promise<EventReader> =>
    new EventReader(await who.open("GET", path, { headers: { Accept: "text/event-stream" } }));
  const last = (reader: EventReader): string =>
    readable(String(reader.events.at(-1)?.content["progress"] ?? reader.events.at(-1)?.content["html"] ?? ""));

  it("of all lists tells of new sends, and of those of a list that is deleted no more", async () => {
    const stream = await follow("/events?from=0");
    await panel.distributed(list, { subject: "No school tomorrow" });
    await panel.copies(20, "sent");
    await until(() => /No school tomorrow.*List news.*Sent 20/.test(last(stream)));
    const ofList = await follow("/lists/1/events");
    await until(() => ofList.events.length > 0);
    await panel.store.deletedLists.add(list.id, panel.clock.now());
    panel.changes.raise();
    await until(() => ofList.ended);
    expect(stream.ended).to.equal(false);
  });

  it("of a post says how far it is, in the same counts as the page", async () => {
    const post = await panel.distributed(list);
    const stream = await follow(`/posts/${post}/events`);
    await until(() => last(stream).includes("sent to 0 of 20"));
    await panel.copies(7, "sent");
    await until(() => last(stream).includes("sent to 7 of 20"));
    expect(readable((await visitor.get(`/posts/${post}`)).text)).to.include("sent to 7 of 20");
    await panel.copies(13, "sent");
    await until(() => last(stream).includes("sent to all 20"));
    expect(stream.events.at(-1)?.content["state"]).to.equal("sent");
  });

  it("of a list brings new posts and moves those that run", async () => {
    await panel.distributed(list, { subject: "Old" });
    await panel.copies(20, "sent");
    const stream = await follow("/lists/1/events?from=1");
    const post = await panel.distributed(list, { subject: "Fresh <b>" });
    await until(() => stream.events.length > 0);
    // It was accepted, then written down: one event or two, as they come.
    expect(new Set(stream.events.map(({ content }) => content["id"]))).to.deep.equal(new Set([post]));
    expect(String(stream.events[0]?.content["html"])).to.include("Fresh &lt;b&gt;");
    await panel.copies(5, "sent");
    await until(() => last(stream).includes("sent to 5 of 20"));
  });

  it("asks the store at most twice a second, however much happens", async () => {
    const post = await panel.distributed(list);
    // Before the first question, so that the bound holds however late an answer is read.
    const began = performance.now();
    const stream = await follow(`/posts/${post}/events`);
    await until(() => stream.events.length > 0);
    for (let n = 0; n < 20; n++) await panel.copies(1, "sent");
    await until(() => last(stream).includes("sent to all 20"));
    const seconds = (performance.now() - began) / 1000;
    expect(stream.events.length).to.be.at.most(1 + Math.ceil(2 * seconds));
  });

  it("goes dark at signing out, for every tab of that session and no other", async () => {
    const post = await panel.distributed(list);
    const elsewhere = await Visitor.signedIn(panel, "olivia");
    const tabs = [await follow(`/posts/${post}/events`), await follow("/lists/1/events")];
    const other = await follow(`/posts/${post}/events`, elsewhere);
    await visitor.post("/sign-out");
    await until(() => tabs.every(({ ended }) => ended));
    expect(other.ended).to.equal(false);
    expect(
      (await visitor.open("GET", `/posts/${post}/events`, { headers: { Accept: "text/event-stream" } })).status,
    ).to.equal(401);
  });

  it("ends when the account loses the list, at the next change", async () => {
    await panel.account("adam", { lists: [list] });
    const adam = await Visitor.signedIn(panel, "adam");
    const stream = await follow("/lists/1/events", adam);
    const account = await panel.store.accounts.findByUsername("adam");
    await panel.store.accounts.remove(account?.id ?? 0);
    panel.changes.raise();
    await until(() => stream.ended);
  });

  it("frees what it holds when the browser goes away", async () => {
    const abort = new AbortController();
    // Held, since fetch ends the stream of an answer that nobody can read any more.
    const answers: Response[] = [];
    for (let n = 0; n < 31; n++) {
      const response = await visitor.open("GET", "/lists/1/events", {
        headers: { Accept: "text/event-stream" },
        signal: abort.signal,
      });
      answers.push(response);
    }
    expect(answers.map(({ status }) => status)).to.deep.equal([...Array<number>(30).fill(200), 503]);
    abort.abort();
    await until(async () => {
      const response = await visitor.open("GET", "/lists/1/events", { headers: { Accept: "text/event-stream" } });
      await response.body?.cancel();
      return response.status === 200;
    });
  });
});
