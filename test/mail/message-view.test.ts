import { expect } from "chai";
import { MessageReader } from "../../server/mail/message-view.ts";
import type { MessageView } from "../../server/mail/message-view.ts";
import { processorTime } from "../support/processor-time.ts";

const limits = { ms: 20_000, megabytes: 128 };

const message = Buffer.from(
  [
    "From: =?utf-8?B?5bGx55Sw?= <anne@north.example>",
    "Subject: \x1b$B2sMwHD\x1b(B",
    "Date: Mon, 8 Apr 2024 08:00:00 +0900",
    'Content-Type: multipart/related; boundary="b"',
    "",
    "--b",
    'Content-Type: multipart/alternative; boundary="c"',
    "",
    "--c",
    "Content-Type: text/plain; charset=iso-2022-jp",
    "",
    "\x1b$B2sMwHD\x1b(B",
    "--c",
    "Content-Type: text/html; charset=utf-8",
    "",
    '<p>hello</p><img src="cid:one@b">',
    "--c--",
    "--b",
    "Content-Type: image/png; name=one.png",
    "Content-Transfer-Encoding: base64",
    "Content-ID: <one@b>",
    "",
    "AQID",
    "--b",
    "Content-Type: application/pdf",
    'Content-Disposition: attachment; filename="../../etc/x.pdf"',
    "",
    "pdf",
    "--b--",
    "",
  ].join("\r\n"),
  "latin1",
);

function readable(view: MessageView): Exclude<MessageView, { readonly unreadable: string }> {
  if ("unreadable" in view) throw new Error(view.unreadable);
  return view;
}

describe("a message as a person sees it", () => {
  const reader = new MessageReader(limits);
  after(() => reader.close());

  it("has subject, author, date, text, HTML and attachments", async () => {
    const { text, html, ...view } = readable(await reader.view(message));
    expect(view).to.deep.equal({
      subject: "回覧板",
      from: "山田 <anne@north.example>",
      date: new Date("2024-04-07T23:00:00Z"),
      attachments: [
        { name: "one.png", type: "image/png", size: 3, contentId: "one@b", index: 0, inline: true },
        { name: "../../etc/x.pdf", type: "application/pdf", size: 3, contentId: undefined, index: 1, inline: false },
      ],
    });
    expect(text?.trim()).to.equal("回覧板");
    expect(html).to.contain('<img src="cid:one@b">');
  });

  it("gives its attachments by number", async () => {
    expect(await reader.attachment(message, 0)).to.deep.equal({
      name: "one.png",
      type: "image/png",
      content: Buffer.from([1, 2, 3]),
    });
    expect(await reader.attachment(message, 2)).to.equal(undefined);
    expect((await reader.attachments(message, [1, 7, 0])).map((one) => one?.content.length)).to.deep.equal([
      3,
      undefined,
      3,
    ]);
  });

  it("may have nothing at all", async () => {
    expect(readable(await reader.view(Buffer.alloc(0)))).to.include({
      subject: "",
      from: "",
      date: undefined,
      html: undefined,
    });
  });

  it("says so when reading takes too long", async () => {
    const hasty = new MessageReader({ ...limits, ms: 1 });
    const parts = "--b\r\n\r\nx\r\n".repeat(100_000);
    expect(await hasty.view(Buffer.from(`Content-Type: multipart/mixed; boundary="b"\r\n\r\n${parts}`))).to.deep.equal({
      unreadable: "the message takes too long to read",
    });
    hasty.close();
  });

  const bombs: readonly (readonly [about: string, message: () => string])[] = [
    ["HTML nested 400,000 deep", () => `Content-Type: text/html\r\n\r\n${"<div>".repeat(400_000)}`],
    [
      "5,000 nested parts",
      () =>
        Array.from(
          { length: 5000 },
          (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
        ).join(""),
    ],
    ["100,000 parts", () => `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${"--b\r\n\r\nx\r\n".repeat(100_000)}`],
    ["a million header fields", () => "a:b\r\n".repeat(1_000_000)],
    ["300,000 recipients", () => `To: ${"a@b.example,".repeat(300_000)}\r\n\r\nx`],
  ];
  for (const [about, bomb] of bombs) {
    it(`neither stalls the server nor throws with ${about}`, async () => {
      const octets = Buffer.from(bomb());
      let longest = 0;
      // What the parser's own thread spends is no stall.
      let turn = processorTime("thread");
      const timer = setInterval(() => {
        longest = Math.max(longest, turn());
        turn = processorTime("thread");
      }, 5);
      await reader.view(octets);
      clearInterval(timer);
      expect(longest).to.be.below(3000);
    });
  }
});
