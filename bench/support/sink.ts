/** A process that takes mail as fast as Node can and forgets it: the other end of every sending benchmark. Prints its port. */
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

const endOfMessage = "\r\n.\r\n";
let copies = 0;

const server = createServer({ noDelay: true }, (socket) => new Session(socket));
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
// Asked by a line on standard input, answered by the number of copies so far.
process.stdin.on("data", () => process.stdout.write(`${copies}\n`)).on("end", () => process.exit(0));

class Session {
  readonly #socket: Socket;
  #text = "";
  #inMessage = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("error", () => undefined);
    socket.on("data", (piece) => this.#read(String(piece)));
    socket.write("220 sink.example\r\n");
  }

  #read(piece: string): void {
    this.#text += piece;
    let answers = "";
    for (let answer = this.#take(); answer !== undefined; answer = this.#take()) answers += answer;
    if (this.#inMessage) this.#text = this.#text.slice(-(endOfMessage.length - 1));
    if (answers !== "") this.#socket.write(answers);
  }

  /** The answer to the next command or message, if it is whole. */
  #take(): string | undefined {
    const ending = this.#inMessage ? endOfMessage : "\r\n";
    const end = this.#text.indexOf(ending);
    if (end < 0) return undefined;
    const line = this.#text.slice(0, Math.min(end, 4)).toUpperCase();
    this.#text = this.#text.slice(end + ending.length);
    if (this.#inMessage) {
      this.#inMessage = false;
      copies++;
      return "250 taken\r\n";
    }
    if (line === "EHLO") return "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000\r\n";
    if (line === "QUIT") return "221 bye\r\n";
    this.#inMessage = line === "DATA";
    return this.#inMessage ? "354 go on\r\n" : "250 ok\r\n";
  }
}
