/** A browser that sends one small form after the other over a connection that stays open. */
import { connect } from "node:net";
import type { Socket } from "node:net";

export class Presser {
  readonly #socket: Socket;
  #text = "";
  #waiting: ((status: string) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (piece) => this.#read(String(piece)));
  }

  static open(port: number): Promise<Presser> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () => resolve(new Presser(socket)));
      socket.once("error", reject);
    });
  }

  /** Throws unless the answer is 200; resolves with its last octet. */
  async press(path: string): Promise<void> {
    const type = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0";
    this.#socket.write(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${type}\r\n\r\n`);
    const status = await new Promise<string>((resolve) => (this.#waiting = resolve));
    if (!status.startsWith("HTTP/1.1 200")) throw new Error(`${path}: ${status}`);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(piece: string): void {
    this.#text += piece;
    const end = this.#text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = /^content-length: (\d+)/im.exec(this.#text.slice(0, end))?.[1];
    const isWhole =
      length === undefined ? this.#text.endsWith("\r\n0\r\n\r\n") : this.#text.length >= end + 4 + Number(length);
    if (!isWhole) return;
    const status = this.#text.slice(0, this.#text.indexOf("\r\n"));
    this.#text = "";
    this.#waiting?.(status);
  }
}
