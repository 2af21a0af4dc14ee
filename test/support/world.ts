/**
 * A small world for flow tests: the real app on free ports with a database of its own, a sink for the rest of the world's
 * servers, clients that post, and a clock that can be pushed. Nothing of ours is replaced.
 */
import { join } from "node:path";
import { startApp } from "../../server/app.ts";
import type { App } from "../../server/app.ts";
import { checkConfig } from "../../server/config.ts";
import type { Config } from "../../server/config.ts";
import type { DeliveryState } from "../../server/lists/delivery.ts";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { ListSettings, MailingList } from "../../server/lists/mailing-list.ts";
import { openCopies } from "../../server/lists/post.ts";
import type { Post } from "../../server/lists/post.ts";
import { silentLog } from "../../server/log.ts";
import type { Log } from "../../server/log.ts";
import { parseAddress } from "../../server/mail/address.ts";
import type { Address } from "../../server/mail/address.ts";
import { laidOut } from "./laid-out.ts";
import { SmtpClient } from "./smtp-client.ts";
import { SmtpSink } from "./smtp-sink.ts";
import type { SinkScript, SunkCopy } from "./sink-script.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { TestClock } from "./test-clock.ts";
import { until } from "./until.ts";

export const domain = "lists.example.org";

export type WorldOptions = {
  readonly sink?: SinkScript;
  /** Merged into the configuration's sections. */
  readonly smtp?: object;
  readonly outbound?: object;
  /** Merged into what the sink is to the server. */
  readonly relay?: object;
  /** Keys to sign with; their files by absolute paths. */
  readonly dkim?: readonly object[];
  /** A postgres:// URL instead of a SQLite file. */
  readonly database?: string;
  /** Hears what the operator would read. */
  readonly log?: Log;
};

export type Letter = {
  readonly subject?: string;
  readonly text?: string;
  readonly headers?: readonly string[];
  readonly from?: string;
  readonly to?: readonly string[];
};

export class World {
  readonly clock = new TestClock();
  readonly sink: SmtpSink;
  readonly #folder: TemporaryFolder;
  readonly #config: Config;
  readonly #log: Log;
  #app: App | undefined;
  #letters = 0;

  private constructor(folder: TemporaryFolder, sink: SmtpSink, options: WorldOptions) {
    this.#folder = folder;
    this.sink = sink;
    this.#log = options.log ?? silentLog;
    this.#config = checkConfig(
      {
        hostname: domain,
        database: options.database ?? join(folder.path, "kairan.db"),
        language: "en",
        smtp: { listen: "127.0.0.1:0", ...options.smtp },
        web: { listen: "127.0.0.1:0", url: "https://kairan.example.org" },
        outbound: {
          relay: { host: "127.0.0.1", port: sink.port, tls: "none", ...options.relay },
          ...options.outbound,
        },
        dkim: options.dkim ?? [],
      },
      { file: "test", folder: folder.path, trial: false },
    );
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const sink = await SmtpSink.start(options.sink);
    const folder = await temporaryFolder();
    await laidOut(join(folder.path, "kairan.db"));
    const world = new World(folder, sink, options);
    await world.start();
    return world;
  }

  get config(): Config {
    return this.#config;
  }

  get app(): App {
    if (this.#app === undefined) throw new Error("the app is not running");
    return this.#app;
  }

  async start(): Promise<void> {
    this.#app = await startApp({ config: this.#config, clock: this.clock, log: this.#log, jobsByHand: true });
  }

  /** A clean stop and a new start on the same database. */
  async restart(): Promise<void> {
    await this.app.stop();
    await this.start();
  }

  async close(): Promise<void> {
    await this.#app?.stop();
    await this.sink.stop();
    await this.#folder.remove();
  }

  async list(
    name: string,
    {
      members = [],
      senders = ["anne@north.example"],
      ...settings
    }: { readonly members?: readonly string[]; readonly senders?: readonly string[] } & Partial<ListSettings> = {},
  ): Promise<MailingList> {
    const { store } = this.app;
    const now = this.clock.now();
    const list = await store.lists.create({
      ...defaultSettings,
      title: name,
      ...settings,
      name,
      domain,
      createdAt: now,
    });
    if (list === undefined) throw new Error(`there is a list ${name} already`);
    await store.members.save(
      list.id,
      members.map((member) => ({ address: address(member), name: "", attributes: {} })),
      now,
    );
    for (const sender of senders) await store.senders.add(list.id, { addresses: [address(sender)], name: "" }, now);
    return list;
  }

  /** A client posts as a mail program would; the reply after the final dot, or the one that ended the dialogue. */
  async posts(author: string, to: string | readonly string[], letter: Letter = {}): Promise<string> {
    return this.sends(author, to, message(author, letter, ++this.#letters));
  }

  async sends(mailFrom: string, to: string | readonly string[], text: string | Buffer): Promise<string> {
    const recipients = (typeof to === "string" ? [to] : to).map((one) =>
      one.includes("@") ? one : `${one}@${domain}`,
    );
    const client = await this.connect();
    await client.say("EHLO client.example");
    const reply = await client.send({ from: mailFrom, to: recipients, message: text });
    await client.quit();
    return reply;
  }

  connect(): Promise<SmtpClient> {
    return SmtpClient.open(this.app.smtp);
  }

  /** Waits until no copy of the post is on its way or about to be, retries that wait for their time aside. */
  async quiet(postId: number): Promise<Post> {
    let post: Post | undefined;
    await until(async () => {
      post = await this.app.store.posts.find(postId);
      return post?.expandedAt !== undefined && openCopies(post.tally) === post.tally.deferred;
    });
    if (post === undefined) throw new Error("the post is gone");
    return post;
  }

  /** Waits until all that was queued has left, whatever it is: nothing waits for its first try, nothing is on its way. */
  async settled(): Promise<void> {
    await until(async () => {
      const { reader } = this.app.store.database;
      const open = reader.selectFrom("delivery").select("id").where("state", "in", ["pending", "sending"]).limit(1);
      return (await open.execute()).length === 0;
    });
  }

  /** Address -> state of the post's deliveries. */
  async states(postId: number): Promise<Readonly<Record<string, DeliveryState>>> {
    const rows = await this.app.store.deliveries.page(postId, { limit: 1000 });
    return Object.fromEntries(rows.map((row) => [row.address, row.state]));
  }

  inbox(member: string): readonly SunkCopy[] {
    return this.sink.copiesFor(member);
  }
}

/** The POST-ID of a 250. */
export function postId(reply: string): number {
  const id = /^250 2\.0\.0 .* (\d+)$/.exec(reply)?.[1];
  if (id === undefined) throw new Error(`not accepted: ${reply}`);
  return Number(id);
}

export function address(text: string): Address {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(`${text} is no address`);
  return parsed;
}

export function message(
  author: string,
  {
    subject = "Water",
    text = "The water is off on Tuesday.\r\n",
    headers = [],
    from = `From: ${author}`,
    to = [],
  }: Letter,
  number: number,
): string {
  const fields = [
    from,
    `To: ${to.join(", ") || "news@lists.example.org"}`,
    `Subject: ${subject}`,
    "Date: Wed, 8 Apr 2026 08:00:00 +0900",
    `Message-ID: <${number}.${process.pid}@north.example>`,
    ...headers,
  ];
  return `${fields.join("\r\n")}\r\n\r\n${text}`;
}
