/** Question and answer, one at a time: how the opening of an outgoing session talks. */
import { classify } from "./classify.ts";
import type { Stage } from "./classify.ts";
import { replyText } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { SmtpWire } from "./smtp-wire.ts";
import { noAnswer } from "./trouble-text.ts";

/** Asks and waits for the answer; `command` comes without its line end and is undefined where the server speaks first. */
export type Ask = (stage: Stage, command?: string) => Promise<Reply>;

/** Why a session did not come about; the message is the reply text for the copy that it was opened for. */
export class OpeningTrouble extends Error {
  /** A handshake failed where encryption is only wished for: another connection may do without. */
  readonly worthPlain: boolean;

  constructor(message: string, worthPlain = false) {
    super(message);
    this.worthPlain = worthPlain;
  }
}

/** The answers' promises reject with OpeningTrouble when the wire breaks or nothing comes within `timeoutMs`. */
export function asker(wire: SmtpWire, timeoutMs: number): Ask {
  return (stage, command) =>
    new Promise((resolve, reject) => {
      wire.expectWithin(timeoutMs);
      if (command !== undefined) wire.write([command, "\r\n"]);
      wire.listen({
        reply: (reply) => {
          wire.listen(undefined);
          resolve(reply);
        },
        broke: (why) => reject(new OpeningTrouble(noAnswer(stage, why))),
      });
    });
}

/** Throws OpeningTrouble unless the server said yes. */
export function demand(stage: Stage, reply: Reply): void {
  if (classify(stage, reply) !== "go-on") throw new OpeningTrouble(replyText(reply));
}
