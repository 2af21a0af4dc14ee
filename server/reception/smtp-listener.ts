/** The SMTP listener: smtp-server's options and callbacks, the limits it leaves to us, and nothing else. */
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerAddress, SMTPServerSession } from "smtp-server";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { isNoRoom } from "../store/database/no-room.ts";
import type { MessageAcceptance } from "./accept-message.ts";
import type { Recipient, RecipientCheck } from "./check-recipient.ts";
import { ConnectionLimits } from "./connection-limits.ts";
import { noSpace, oneAtATime, ourTrouble, tooManyErrors } from "./session-reply.ts";
import type { SessionReply } from "./session-reply.ts";

export type ListenerDependencies = {
  readonly config: Config;
  readonly log: Log;
  readonly check: (rcptTo: string) => Promise<RecipientCheck>;
  readonly acceptance: MessageAcceptance;
};

type Callback = (error?: Error | null) => void;

/** How long the server waits for sessions that are open when it stops. */
const closeMs = 2000;
/** RFC 5321 4.5.3.2: at least five minutes between commands. */
const idleMs = 300_000;

export class SmtpListener {
  readonly #needs: ListenerDependencies;
  readonly #server: SMTPServer;
  readonly #limits: ConnectionLimits;
  /** What RCPT found, by the address object that smtp-server keeps in the envelope. */
  readonly #checked = new WeakMap<SMTPServerAddress, Recipient>();

  constructor(needs: ListenerDependencies) {
    this.#needs = needs;
    const { config } = needs;
    this.#limits = new ConnectionLimits(config.smtp.limits, config.smtp.trusted);
    this.#server = new SMTPServer({
      ...serverOptions(config),
      onConnect: (session, callback) => this.#connected(session, callback),
      onClose: (session) => this.#limits.closed(session.id),
      onMailFrom: (_address, session, callback) =>
        callback(this.#limits.isOver(session.id) ? asReply(tooManyErrors) : null),
      onRcptTo: (address, session, callback) => void this.#recipient(address, session, callback),
      onData: (stream, session, callback) => void this.#data(stream, session, callback),
    });
    // Broken connections of clients end up here; each was already answered or is gone.
    this.#server.on("error", (error) => needs.log.warn("smtp connection failed", { error: error.message }));
  }

  /** The address that it got; rejects when the port is taken or not allowed. */
  async listen(): Promise<AddressInfo> {
    const { host, port } = this.#needs.config.smtp.listen;
    return new Promise((resolve, reject) => {
      this.#server.server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.server.off("error", reject);
        resolve(this.#server.server.address() as AddressInfo);
      });
    });
  }

  /** No new session; open ones end with 421, those in the middle of a message may finish it. */
  async close(): Promise<void> {
    this.#limits.stop();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #connected(session: SMTPServerSession, callback: Callback): void {
    const end = (): void => {
      for (const connection of this.#server.connections) if (connection.id === session.id) connection.close();
    };
    const allowed = this.#limits.opened({ id: session.id, client: session.remoteAddress, end });
    callback(
      allowed
        ? null
        : asReply({ code: 421, enhanced: "4.7.0", text: "Too many connections from your address; try again later." }),
    );
  }

  async #recipient(address: SMTPServerAddress, session: SMTPServerSession, callback: Callback): Promise<void> {
    let check: RecipientCheck;
    try {
      check = await this.#needs.check(address.address);
    } catch (error) {
      this.#needs.log.error("recipient could not be checked", error);
      return callback(asReply(ourTrouble));
    }
    if (check.ok && this.#mustTravelAlone(check.recipient, session)) return callback(asReply(oneAtATime));
    if (check.ok) {
      this.#checked.set(address, check.recipient);
      return callback();
    }
    this.#needs.log.info("recipient refused", {
      client: session.remoteAddress,
      to: address.address,
      reply: check.reply.text,
    });
    const tooMany = this.#limits.erred(session.id);
    callback(asReply(tooMany ? tooManyErrors : check.reply));
  }

  /** Mail to an owner address is kept and sent on as it is, beside nothing else; SMTP clients come again with the others. */
  #mustTravelAlone(recipient: Recipient, session: SMTPServerSession): boolean {
    const others = session.envelope.rcptTo.flatMap((address) => this.#checked.get(address) ?? []);
    return others.length > 0 && [recipient, ...others].some(({ kind }) => kind === "owner" || kind === "server");
  }

  async #data(stream: AsyncIterable<Buffer>, session: SMTPServerSession, callback: Callback): Promise<void> {
    const { log, acceptance } = this.#needs;
    const { mailFrom, rcptTo } = session.envelope;
    const recipients = rcptTo.flatMap((address) => this.#checked.get(address) ?? []);
    const envelope = {
      mailFrom: mailFrom === false ? "" : mailFrom.address,
      recipients,
      client: session.remoteAddress,
    };
    try {
      const reply = await acceptance.receive(stream, envelope);
      if (reply.code >= 500) this.#limits.erred(session.id);
      log.info(reply.code === 250 ? "message accepted" : "message refused", {
        client: envelope.client,
        from: envelope.mailFrom,
        reply: `${reply.code} ${reply.text}`,
      });
      callback(asReply(reply));
    } catch (error) {
      log.error("message not taken", error, { client: envelope.client });
      callback(asReply(isNoRoom(error) ? noSpace : ourTrouble));
    }
  }
}

function serverOptions(config: Config): ConstructorParameters<typeof SMTPServer>[0] & object {
  const { smtp } = config;
  const tls =
    smtp.tls === undefined ? undefined : { cert: readFileSync(smtp.tls.cert), key: readFileSync(smtp.tls.key) };
  return {
    ...tls,
    name: config.hostname,
    banner: "Kairan",
    size: smtp.maxMessageBytes,
    maxClients: smtp.limits.connections,
    maxRecipients: smtp.limits.recipients,
    socketTimeout: idleMs,
    closeTimeout: closeMs,
    // Carrier-style local parts such as a..b.@docomo.ne.jp.
    lenientAddressParsing: true,
    hideENHANCEDSTATUSCODES: false,
    hideSMTPUTF8: true,
    hideDSN: true,
    hideREQUIRETLS: true,
    disableReverseLookup: true,
    disabledCommands: tls === undefined ? ["AUTH", "STARTTLS"] : ["AUTH"],
    authOptional: true,
    logger: false,
  };
}

/**
 * smtp-server sends an error's `responseCode` and message, and puts an enhanced status code of its own choice between them
 * unless the code is none it knows; a code that already holds ours is sent as it stands, also for 250. 421 stays a
 * number, for that makes it close the connection.
 */
function asReply(reply: SessionReply): Error {
  const responseCode = reply.code === 421 ? 421 : `${reply.code} ${reply.enhanced}`;
  return Object.assign(new Error(reply.text), { responseCode });
}
