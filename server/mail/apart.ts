/**
 * Work on hostile input, done in a thread of its own that is given up on when it takes too long or too much. A thread that ended well stays
 * ready for a while: starting one takes 0.3 s of processor time, most of it for the packages that it loads.
 */
import { Worker } from "node:worker_threads";

export type ApartLimits = {
  /** For one request, from when a thread has it. */
  readonly ms: number;
  /** Of a thread's heap; what it is sent comes on top. */
  readonly megabytes: number;
};

/** `late`: out of time. `tooMuch`: out of memory, or it threw. `ended`: the thread is gone, such as at a stop. */
export type GivenUp = { readonly gaveUp: "late" | "tooMuch" | "ended" };

/** Threads of one kind at work; who comes later waits. A hostile mail holds one of them for `ms`. */
const mostAtOnce = 2;
const idleMs = 60_000;

/** What an entry says once it has loaded. */
export const loaded = "loaded";

/** `entry` says `loaded`, then answers each message with one message, and never throws for input that it can make out. */
export class Apart<Request extends object, Answer extends object> {
  readonly #entry: URL;
  readonly #limits: ApartLimits;
  readonly #ready: Thread<Request, Answer>[] = [];
  readonly #atWork = new Set<Thread<Request, Answer>>();
  readonly #waiting: (() => void)[] = [];
  #idle: NodeJS.Timeout | undefined;

  constructor(entry: URL, limits: ApartLimits) {
    this.#entry = entry;
    this.#limits = limits;
  }

  /** Never rejects. */
  async ask(request: Request): Promise<Answer | GivenUp> {
    while (this.#atWork.size >= mostAtOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const thread = this.#ready.pop() ?? new Thread<Request, Answer>(this.#entry, this.#limits);
    this.#atWork.add(thread);
    const answer = await thread.ask(request);
    this.#atWork.delete(thread);
    if (thread.isFit) this.#keep(thread);
    this.#waiting.shift()?.();
    return answer;
  }

  /** What is under way is given up. */
  close(): void {
    clearTimeout(this.#idle);
    for (const thread of [...this.#atWork, ...this.#ready.splice(0)]) thread.end();
  }

  #keep(thread: Thread<Request, Answer>): void {
    this.#ready.push(thread);
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#ready.splice(0).forEach((one) => one.end()), idleMs).unref();
  }
}

class Thread<Request extends object, Answer extends object> {
  readonly #worker: Worker;
  readonly #ms: number;
  readonly #loaded: Promise<void>;
  #settle: ((answer: Answer | GivenUp) => void) | undefined;
  #isFit = true;

  constructor(entry: URL, { ms, megabytes }: ApartLimits) {
    this.#ms = ms;
    const resourceLimits = { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 };
    this.#worker = new Worker(entry, { resourceLimits });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#loaded = promise;
    this.#worker.on("message", (said: Answer | typeof loaded) => (said === loaded ? resolve() : this.#settle?.(said)));
    this.#worker.on("error", () => this.#giveUp("tooMuch"));
    this.#worker.on("exit", () => this.#giveUp("ended"));
  }

  /** Whether it can be asked again. */
  get isFit(): boolean {
    return this.#isFit;
  }

  /** One request at a time. */
  async ask(request: Request): Promise<Answer | GivenUp> {
    // Only a thread at work keeps the server from ending.
    this.#worker.ref();
    const answer = new Promise<Answer | GivenUp>((resolve) => (this.#settle = resolve));
    // How long its packages take to load is the machine's, and no fault of the request's.
    const gone = await Promise.race([this.#loaded, answer]);
    const timer = setTimeout(() => this.#giveUp("late"), this.#ms);
    if (gone === undefined) this.#worker.postMessage(request);
    const settled = await answer;
    clearTimeout(timer);
    this.#settle = undefined;
    this.#worker.unref();
    return settled;
  }

  end(): void {
    this.#giveUp("ended");
  }

  #giveUp(gaveUp: GivenUp["gaveUp"]): void {
    this.#isFit = false;
    this.#settle?.({ gaveUp });
    void this.#worker.terminate();
  }
}
