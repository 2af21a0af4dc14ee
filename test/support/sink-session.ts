/** One connection of an SMTP sink: strict in what it takes, and as bad in its answers as the script asks. */
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { usualOffers } from "./sink-script.ts";
import type { Answer, OddAnswer, SinkScript, SinkStage, SunkCopy } from "./sink-script.ts";
import { SinkText, textViolations, unstuffed } from "./sink-text.ts";
import { testCertificate, testKey } from "./test-certificate.ts";

export interface SinkJournal {
  readonly script: SinkScript;
  answerFor(rcptTo: string): Answer | undefined;
  took(copy: SunkCopy): void;
  note(line: string): void;
  violation(what: string): void;
}

/** Verbs that must be the last of a group (RFC 2920 section 3.1). */
const groupEnds: ReadonlySet<string> = new Set(["EHLO", "HELO", "DATA", "STARTTLS", "AUTH", "QUIT"]);

export class SinkSession {
  readonly #journal: SinkJournal;
  readonly #number: number;
  readonly #odd: OddAnswer | undefined;
  #socket: Socket;
  #buffer: Buffer = Buffer.alloc(0);
  #text: SinkText | undefined;
  #credentials: string[] | undefined;
  #deaf = false;
  #waiting = false;
  #greeted = false;
  #mailFrom: string | undefined;
  #parameters = "";
  #rcptTo: string | undefined;
  #rcptTried = false;
  #recipients = 0;
  #plan: OddAnswer | undefined;

