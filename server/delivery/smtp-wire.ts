/** One socket of the courier's: replies come out of it, commands and messages go in, and it tells once when it is over. */
import net from "node:net";
import tls from "node:tls";
import type { Relay } from "./relay.ts";
import type { Reply } from "./reply.ts";
import { ReplyReader } from "./reply-reader.ts";
import type { WriteSlab } from "./write-slab.ts";

export interface WireListener {
  reply(reply: Reply): void;
  /** The connection is over and nothing more will come; `why` in a few words. */
  broke(why: string): void;
}

export class SmtpWire {
  readonly #relay: Relay;
  readonly #slab: WriteSlab;
  readonly #reader = new ReplyReader();
  readonly #closed = Promise.withResolvers<undefined>();
  #socket: net.Socket;
  #host: string;
  #connected = false;
  #listener: WireListener | undefined;
  #over: string | undefined;
  #patience = Infinity;
  #waited = 0;

  constructor(relay: Relay, slab: WriteSlab) {
    this.#relay = relay;
    this.#slab = slab;
    this.#host = relay.host;
    const target = { host: relay.host, port: relay.port, noDelay: true };
    const implicit = relay.tls === "implicit";
    this.#socket = implicit ? tls.connect({ ...target, ...this.#tlsOptions() }) : net.connect(target);
    this.#socket.once("connect", () => this.#connect());
    this.#attach(this.#socket);
  }

  /** Resolves when the socket is closed, whoever closed it. */
  get closed(): Promise<undefined> {
    return this.#closed.promise;
  }

  /** The server as a delivery names it: the configured name, and the address where that says more. */
  get host(): string {
    return this.#host;
  }

  get encrypted(): boolean {
    return this.#socket instanceof tls.TLSSocket;
  }

  /** Octets that the server sent unasked; before a TLS handshake they can only be somebody else's. */
  get unread(): number {
    return this.#reader.unread;
  }

  /** Replies go to `listener` from now on, those already here at once; without one they wait. */
  listen(listener: WireListener | undefined): void {
    this.#listener = listener;
    this.#deliver();
  }

  /** Something must happen before the ticks say that `ms` have passed. */
  expectWithin(ms: number): void {
    this.#patience = ms;
    this.#waited = 0;
  }

  expectNothing(): void {
    this.#patience = Infinity;
  }

  /** One timer of the courier's calls this for all wires, when `ms` more have passed in which an answer could have been read. */
  tick(ms: number): void {
    this.#waited += ms;
    // The first tick after a question came before it had waited so long.
    if (this.#waited > this.#patience) this.#end(`silence for ${this.#patience / 1000} s`);
  }

  /** Sends commands and small messages in one piece. */
  write(parts: readonly (string | Buffer)[]): void {
    if (this.#socket.writable) this.#slab.write(parts, this.#socket);
  }

  /** Sends a slice of a large message as it is; calls `left` when it has left, unless the wire breaks before. */
  writeSlice(slice: Buffer, left: () => void): void {
    const next = (): void => {
      if (this.#over === undefined) left();
    };
    // A server as fast as we are takes every slice at once; the turn of the event loop in between lets others work.
    this.#socket.write(slice, () => setImmediate(next));
  }

  /** Encrypts the connection after the server's yes to STARTTLS; gives what went wrong, if anything did. */
  startTls(): Promise<string | undefined> {
    const plain = this.#socket.removeAllListeners("data");
    const encrypted = tls.connect({ socket: plain, ...this.#tlsOptions() });
    this.#socket = encrypted;
    this.#attach(encrypted);
    return new Promise((resolve) => {
      encrypted.once("secureConnect", () => resolve(undefined));
      this.listen({ reply: () => undefined, broke: resolve });
    });
  }

  /** Closes at once and says no more. */
  close(): void {
    this.#listener = undefined;
    this.#over ??= "closed";
    this.#patience = Infinity;
    this.#socket.destroy();
  }

  #tlsOptions(): tls.ConnectionOptions {
    const { host, tls: mode } = this.#relay;
    return { ...(net.isIP(host) === 0 && { servername: host }), rejectUnauthorized: mode !== "opportunistic" };
  }

  #connect(): void {
    this.#connected = true;
    const address = this.#socket.remoteAddress;
    if (address !== undefined && address !== this.#relay.host) this.#host = `${this.#relay.host} [${address}]`;
  }

  /** Listens to the socket as long as it is ours to talk through: not any more once TLS runs on top of it. */
  #attach(socket: net.Socket): void {
    socket.on("data", (bytes: Buffer) => {
      this.#reader.push(bytes);
      this.#deliver();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.#end(`${this.#connected ? "" : "cannot connect, "}${error.code ?? error.message}`);
    });
    // The server's FIN ends it all: waiting until our own text is written could take for ever.
    socket.on("end", () => socket === this.#socket && this.#end("closed by the server"));
    socket.on("close", () => {
      if (socket !== this.#socket) return;
      this.#end("closed by the server");
      // Later than all that the end causes: the copy is settled and the route judged before another connection is opened.
      setImmediate(() => this.#closed.resolve(undefined));
    });
  }

  #deliver(): void {
    while (this.#listener !== undefined) {
      const reply = this.#reader.next();
      if (reply === undefined) break;
      this.#listener.reply(reply);
    }
    if (this.#over === undefined || this.#listener === undefined) return;
    const listener = this.#listener;
    this.#listener = undefined;
    listener.broke(this.#over);
  }

  #end(why: string): void {
    if (this.#over !== undefined) return;
    this.#over = why;
    this.#patience = Infinity;
    this.#socket.destroy();
    this.#deliver();
  }
}
