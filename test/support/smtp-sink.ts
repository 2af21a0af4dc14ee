/**
 * A scriptable SMTP server for tests: takes mail on 127.0.0.1 as the world would, well or badly, keeps every copy it took, and
 * writes down the dialogue and every breach of protocol by the client.
 */
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Answer, SinkScript, SunkCopy } from "./sink-script.ts";
import { SinkSession } from "./sink-session.ts";
import type { SinkJournal } from "./sink-session.ts";
import { testCertificate, testKey } from "./test-certificate.ts";

export class SmtpSink implements SinkJournal {
  readonly script: SinkScript;
  readonly copies: SunkCopy[] = [];
  readonly violations: string[] = [];
  /** The dialogue of all connections: `3 C: MAIL FROM:<…>`, `3 S: 250 …`; `3 -- 120 octets` is one read from connection 3. */
  readonly dialogue: string[] = [];
  /** Connections so far. */
  connections = 0;
  /** Attempts by recipient, counted at RCPT. */
  readonly attempts = new Map<string, number>();
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting = new Set<() => void>();

  private constructor(script: SinkScript) {
    this.script = script;
    const accept = (socket: Socket): void => this.#accept(socket);
    const implicit = script.tls === "implicit";
    this.#server = implicit
      ? createTlsServer({ key: testKey, cert: testCertificate, noDelay: true }, accept)
      : createServer({ noDelay: true }, accept);
    this.#server.on("tlsClientError", () => this.note("a handshake failed"));
  }

  /** Listens on a free port of 127.0.0.1. */
  static async start(script: SinkScript = {}): Promise<SmtpSink> {
    const sink = new SmtpSink(script);
    await new Promise<void>((resolve) => sink.#server.listen(0, "127.0.0.1", resolve));
    return sink;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#sockets.size;
  }

  /** The dialogue as text, for the message of a failed test. */
  get transcript(): string {
    return this.dialogue.join("\n");
  }

  copiesFor(rcptTo: string): readonly SunkCopy[] {
    return this.copies.filter((copy) => copy.rcptTo === rcptTo);
  }

  /** Resolves as soon as `holds` is true; it is asked after everything that happens here. */
  until(holds: (sink: SmtpSink) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds(this)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Stops listening and cuts what is open. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  answerFor(rcptTo: string): Answer | undefined {
    const attempt = this.attempts.get(rcptTo) ?? 0;
    this.attempts.set(rcptTo, attempt + 1);
    this.#look();
    const answers = this.script.recipients?.[rcptTo];
    return isList(answers) ? answers[attempt] : answers;
  }

  took(copy: SunkCopy): void {
    this.copies.push(copy);
    this.#look();
  }

  note(line: string): void {
    this.dialogue.push(line);
    this.#look();
  }

  violation(what: string): void {
    this.violations.push(what);
    this.note(`!! ${what}`);
  }

  #accept(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.#look();
    });
    new SinkSession(this, socket, this.connections);
    this.#look();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

function isList(answers: Answer | readonly Answer[] | undefined): answers is readonly Answer[] {
  return Array.isArray(answers);
}
