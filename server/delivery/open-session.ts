/** The opening of an outgoing session: greeting, EHLO, encryption and authentication as far as the relay's settings ask for them. */
import { asker, demand, OpeningTrouble } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { authenticate } from "./authenticate.ts";
import { classify, sessionFate } from "./classify.ts";
import { readExtensions } from "./extensions.ts";
import type { Extensions } from "./extensions.ts";
import type { Relay } from "./relay.ts";
import { replyText } from "./reply.ts";
import type { SmtpWire } from "./smtp-wire.ts";

export type OpeningOptions = {
  readonly wire: SmtpWire;
  readonly relay: Relay;
  /** Our name in EHLO. */
  readonly hostname: string;
  readonly timeoutMs: number;
  /** Leaves out STARTTLS: an opportunistic handshake has just failed with this server. */
  readonly plain: boolean;
};

/** Brings the wire to the point where MAIL may be said; gives what the server offers. Rejects with OpeningTrouble. */
export async function openSession(options: OpeningOptions): Promise<Extensions> {
  const { wire, relay, hostname } = options;
  const ask = asker(wire, options.timeoutMs);
  demand("greeting", await ask("greeting"));
  let offered = await hello(ask, hostname);
  // RFC 3207 section 4.2: what was offered before encryption counts for nothing after it.
  if (await encrypt(ask, offered, options)) offered = await hello(ask, hostname);
  if (relay.user === undefined) return offered;
  if (!wire.encrypted && relay.tls !== "none")
    throw new OpeningTrouble("no password is sent over a connection that is not encrypted");
  await authenticate({ ask, offered: offered.auth, user: relay.user, password: relay.password ?? "" });
  return offered;
}

async function hello(ask: Ask, hostname: string): Promise<Extensions> {
  const reply = await ask("ehlo", `EHLO ${hostname}`);
  // RFC 5321 section 3.2: a server that knows no EHLO is greeted with HELO and offers nothing.
  const knowsEhlo = reply.code < 500 || reply.code > 599;
  demand("ehlo", knowsEhlo ? reply : await ask("ehlo", `HELO ${hostname}`));
  return readExtensions(knowsEhlo ? reply.lines : []);
}

/** Says STARTTLS (RFC 3207) where settings and server allow; gives whether the connection is encrypted by it. */
async function encrypt(ask: Ask, offered: Extensions, options: OpeningOptions): Promise<boolean> {
  const required = options.relay.tls === "required";
  if (options.plain || !(required || options.relay.tls === "opportunistic")) return false;
  if (!offered.startTls) {
    if (required) throw new OpeningTrouble("the server offers no STARTTLS, and encryption is required");
    return false;
  }
  const reply = await ask("starttls", "STARTTLS");
  const agreed = classify("starttls", reply) === "go-on";
  if (agreed) await shakeHands(options);
  else if (required || sessionFate("starttls", reply) === "closes") throw new OpeningTrouble(replyText(reply));
  return agreed;
}

async function shakeHands({ wire, relay, timeoutMs }: OpeningOptions): Promise<void> {
  const worthPlain = relay.tls === "opportunistic";
  // Words in plain text that would be taken for words said under encryption.
  if (wire.unread > 0) throw new OpeningTrouble("something was sent between STARTTLS and the handshake", worthPlain);
  wire.expectWithin(timeoutMs);
  const trouble = await wire.startTls();
  if (trouble !== undefined) throw new OpeningTrouble(`no TLS: ${trouble}`, worthPlain);
}
