import { expect } from "chai";
import { processorTime } from "../support/processor-time.ts";
import { copyPlan } from "../../server/distribution/copy-plan.ts";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import { decodeText } from "../../server/mail/encoded-words.ts";

describe("the plan of a copy", () => {
  const list = { ...defaultSettings, id: 1, name: "news", domain: "lists.example.org", title: "Town", createdAt: 0 };
  const post = {
    number: 3,
    subject: "One",
    authorName: "Anne",
    authorAddress: "anne@north.example",
    senderName: "",
    messageIdField: "<1@north.example>",
    acceptedAt: Date.UTC(2026, 3, 8),
    asksConfirmation: false,
    askPlace: "end" as const,
    pollId: undefined,
    isComposed: false,
    isReminder: false,
  };
  const fields = (change: {
    readonly prefix?: string;
    readonly replyTo?: "owner" | "author" | "list";
    readonly post?: Partial<typeof post>;
    readonly dated?: boolean;
  }): ReadonlyMap<string, string> => {
    const { dated = true, post: changed, ...settings } = change;
    const plan = copyPlan({
      list: { ...list, ...settings },
      post: { ...post, ...changed },
      webUrl: "https://k.example",
      dated,
      footer: { text: "", html: "" },
    });
    return new Map(plan.fields.map(([name, value]) => [name, decodeText(value)]));
  };

  for (const [subject, wanted] of [
    ["One", "[v:3] One"],
    ["Re: [v:2] One", "[v:3] Re: One"],
    ["Re: [v:2] Re: [v:1] One", "[v:3] Re: Re: One"],
    ["[v:x] One", "[v:3] [v:x] One"],
  ] as const) {
    it(`puts the prefix once before ${subject}`, () => {
      expect(fields({ prefix: "[v:%n]", post: { subject } }).get("Subject")).to.equal(wanted);
    });
  }

  it("takes a prefix with signs of its own literally", () => {
    expect(fields({ prefix: "(a+b)*", post: { subject: "Re: (a+b)* One" } }).get("Subject")).to.equal("(a+b)* Re: One");
  });

  it("is done with a subject of digits at once, however often the prefix has the number", () => {
    const used = processorTime();
    const subject = fields({ prefix: "%n%n%nx", post: { subject: "1".repeat(280) } }).get("Subject");
    expect(used()).to.be.lessThan(300);
    expect(subject?.replace(/\s/g, "")).to.equal(`333x${"1".repeat(280)}`);
  });

  it("names author and list, and says so where the author has no name", () => {
    expect(fields({}).get("From")).to.equal('"Anne (Town)" <news@lists.example.org>');
    expect(fields({ post: { authorName: "", senderName: "A. North" } }).get("From")).to.contain("A. North (Town)");
    expect(fields({ post: { authorName: "" } }).get("From")).to.contain("anne (Town) via Kairan");
  });

  it("sends answers where the list wants them", () => {
    expect(fields({}).get("Reply-To")).to.equal("<news-owner@lists.example.org>");
    expect(fields({ replyTo: "author" }).get("Reply-To")).to.equal("<anne@north.example>");
    expect(fields({ replyTo: "list" }).get("Reply-To")).to.equal("<news@lists.example.org>");
  });

  it("dates what its author did not", () => {
    expect(fields({}).has("Date")).to.equal(false);
    expect(fields({ dated: false }).get("Date")).to.equal("Wed, 08 Apr 2026 00:00:00 +0000");
  });
});
