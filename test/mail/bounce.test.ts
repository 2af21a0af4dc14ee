import { expect } from "chai";
import { readBounce } from "../../server/mail/bounce.ts";
import type { BounceKind } from "../../server/mail/bounce.ts";
import type { Permanence } from "../../server/mail/bounce-words.ts";
import { processorTime } from "../support/processor-time.ts";

const crlf = (lines: readonly string[]): Buffer => Buffer.from(lines.join("\r\n"));

function dsn(fields: readonly string[], text = "This is the mail system."): Buffer {
  const head = [
    "From: MAILER-DAEMON@mx.readers.example",
    "Subject: Undelivered Mail Returned to Sender",
    "Auto-Submitted: auto-replied",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    "",
  ];
  const status = [
    "--b",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.readers.example",
    "",
    ...fields,
    "",
  ];
  return crlf([
    ...head,
    "--b",
    "",
    text,
    "",
    ...status,
    "--b",
    "Content-Type: message/rfc822",
    "",
    "Subject: user unknown",
    "",
    "no such user",
    "--b--",
    "",
  ]);
}

const failed = (status: string, diagnostic: string): Buffer =>
  dsn([
    "Final-Recipient: rfc822; anne@north.example",
    "Action: failed",
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${diagnostic}`,
  ]);

function plain(text: string, { from = "MAILER-DAEMON@mx.example", subject = "failure notice" } = {}): Buffer {
  return crlf([
    `From: ${from}`,
    "To: news-bounces+x@lists.example",
    `Subject: ${subject}`,
    "",
    ...text.split("\n"),
    "",
  ]);
}

describe("a bounce", () => {
  it("of RFC 3464 says who, why and how bad", () => {
    expect(readBounce(failed("5.1.1", "550 5.1.1 <anne@north.example>: User unknown"))).to.deep.equal({
      kind: "failed",
      permanence: "permanent",
      status: "5.1.1",
      diagnostic: "550 5.1.1 <anne@north.example>: User unknown",
      recipients: ["anne@north.example"],
    });
  });

  const refusals: readonly (readonly [status: string, diagnostic: string, permanence: Permanence])[] = [
    ["5.1.1", "550 no", "permanent"],
    ["5.0.0", "550 No such user here", "permanent"],
    ["5.4.4", "Host or domain name not found", "permanent"],
    ["5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", "permanent"],
    ["5.7.27", "550 Host does not accept mail", "permanent"],
    ["5.0.0", "550 what", "temporary"],
    ["5.2.2", "552 5.2.2 Mailbox full", "temporary"],
    ["5.1.1", "550 5.1.1 mailbox over quota", "temporary"],
    ["5.1.1", "550 5.7.1 IP address blacklisted by recipient", "temporary"],
    ["5.7.1", "550 5.7.1 Message rejected as spam", "temporary"],
    ["5.7.26", "550-5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy", "temporary"],
    ["5.2.3", "552 5.2.3 Message size exceeds fixed maximum message size", "temporary"],
    ["5.1.8", "553 5.1.8 Domain of sender address anne@north.example does not exist", "temporary"],
    ["5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", "temporary"],
    ["4.4.7", "550 4.4.7 user unknown", "temporary"],
    ["4.1.1", "451 4.1.1 no such user right now", "temporary"],
    ["5.0.0", "550 Unknown user taro@docomo.ne.jp", "temporary"],
    ["5.1.1", "550 5.1.1 unknown user taro@docomo.ne.jp", "permanent"],
  ];
  for (const [status, diagnostic, permanence] of refusals) {
    it(`is ${permanence} for ${status} "${diagnostic}"`, () =>
      expect(readBounce(failed(status, diagnostic))).to.include({ kind: "failed", permanence }));
  }

  const actions: readonly (readonly [fields: readonly string[], kind: BounceKind])[] = [
    [["Final-Recipient: rfc822; a@b.example", "Action: delayed", "Status: 4.4.1"], "delayed"],
    [["Final-Recipient: rfc822; a@b.example", "Action: delivered", "Status: 2.0.0"], "delivered"],
    [["Final-Recipient: rfc822; a@b.example", "Action: relayed"], "delivered"],
    [["Final-Recipient: rfc822; a@b.example", "action : Failed (permanently)", "Status: 5.0.0 (undefined)"], "failed"],
    [["Final-Recipient: rfc822; a@b.example", "Status: 5.1.1"], "failed"],
    [
      [
        "Final-Recipient: rfc822; a@b.example",
        "Action: delivered",
        "",
        "Final-Recipient: rfc822; c@d.example",
        "Action: failed",
      ],
      "failed",
    ],
  ];
  for (const [fields, kind] of actions)
    it(`is ${kind} when it says ${JSON.stringify(fields.slice(1))}`, () =>
      expect(readBounce(dsn(fields)).kind).to.equal(kind));

  it("gives the failed recipients only, as addresses", () => {
    const report = dsn([
      "Final-Recipient: rfc822; a@b.example",
      "Action: delivered",
      "",
      'Final-Recipient: RFC822; <"c.."@docomo.ne.jp>',
      "Action: failed",
      "",
      "Final-Recipient: rfc822; |/bin/x",
      "Original-Recipient: rfc822;d@e.example",
      "Action: failed",
    ]);
    expect(readBounce(report).recipients).to.deep.equal(['"c.."@docomo.ne.jp', "d@e.example"]);
  });

  it("is read from the text where the report has lost its form", () => {
    const report = plain(
      "I could not deliver it.\n\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n",
      { subject: "Delivery report" },
    );
    expect(readBounce(report)).to.include({ kind: "failed", permanence: "permanent", status: "5.1.1" });
  });

  const words: readonly (readonly [
    about: string,
    text: string,
    permanence: Permanence,
    recipients: readonly string[],
  ])[] = [
    [
      "qmail",
      "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<anne@north.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nTo: bart@south.example",
      "permanent",
      ["anne@north.example"],
    ],
    [
      "Exim",
      "This message was created automatically by mail delivery software.\nA message that you sent could not be delivered.\n\n  anne@north.example\n    Unrouteable address\n\n------ This is a copy of the message ------\n\nmailbox full",
      "permanent",
      ["anne@north.example"],
    ],
    [
      "Postfix",
      "I'm sorry to have to inform you that your message could not be delivered.\n\n<anne@north.example>: host mx.north.example said: 552 5.2.2\n    Mailbox full (in reply to RCPT TO command)",
      "temporary",
      ["anne@north.example"],
    ],
    [
      "sendmail",
      "   ----- The following addresses had permanent fatal errors -----\n<anne@north.example>\n\n   ----- Transcript of session follows -----\n... while talking to mx.north.example.:\n>>> RCPT To:<anne@north.example>\n<<< 550 5.1.1 User unknown",
      "permanent",
      ["anne@north.example"],
    ],
    [
      "an unknown server",
      "Your mail was not delivered to anne@north.example, and we will not say why.",
      "temporary",
      ["anne@north.example"],
    ],
  ];
  for (const [about, text, permanence, recipients] of words) {
    it(`in the words of ${about} is read`, () =>
      expect(readBounce(plain(text))).to.deep.include({ kind: "failed", permanence, recipients }));
  }

  it("may only be a warning", () => {
    expect(
      readBounce(
        plain("THIS IS A WARNING MESSAGE ONLY.\nThe message has not yet been delivered to anne@north.example", {
          subject: "Warning: message delayed",
        }),
      ).kind,
    ).to.equal("delayed");
  });

  it("names failed recipients in a field of its own", () => {
    const report = crlf([
      "From: mailer-daemon@googlemail.example",
      "X-Failed-Recipients: a@b.example, c@d.example",
      "Subject: Delivery Status Notification (Failure)",
      "",
      "Delivery failed permanently.",
      "",
    ]);
    expect(readBounce(report)).to.deep.include({
      kind: "failed",
      permanence: "permanent",
      recipients: ["a@b.example", "c@d.example"],
    });
  });

  const others: readonly (readonly [about: string, message: Buffer, kind: BounceKind])[] = [
    [
      "a vacation notice",
      crlf([
        "From: anne@north.example",
        "Subject: Out of office",
        "Auto-Submitted: auto-replied",
        "",
        "I am away. Mail to me is not delivered to anybody else.",
        "",
      ]),
      "vacation",
    ],
    [
      "an answer by a person",
      crlf([
        "From: anne@north.example",
        "Subject: Re: hello",
        "",
        "thank you, it was undeliverable last time: 550 no such user",
        "",
      ]),
      "none",
    ],
    [
      "a complaint",
      crlf([
        "From: fbl@provider.example",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
        "",
        "--b",
        "Content-Type: message/feedback-report",
        "",
        "Feedback-Type: abuse",
        "Original-Rcpt-To: <a@b.example>",
        "",
        "--b--",
        "",
      ]),
      "complaint",
    ],
    ["nothing", Buffer.alloc(0), "none"],
  ];
  for (const [about, message, kind] of others)
    it(`is not ${about}`, () => expect(readBounce(message).kind).to.equal(kind));

  it("has words that are fit to show", () => {
    const { diagnostic } = readBounce(failed("5.1.1", `550 5.1.1 \x1b[31mno\x00 ${"x".repeat(5000)}`));
    expect(diagnostic).to.match(/^550 5\.1\.1 \[31mno x+$/);
    expect(diagnostic.length).to.be.at.most(1000);
  });

  it("is read in time whatever it is", () => {
    const pieces = [
      "<",
      "<a@b>",
      "a@",
      " ",
      "550 ",
      "5.1.1 ",
      "sender ",
      "550 unknown user ",
      "Final-Recipient: rfc822;x\n",
      "a:b\n",
      "<br ",
      "--b\r\n",
      "\n",
    ];
    for (const piece of pieces) {
      const long = piece.repeat(1_000_000 / piece.length);
      for (const message of [
        plain(long),
        plain(long, { subject: long }),
        dsn([long]),
        Buffer.from(`From: MAILER-DAEMON@x\r\nContent-Type: text/html\r\n\r\n${long}`),
      ]) {
        const spent = processorTime("thread");
        readBounce(message);
        expect(spent(), JSON.stringify(piece)).to.be.below(2000);
      }
    }
  });
});
