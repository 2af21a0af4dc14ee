/** What `kairan doctor` says of the way out: opens a session with the relay as the courier does, and sends no mail. */
import type { Config } from "../config.ts";
import { OpeningTrouble } from "../delivery/ask.ts";
import { openSession } from "../delivery/open-session.ts";
import type { Relay } from "../delivery/relay.ts";
import { SmtpWire } from "../delivery/smtp-wire.ts";
import { WriteSlab } from "../delivery/write-slab.ts";
import { answerMs } from "./doctor-finding.ts";
import type { Finding } from "./doctor-finding.ts";

const tickMs = 250;

export async function checkRelay({ outbound, hostname }: Config): Promise<Finding> {
  const { via, relay } = outbound;
  if (via !== "relay" || relay === undefined)
    return { check: "relay", state: "ok", says: "none: copies are kept here and not sent (outbound.via)" };
  const name = `${relay.host}:${relay.port}`;
  try {
    const isEncrypted = await greet({ relay, hostname });
    const login = relay.user === undefined ? "" : " and takes user and password";
    const says = `${name} answers${isEncrypted ? ", encrypted," : ""}${login}`.replace(/,$/, "");
    return { check: "relay", state: "ok", says: `${says}; no mail was sent` };
  } catch (error) {
    if (!(error instanceof OpeningTrouble)) throw error;
    return { check: "relay", state: "fault", says: `${name}: ${error.message}; see outbound.relay` };
  }
}

type Greeting = { readonly relay: Relay; readonly hostname: string };

/** Gives whether it was encrypted. As the courier: where encryption is only wished for and fails, without it. */
async function greet(of: Greeting): Promise<boolean> {
  try {
    return await open(of, false);
  } catch (error) {
    if (error instanceof OpeningTrouble && error.worthPlain) return open(of, true);
    throw error;
  }
}

async function open({ relay, hostname }: Greeting, plain: boolean): Promise<boolean> {
  const wire = new SmtpWire(relay, new WriteSlab());
  const timer = setInterval(() => wire.tick(tickMs), tickMs);
  try {
    await openSession({ wire, relay, hostname, timeoutMs: answerMs, plain });
    const { encrypted } = wire;
    wire.write(["QUIT\r\n"]);
    return encrypted;
  } finally {
    clearInterval(timer);
    wire.close();
  }
}
