import { expect } from "chai";
import { blankContent } from "../../server/lists/composition.ts";
import type { CompositionContent } from "../../server/lists/composition.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { abandon, readySend, sendIn } from "../../server/schedules/send-composition.ts";
import { decodeText } from "../../server/mail/encoded-words.ts";
import { parseHeader } from "../../server/mail/header-fields.ts";
import { bodyText } from "../support/body-text.ts";
import { World, address } from "../support/world.ts";

describe("what was written in the panel", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const needs = () => ({ store: world.app.store, clock: world.clock, config: world.config });

  async function composition(list: MailingList, content: Partial<CompositionContent>) {
    const { store } = world.app;
    const account = await store.accounts.add(
      { username: "olivia", address: address("olivia@o.example"), passwordHash: undefined, isOwner: true, listIds: [] },
      world.clock.now(),
    );
    const senderId = (await store.senders.all(list.id))[0]?.personId;
    const whole = { ...blankContent, listIds: [list.id], senderId, subject: "Water", text: "Off.\n", ...content };
    return store.compositions.create(
      { accountId: account?.id ?? 0, kind: "sent", title: "", content: whole },
      world.clock.now(),
    );
  }

  async function send(...given: Parameters<typeof composition>): Promise<number> {
    const readied = await readySend(needs(), await composition(...given), { origin: "panel" });
    if (!readied.ok) throw new Error(readied.fault.kind);
    const at = world.clock.now();
    const posts = await world.app.store.database.write((write) =>
      sendIn(write, needs(), { ready: readied.ready, at, startsAt: at }),
    );
    world.app.wake();
    const id = posts[0]?.id ?? 0;
    await world.quiet(id);
    return id;
  }

  it("reaches each member with their own name, class and subject, and its attachment", async () => {
    const list = await world.list("news", { members: ["cris@c.example"] });
    const bart = { address: address("bart@b.example"), name: "山田 Bart", attributes: { 組: "3-A <b>" } };
    await world.app.store.members.save(list.id, [bart], world.clock.now());
    const made = await composition(list, {
      subject: "{name|Parents} へ",
      text: "Dear {name|parents},\n\n{組|no class} {unknown} 水道 https://w.example/\n",
    });
    const attached = await world.app.store.compositions.addAttachment(
      made.id,
      { name: "表.pdf", type: "application/pdf" },
      0,
    );
    await world.app.store.compositions.addChunk(attached, 0, Buffer.from("%PDF"));
    const readied = await readySend(needs(), made, { origin: "panel" });
    if (!readied.ok) throw new Error(readied.fault.kind);
    const at = world.clock.now();
    const [post] = await world.app.store.database.write((write) =>
      sendIn(write, needs(), { ready: readied.ready, at, startsAt: at }),
    );
    world.app.wake();
    await world.quiet(post?.id ?? 0);
    const own = world.inbox("bart@b.example")[0]?.text ?? Buffer.of();
    const subject = (text: Buffer): string => decodeText(parseHeader(text).first("Subject") ?? "");
    expect(subject(own)).to.equal("山田 Bart へ");
    const texts = [...own.toString("latin1").matchAll(/base64\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(
      ([, text]) => Buffer.from(text ?? "", "base64").toString(),
    );
    expect(texts[0]).to.contain("Dear 山田 Bart,\r\n\r\n3-A <b> {unknown} 水道 https://w.example/");
    expect(texts[1]).to.equal("%PDF");
    expect(parseHeader(own).all("Date")).to.have.length(1);
    const other = world.inbox("cris@c.example")[0]?.text ?? Buffer.of();
    expect(subject(other)).to.equal("Parents へ");
  });

  it("asks at the top where that was chosen, and says every choice on a line of its own", async () => {
    const list = await world.list("news", { members: ["bart@b.example"] });
    const poll = {
      anonymous: false,
      closesAt: undefined,
      questions: [{ kind: "one" as const, text: "Will you come?", choices: ["Yes", "No"] }],
    };
    const post = await send(list, { asksConfirmation: true, askPlace: "top", poll, text: "See you.\n" });
    const text = bodyText(world.inbox("bart@b.example")[0]?.text ?? Buffer.of());
    const lines = text.split("\r\n");
    const token = "[a-z2-7]+";
    expect(lines[1]).to.match(new RegExp(`^https://kairan.example.org/c/${token}$`));
    expect(lines[2], "between what is asked").to.equal("");
    expect(text).to.match(
      new RegExp(
        `- Yes\r\nhttps://kairan.example.org/p/${token}/1\r\n- No\r\nhttps://kairan.example.org/p/${token}/2\r\n`,
      ),
    );
    expect(text.indexOf("See you.")).to.be.greaterThan(text.indexOf("/2"));
    expect(await world.app.store.posts.find(post)).to.deep.include({
      origin: "panel",
      askPlace: "top",
      subject: "Water",
    });
  });

  it("is not sent without a list, a sender, or by whom a list does not know", async () => {
    const list = await world.list("news", { members: ["bart@b.example"] });
    const other = await world.list("other", { senders: [] });
    const kindOf = async (content: Partial<CompositionContent>): Promise<string> => {
      const made = await world.app.store.compositions.create(
        { accountId: 1, kind: "sent", title: "", content: { ...blankContent, listIds: [list.id], ...content } },
        0,
      );
      const readied = await readySend(needs(), made, { origin: "panel" });
      return readied.ok ? "ready" : readied.fault.kind;
    };
    const senderId = (await world.app.store.senders.all(list.id))[0]?.personId;
    expect(await kindOf({ listIds: [] })).to.equal("no-list");
    expect(await kindOf({})).to.equal("no-sender");
    expect(await kindOf({ senderId, listIds: [list.id, other.id] })).to.equal("not-a-sender");
    expect(await kindOf({ senderId })).to.equal("ready");
  });

  it("leaves nothing behind when it is long and given up", async () => {
    const list = await world.list("news", { members: ["bart@b.example"] });
    const readied = await readySend(needs(), await composition(list, { text: "x".repeat(400_000) }), {
      origin: "panel",
    });
    if (!readied.ok) throw new Error(readied.fault.kind);
    await abandon(needs(), readied.ready);
    const left = await world.app.store.database.reader.selectFrom("message_chunk").select("seq").execute();
    expect(left).to.deep.equal([]);
  });
});
