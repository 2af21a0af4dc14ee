/** A client that posts as fast as it is answered, over connections that stay open. */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { listAddress } from "./town.ts";

export class Poster {
  readonly #socket: Socket;
  #partial = "";
  #waiting: ((reply: string) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (text) => this.#read(String(text)));
  }

  static async open(port: number): Promise<Poster> {
    const poster = new Poster(connect(port, "127.0.0.1"));
    await poster.#reply();
    await poster.#say("EHLO client.example");
    return poster;
  }

  /** Posts one message; throws unless it is accepted. */
  async post(message: string): Promise<void> {
    await this.#say("MAIL FROM:<anne@north.example>");
    await this.#say(`RCPT TO:<${listAddress}>`);
    await this.#say("DATA");
    const reply = await this.#say(`${message}.`);
    if (!reply.startsWith("250")) throw new Error(`not accepted: ${reply}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #say(line: string): Promise<string> {
    this.#socket.write(`${line}\r\n`, "latin1");
    return this.#reply();
  }

  #reply(): Promise<string> {
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  #read(text: string): void {
    this.#partial += text;
    const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.#partial);
    if (match === null) return;
    this.#partial = this.#partial.slice(match[0].length);
    this.#waiting?.(match[0]);
  }
}
