/** Answers of real servers, as somebody who has never read one is told of them. */
import { expect } from "chai";
import { troubleKind } from "../../server/mail/trouble-kind.ts";

describe("the trouble with a copy", () => {
  for (const [reply, kind] of [
    ["550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", "nobody"],
    ["552 5.2.2 <a@b.example> Mailbox full", "full"],
    ["452 4.2.2 The email account that you tried to reach is over quota", "full"],
    ["552 5.3.4 Message size exceeds fixed limit", "large"],
    ["550 5.7.1 Message rejected as spam", "refused"],
    // docomo says so of a filter, too.
    ["550 Unknown user a@docomo.ne.jp", "refused"],
    ["451 4.7.1 Greylisted, try again later", "later"],
    ["no greeting: connection refused", "unreachable"],
    ["", "unreachable"],
  ] as const)
    it(`is “${kind}” where the server said “${reply}”`, () => {
      expect(troubleKind(reply)).to.equal(kind);
    });
});
