/** Open streams of server-sent events: a page that is looked at follows the store through one. */
import { PassThrough } from "node:stream";
import type { Signal } from "../signal.ts";

export type ServerEvent = { readonly name: string; readonly content: object };

export type Following = {
  readonly sessionId: string;
  readonly accountId: number;
  /** What the page does not know yet; undefined ends the stream, for whoever may no longer see it. Called at most twice a second. */
  readonly news: () => Promise<readonly ServerEvent[] | undefined>;
};

/** At most two updates a second. */
const leastGapMs = 500;
/** Proxies close connections that say nothing for a minute; it is also how soon a session that ended elsewhere is noticed. */
const heartbeatMs = 15_000;
/** Milliseconds after which a browser comes back. */
const retryMs = 2000;
const mostPerSession = 30;

type Stream = { readonly following: Following; readonly end: () => void };

export class EventStreams {
  readonly #changes: Signal;
  readonly #failed: (error: unknown) => void;
  readonly #open = new Set<Stream>();

  constructor(changes: Signal, failed: (error: unknown) => void) {
    this.#changes = changes;
    this.#failed = failed;
  }

  /** The stream to answer with; undefined when the session has too many open. */
  open(following: Following): PassThrough | undefined {
    if ([...this.#open].filter((stream) => stream.following.sessionId === following.sessionId).length >= mostPerSession)
      return undefined;
    const output = new PassThrough();
    const pump = new Pump(output, following.news, this.#failed);
    const unlisten = this.#changes.listen(() => pump.wake());
    const heartbeat = setInterval(() => pump.beat(), heartbeatMs);
    const stream: Stream = { following, end: () => output.end() };
    this.#open.add(stream);
    output.once("close", () => {
      unlisten();
      clearInterval(heartbeat);
      pump.stop();
      this.#open.delete(stream);
    });
    output.write(`retry: ${retryMs}\n\n`);
    pump.wake();
    return output;
  }

  endSession(sessionId: string): void {
    this.#end(({ following }) => following.sessionId === sessionId);
  }

  /** All of the account's but the session that is kept. */
  endOthers(accountId: number, keptSessionId: string): void {
    this.#end(({ following }) => following.accountId === accountId && following.sessionId !== keptSessionId);
  }

  close(): void {
    this.#end(() => true);
  }

  #end(which: (stream: Stream) => boolean): void {
    for (const stream of this.#open) if (which(stream)) stream.end();
  }
}

/** Asks for news after a change, soon but not too often, one question at a time; a slow reader gets the latest later. */
class Pump {
  readonly #output: PassThrough;
  readonly #news: Following["news"];
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #asking = false;
  #askAgain = false;
  #askedAt = 0;
  #stopped = false;

  constructor(output: PassThrough, news: Following["news"], failed: (error: unknown) => void) {
    this.#output = output;
    this.#news = news;
    this.#failed = failed;
  }

  wake(): void {
    if (this.#timer !== undefined || this.#stopped || this.#output.writableEnded) return;
    const wait = Math.max(0, this.#askedAt + leastGapMs - performance.now());
    this.#timer = setTimeout(() => void this.#ask(), wait);
  }

  beat(): void {
    if (!this.#output.writableEnded && !this.#output.writableNeedDrain) this.#output.write(":\n\n");
    this.wake();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    this.#askedAt = performance.now();
    try {
      const events = await this.#news();
      if (events === undefined) this.#output.end();
      else for (const event of events) this.#send(event);
    } catch (error) {
      // The page comes back by itself; what happened here is the log's.
      this.#failed(error);
      this.#output.end();
    }
    this.#asking = false;
    if (this.#askAgain) {
      this.#askAgain = false;
      this.wake();
    }
  }

  #send({ name, content }: ServerEvent): void {
    // JSON has no raw line breaks, so an event is always one data line.
    if (!this.#output.writableEnded) this.#output.write(`event: ${name}\ndata: ${JSON.stringify(content)}\n\n`);
  }
}