  readonly #verbs: Readonly<Record<string, (line: string) => void>> = {
    EHLO: () => this.#ehlo(),
    HELO: () => this.#hello("250 sink.example"),
    STARTTLS: () => this.#startTls(),
    AUTH: (line) => this.#auth(line),
    MAIL: (line) => this.#mail(line),
    RCPT: (line) => this.#rcpt(line),
    DATA: () => this.#data(),
    RSET: () => this.#rset(),
    QUIT: () => this.#quit(),
  };

  constructor(journal: SinkJournal, socket: Socket, number: number) {
    this.#journal = journal;
    this.#socket = socket;
    this.#number = number;
    this.#odd = journal.script.connections?.[number] ?? journal.script.everyConnection;
    this.#attach(socket);
    if (!this.#oddAt("connect")) this.#say("220 sink.example ESMTP");
  }

  #attach(socket: Socket): void {
    socket.on("data", (bytes: Buffer) => this.#push(bytes));
    socket.on("error", () => this.#journal.note(`${this.#number} broken`));
    socket.on("close", () => this.#journal.note(`${this.#number} closed`));
  }

  #push(bytes: Buffer): void {
    this.#journal.note(`${this.#number} -- ${bytes.length} octets`);
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    this.#read();
  }

  #read(): void {
    while (!this.#deaf && !this.#waiting && this.#buffer.length > 0) {
      if (this.#text !== undefined) this.#readText(this.#text);
      else if (!this.#readLine()) return;
    }
    if (this.#deaf) this.#buffer = Buffer.alloc(0);
  }

  #readLine(): boolean {
    const end = this.#buffer.indexOf("\n");
    if (end < 0) return false;
    const raw = this.#buffer.toString("latin1", 0, end + 1);
    this.#buffer = this.#buffer.subarray(end + 1);
    if (!/^[^\r\n\0]*\r\n$/.test(raw)) this.#journal.violation(`badly ended command line ${JSON.stringify(raw)}`);
    if (raw.length > 616) this.#journal.violation("command line over its limit");
    const line = raw.trimEnd();
    this.#journal.note(`${this.#number} C: ${line}`);
    this.#command(line);
    return true;
  }

  #command(line: string): void {
    if (this.#credentials !== undefined) return this.#authenticate(line);
    const verb = (/^[A-Za-z]+/.exec(line)?.[0] ?? "").toUpperCase();
    const pipelining = this.#offers().includes("PIPELINING");
    if (this.#buffer.length > 0 && (!pipelining || groupEnds.has(verb)))
      this.#journal.violation(`something sent after ${verb} before its reply`);
    const answer = this.#verbs[verb];
    if (answer === undefined) this.#journal.violation(`unknown command ${line}`);
    if (answer === undefined) this.#say("500 5.5.2 what?");
    else answer(line);
  }

  #ehlo(): void {
    this.#greeted = this.#odd?.at === "ehlo" && this.#odd.say?.startsWith("2") === true;
    if (this.#oddAt("ehlo")) return;
    this.#hello(["250-sink.example", ...this.#offers().map((word) => `250-${word}`), "250 HELP"].join("\n"));
  }

  #hello(reply: string): void {
    this.#greeted = true;
    this.#clear();
    this.#say(reply);
  }

  #rset(): void {
    this.#clear();
    this.#say("250 2.0.0 ok");
  }

  #quit(): void {
    this.#say("221 2.0.0 bye");
    this.#then("close");
  }

  #offers(): readonly string[] {
    const { offers = usualOffers, tls, login } = this.#journal.script;
    const startTls = tls === "starttls" && !(this.#socket instanceof TLSSocket);
    return [...offers, ...(startTls ? ["STARTTLS"] : []), ...(login === undefined ? [] : [`AUTH ${login.mechanisms}`])];
  }

  #startTls(): void {
    if (this.#oddAt("starttls")) return;
    this.#say("220 2.0.0 go on");
    this.#socket.removeAllListeners("data");
    this.#greeted = false;
    this.#socket = new TLSSocket(this.#socket, { isServer: true, key: testKey, cert: testCertificate });
    this.#attach(this.#socket);
  }

  #auth(line: string): void {
    const [, mechanism, initial] = line.split(" ");
    if (this.#oddAt("auth")) return;
    this.#credentials = [];
    if (mechanism === "PLAIN" && initial !== undefined) return this.#authenticate(initial);
    this.#say("334 VXNlcm5hbWU6");
  }

  #authenticate(line: string): void {
    const words = Buffer.from(line, "base64").toString("utf8").split("\0");
    const said = [...(this.#credentials ?? []), ...words.slice(-2)];
    this.#credentials = said.length < 2 ? said : undefined;
    if (said.length < 2) return this.#say("334 UGFzc3dvcmQ6");
    const { user, password } = this.#journal.script.login ?? {};
    this.#say(
      said[0] === user && said[1] === password
        ? "235 2.7.0 welcome"
        : `535 5.7.8 bad credentials ${line} ${said[1] ?? ""}`,
    );
  }

  #mail(line: string): void {
    const match = /^MAIL FROM:<(.*?)>((?: [^ ]+)*)$/i.exec(line);
    if (!this.#greeted || this.#mailFrom !== undefined || match === null) {
      this.#journal.violation(`MAIL out of order or malformed: ${line}`);
      return this.#say("503 5.5.1 not now");
    }
    this.#rcptTried = false;
    if (this.#oddAt("mail")) return;
    this.#mailFrom = match[1] ?? "";
    this.#parameters = (match[2] ?? "").toUpperCase();
    this.#say("250 2.1.0 ok");
  }

  #rcpt(line: string): void {
    const rcptTo = /^RCPT TO:<(.+)>$/i.exec(line)?.[1];
    this.#rcptTried = true;
    if (rcptTo === undefined) this.#journal.violation(`malformed: ${line}`);
    if (rcptTo === undefined || this.#mailFrom === undefined) return this.#say("503 5.5.1 not now");
    const odd = this.#planFor(rcptTo);
    const answer: OddAnswer = odd?.at === "rcpt" ? odd : { at: "rcpt", say: "250 2.1.5 ok" };
    if (answer.say?.startsWith("2") === true) {
      this.#rcptTo = rcptTo;
      this.#plan = odd;
    }
    this.#act(answer);
  }

  #planFor(rcptTo: string): OddAnswer | undefined {
    this.#recipients += 1;
    const { sessionLimit = Infinity } = this.#journal.script;
    const answer = this.#recipients > sessionLimit ? "452 4.5.3 too many recipients" : this.#journal.answerFor(rcptTo);
    return typeof answer === "string" ? { at: "rcpt", say: answer } : answer;
  }

  #data(): void {
    const odd = this.#plan;
    if (this.#rcptTo === undefined) {
      if (!this.#rcptTried) this.#journal.violation("DATA without RCPT");
      // "354 anyway" is what some servers say, leaving it to the client to see that nobody is left.
      if (!this.#journal.script.offers?.includes("X-354-ANYWAY")) return this.#say("503 5.5.1 no recipients");
    }
    if (odd?.at === "data") {
      this.#clear();
      return this.#act(odd);
    }
    this.#say("354 go on");
    this.#text = new SinkText();
  }

  #readText(text: SinkText): void {
    const rest = text.push(this.#buffer);
    this.#buffer = rest ?? Buffer.alloc(0);
    if (this.#plan?.at === "text") return this.#act(this.#plan);
    if (rest === undefined) return;
    this.#text = undefined;
    this.#dot(text.wire());
  }

  #dot(wire: Buffer): void {
    const odd: OddAnswer = this.#plan?.at === "dot" ? this.#plan : { at: "dot", say: "250 2.0.0 taken" };
    const { mailFrom, rcptTo, parameters } = {
      mailFrom: this.#mailFrom ?? "",
      rcptTo: this.#rcptTo,
      parameters: this.#parameters,
    };
    this.#clear();
    this.#journal.note(`${this.#number} C: (${wire.length} octets of text)`);
    if (rcptTo === undefined) {
      if (wire.length > 0) this.#journal.violation("a message without recipients");
      return this.#say("554 5.5.1 no valid recipients");
    }
    for (const what of textViolations(wire, parameters)) this.#journal.violation(`${rcptTo}: ${what}`);
    const answered = odd.say?.startsWith("2") === true;
    const encrypted = this.#socket instanceof TLSSocket;
    const copy = { mailFrom, parameters, rcptTo, text: unstuffed(wire), connection: this.#number, encrypted, answered };
    if (answered || odd.takes === true) this.#journal.took(copy);
    this.#act(odd);
  }

  #clear(): void {
    this.#mailFrom = this.#rcptTo = this.#plan = undefined;
    this.#parameters = "";
  }

  /** Does what the script has for this connection at this stage; false when there is nothing. */
  #oddAt(stage: SinkStage): boolean {
    if (this.#odd?.at !== stage) return false;
    this.#act(this.#odd);
    return true;
  }

  #act(odd: OddAnswer): void {
    if (odd.after !== undefined) void this.#wait(odd.after, odd);
    else this.#answer(odd);
  }

  async #wait(after: Promise<unknown>, odd: OddAnswer): Promise<void> {
    this.#waiting = true;
    await after;
    this.#waiting = false;
    this.#answer(odd);
    this.#read();
  }

  #answer(odd: OddAnswer): void {
    if (odd.say !== undefined) this.#say(odd.say, odd.then === "drip");
    this.#then(odd.then ?? "on");
  }

  #then(then: NonNullable<OddAnswer["then"]>): void {
    if (then === "on" || then === "drip") return;
    this.#deaf = true;
    if (then === "close") this.#socket.end();
    if (then === "reset") this.#socket.resetAndDestroy();
  }

  #say(text: string, drip = false): void {
    const lines = text.split("\n");
    for (const line of lines) this.#journal.note(`${this.#number} S: ${line}`);
    const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join(""));
    if (drip) this.#drip([...bytes]);
    else this.#socket.write(bytes);
  }

  /** Each octet in a packet of its own; what comes meanwhile waits. */
  #drip([octet, ...rest]: number[]): void {
    this.#waiting = octet !== undefined;
    if (octet === undefined) this.#read();
    else this.#socket.write(Buffer.of(octet), () => setImmediate(() => this.#drip(rest)));
  }
}
