import { expect } from "chai";
import { automaticReason, tooManyHops } from "../../server/mail/automatic.ts";
import { foldField } from "../../server/mail/encoded-words.ts";
import { parseHeader } from "../../server/mail/header-fields.ts";

const reason = (block: string): string | undefined =>
  automaticReason(parseHeader(Buffer.from(`From: a@b.example\r\n${block}\r\n\r\n`)));

describe("automatic mail", () => {
  const machines = [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated",
    "auto-submitted: Auto-Replied (vacation)",
    "Auto-Submitted: no\r\nAuto-Submitted: auto-notified",
    "Precedence: bulk",
    "Precedence: Junk",
    "Precedence: list",
    "Precedence: auto_reply",
    "X-Autoreply: yes",
    "X-Autorespond: away",
    "List-Id: <news.lists.example>",
    "List-Post: NO",
    "X-MS-Exchange-Inbox-Rules-Loop: anne@north.example",
    "Return-Path: <>",
    "X-Failed-Recipients: x@y.example",
    'Content-Type: multipart/report; boundary="x"',
    "Subject: Automatic reply: hello",
    "Subject: Out of Office AutoReply: hello",
    foldField("Subject", "自動返信：お知らせ").trimEnd(),
  ];
  for (const block of machines)
    it(`is known by ${JSON.stringify(block)}`, () =>
      expect(reason(block)).to.match(new RegExp(`^${block.split(":")[0] ?? ""}: `, "i")));

  const persons = [
    "Subject: hello",
    "Auto-Submitted: no",
    "Auto-Submitted: No (a person)",
    "Precedence: first-class",
    "Subject: Re: Automatic reply: hello",
    "Subject: Out of office next week",
    "X-Auto-Response-Suppress: All",
    "Return-Path: <anne@north.example>",
    "Content-Type: multipart/mixed; boundary=x",
    "X-Autoreply: no",
  ];
  for (const block of persons)
    it(`is not known by ${JSON.stringify(block)}`, () => expect(reason(block)).to.equal(undefined));

  it("gives its reason in one clean line", () => {
    expect(reason("Auto-Submitted: auto-replied =?utf-8?q?=0D=0AX:_y?=")).to.equal(
      "Auto-Submitted: auto-replied  X: y",
    );
    expect(reason(`List-Id: ${"x".repeat(10_000)}`)?.length).to.be.below(200);
  });

  it("has passed too many servers after thirty", () => {
    const hops = (count: number): boolean =>
      tooManyHops(parseHeader(Buffer.from(`${"Received: from a by b\r\n".repeat(count)}\r\n`)));
    expect([hops(0), hops(30), hops(31)]).to.deep.equal([false, false, true]);
  });
});
