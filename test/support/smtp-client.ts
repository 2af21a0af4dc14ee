/** A plain SMTP client for tests: says what it is told, octet by octet, and gives each reply. */
import { connect } from "node:net";
import type { Socket } from "node:net";

export class SmtpClient {
  readonly #socket: Socket;
  readonly #waiting: ((reply: string) => void)[] = [];
  #replies: string[] = [];
  #partial = "";
  #ended = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text) => this.#read(String(text)));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#ended = true;
      for (const resolve of this.#waiting.splice(0)) resolve("");
    });
  }

  /** Connects and reads the greeting. */
  static async open(server: { readonly host: string; readonly port: number }): Promise<SmtpClient> {
    const client = new SmtpClient(connect(server.port, server.host));
    await client.reply();
    return client;
  }

  /** The next reply, its lines joined by a line end; empty when the connection has ended. */
  reply(): Promise<string> {
    const ready = this.#replies.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    if (this.#ended) return Promise.resolve("");
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Sends a line and gives its reply. */
  async say(line: string): Promise<string> {
    this.raw(`${line}\r\n`);
    return this.reply();
  }

  raw(octets: string | Buffer): void {
    this.#socket.write(octets, "latin1");
  }

  /** A whole transaction; the last reply that was given. The message's dots are stuffed here. */
  async send({
    from,
    to,
    message,
  }: {
    readonly from: string;
    readonly to: readonly string[];
    readonly message: string | Buffer;
  }): Promise<string> {
    for (const line of [`MAIL FROM:<${from}>`, ...to.map((one) => `RCPT TO:<${one}>`), "DATA"]) {
      const reply = await this.say(line);
      if (!/^[23]/.test(reply)) return reply;
    }
    const text = Buffer.isBuffer(message) ? message.toString("latin1") : Buffer.from(message).toString("latin1");
    this.raw(`${text.replace(/^\./gm, "..")}${text.endsWith("\r\n") ? "" : "\r\n"}.\r\n`);
    return this.reply();
  }

  /** Breaks off without QUIT. */
  cut(): void {
    this.#socket.destroy();
  }

  async quit(): Promise<void> {
    await this.say("QUIT");
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#partial += text;
    for (let match = wholeReply.exec(this.#partial); match !== null; match = wholeReply.exec(this.#partial)) {
      this.#partial = this.#partial.slice(match[0].length);
      const reply = match[0].trimEnd();
      const waiting = this.#waiting.shift();
      if (waiting === undefined) this.#replies.push(reply);
      else waiting(reply);
    }
  }
}

const wholeReply = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/;
