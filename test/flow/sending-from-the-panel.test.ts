/** From the form to the members' mailboxes, over real SMTP. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { decodeText } from "../../server/mail/encoded-words.ts";
import { parseHeader } from "../../server/mail/header-fields.ts";
import { readPlainCopy } from "../../server/mail/plain-copy.ts";
import { hashPassword } from "../../server/password.ts";
import { bodyText } from "../support/body-text.ts";
import { until } from "../support/until.ts";
import { address, World } from "../support/world.ts";
import { password } from "../web/panel.ts";
import { readable, Visitor } from "../web/visitor.ts";

describe("sending from the panel", () => {
  let world: World;
  let list: MailingList;
  let pta: MailingList;
  let anne: Visitor;
  beforeEach(async () => {
    world = await World.open();
    list = await world.list("news", { title: "Maple Street", ownCopy: false });
    pta = await world.list("pta", { title: "PTA", members: ["bart@b.example", "dora@d.example"] });
    const { store } = world.app;
    const member = (name: string, 年齢: string) => ({
      address: address(`${name}@${name[0]}.example`),
      name,
      attributes: { 年齢 },
    });
    await store.members.save(
      list.id,
      [member("bart", "24"), member("cris", "31"), member("eva", "２９歳")],
      world.clock.now(),
    );
    await store.accounts.add(
      {
        username: "anne",
        address: address("anne@north.example"),
        passwordHash: await hashPassword(password),
        isOwner: true,
        listIds: [],
      },
      world.clock.now(),
    );
    anne = await Visitor.signedIn({ url: world.app.webUrl }, "anne");
  });
  afterEach(() => world.close());

  const sender = async (): Promise<string> => String((await world.app.store.senders.all(list.id))[0]?.personId);

  const writes = async (more: Readonly<Record<string, string>>): Promise<string> => {
    const form = {
      edition: "0",
      to: "all",
      sender: await sender(),
      subject: "Dear {name}",
      text: "Hello {name|all}.",
      do: "preview",
      ...more,
    };
    const path = (await anne.post("/compose", form)).location ?? "";
    await anne.get(path);
    return path.replace("/confirm", "");
  };
  const sends = async (draft: string): Promise<number> => {
    const { text } = await anne.get(`${draft}/confirm`);
    const edition = /name="edition" value="(\d+)"/.exec(text)?.[1] ?? "";
    return Number(/\/posts\/(\d+)/.exec((await anne.post(`${draft}/send`, { edition })).location ?? "")?.[1]);
  };
  const subjects = (member: string): readonly string[] =>
    world.inbox(member).map(({ text }) => decodeText(parseHeader(text).first("Subject") ?? ""));

  it("asks a poll, whose answers stand on the post's page, of each list for itself", async () => {
    const draft = await writes({
      [`list-${list.id}`]: "on",
      [`list-${pta.id}`]: "on",
      ...{ poll: "on", "question-1": "Will you come?", "kind-1": "one", "choices-1": "Yes\r\nNo", urgent: "on" },
    });
    const post = await sends(draft);
    world.app.wake();
    await world.quiet(post);
    await world.quiet(post + 1);
    for (const [member, which] of [
      ["cris@c.example", 0],
      ["dora@d.example", 1],
    ] as const) {
      const text = bodyText(world.inbox(member)[0]?.text ?? Buffer.of());
      const links = [...text.matchAll(/^https:\/\/kairan\.example\.org(\/p\/\S+)\r?$/gm)].map(
        (match) => match[1] ?? "",
      );
      expect(links).to.have.length(2);
      const answer = await fetch(world.app.webUrl + (links[which] ?? ""), { method: "POST" });
      expect(await answer.text())
        .to.contain("Thank you")
        .and.to.contain(subjects(member)[0] ?? expect.fail());
    }
    const [news, other] = [await anne.get(`/posts/${post}/poll`), await anne.get(`/posts/${post + 1}/poll`)];
    expect(readable(news.text)).to.match(/1 of 3 have answered .* Yes 1 100% No 0 0% .*cris@c\.example/);
    expect(readable(other.text)).to.match(/1 of [12] have answered .* Yes 0 0% No 1 100% .*dora@d\.example/);
  });

  it("reaches, a minute later, each member of several lists once, under their own name", async () => {
    const text = "Hello {name|all}.\nAge: {年齢|unknown}";
    const draft = await writes({ [`list-${list.id}`]: "on", [`list-${pta.id}`]: "on", text });
    expect(readable((await anne.get(`${draft}/confirm`)).text)).to.include("4 people, now");
    const post = await sends(draft);
    expect(world.inbox("cris@c.example")).to.deep.equal([]);
    world.clock.passes("1m");
    world.app.wake();
    await world.quiet(post);
    await world.quiet(post + 1);
    expect(subjects("bart@b.example")).to.deep.equal(["Dear bart"]);
    expect(subjects("dora@d.example")).to.have.length(1);
    expect(readPlainCopy(world.inbox("eva@e.example")[0]?.text ?? Buffer.of())?.text).to.match(
      /^Hello eva\.\nAge: ２９歳\n/,
    );
    // No member of her list has an age.
    expect(bodyText(world.inbox("dora@d.example")[0]?.text ?? Buffer.of())).to.include("Age: unknown");
    const from = parseHeader(world.inbox("eva@e.example")[0]?.text ?? Buffer.of()).first("From");
    expect(from).to.include("<news@lists.example.org>");
  });

  it("reaches those alone who fit the conditions, and says so on the post's page", async () => {
    const draft = await writes({
      [`list-${list.id}`]: "on",
      to: "conditions",
      "field-0": "年齢",
      "relation-0": "between",
      "value-0": "20-29",
      urgent: "on",
    });
    expect(readable((await anne.get(`${draft}/confirm`)).text)).to.include("2 people, now");
    const post = await sends(draft);
    await world.quiet(post);
    expect(await world.states(post)).to.deep.equal({ "bart@b.example": "sent", "eva@e.example": "sent" });
    expect(readable((await anne.get(`/posts/${post}`)).text)).to.include("年齢 is 20 to 29");
  });

  it("sends nothing when it is called back, and all of it when it is sent again", async () => {
    const draft = await writes({ [`list-${list.id}`]: "on" });
    const post = await sends(draft);
    expect((await anne.post(`/posts/${post}/call-back`)).location).to.equal(draft);
    world.clock.passes("2m");
    world.app.wake();
    expect(await world.quiet(post)).to.deep.include({
      expandedAt: (await world.app.store.posts.find(post))?.stoppedAt,
    });
    expect(world.inbox("bart@b.example")).to.deep.equal([]);
    const again = await sends(draft);
    world.clock.passes("1m");
    world.app.wake();
    await world.quiet(again);
    expect(subjects("bart@b.example")).to.deep.equal(["Dear bart"]);
  });

  it("brings the test mail to its writer alone, as the copy that the first member would get", async () => {
    const draft = await writes({ [`list-${list.id}`]: "on", asksConfirmation: "on" });
    await anne.post(`${draft}/test`);
    await until(async () => world.inbox("anne@north.example").length === 1);
    expect(readable((await anne.get(`${draft}/confirm`)).text)).to.include("on its way to anne@north.example");
    const [copy] = world.inbox("anne@north.example");
    const read = readPlainCopy(copy?.text ?? Buffer.of());
    expect(read?.subject).to.equal("[Test] Dear bart");
    expect(read?.text)
      .to.include("Hello bart.")
      .and.match(/^https:\/\/kairan\.example\.org\/c\/[a-z2-7]+$/m);
    expect(world.inbox("bart@b.example")).to.deep.equal([]);
    const samples = [...(read?.text ?? "").matchAll(/^https:\/\/kairan\.example\.org(\/[cum]\/\S+)$/gm)];
    expect(samples).to.have.length(3);
    for (const [, path = ""] of samples) {
      const page = await fetch(world.app.webUrl + path, { headers: { "accept-language": "en" } });
      expect(page.status, path).to.equal(404);
      expect(readable(await page.text()), path).to.include("This link is a sample");
    }
  });
});
