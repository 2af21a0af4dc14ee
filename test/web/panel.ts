/** A panel for tests: the real server on a free port, over a real store in a folder of its own, with people and posts to look at. */
import { join } from "node:path";
import { Confirmations } from "../../server/answers/confirmations.ts";
import { PollAnswers } from "../../server/answers/poll-answers.ts";
import { BulkRunner } from "../../server/bulk/bulk-runner.ts";
import { composingVerbs } from "../../server/composing.ts";
import { checkConfig } from "../../server/config.ts";
import type { Config } from "../../server/config.ts";
import { PreparedCopies } from "../../server/distribution/prepared-copies.ts";
import { showCopy } from "../../server/distribution/show-copy.ts";
import { ImportRunner } from "../../server/imports/import-runner.ts";
import type { DeliveryState } from "../../server/lists/delivery.ts";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { ListSettings, MailingList } from "../../server/lists/mailing-list.ts";
import type { PollPlan } from "../../server/lists/poll.ts";
import type { Disposition } from "../../server/lists/post.ts";
import { silentLog } from "../../server/log.ts";
import { parseAddress } from "../../server/mail/address.ts";
import type { Address } from "../../server/mail/address.ts";
import { makeToken } from "../../server/mail/token.ts";
import { FollowUpRunner } from "../../server/reports/follow-up-runner.ts";
import { leave, lookUpLeaving } from "../../server/requests/leave.ts";
import { selfService } from "../../server/requests/self-service.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { welcome } from "../../server/requests/welcome.ts";
import { Signal } from "../../server/signal.ts";
import { acceptMessage } from "../../server/store/posts/acceptance.ts";
import { claimDeliveries } from "../../server/store/deliveries/claims.ts";
import type { Account } from "../../server/store/accounts/account-rows.ts";
import { expandChunk } from "../../server/store/deliveries/expansion.ts";
import { recordOutcomes } from "../../server/store/deliveries/outcomes.ts";
import { insertPoll } from "../../server/store/answers/polls.ts";
import { openStore } from "../../server/store/store.ts";
import type { Store } from "../../server/store/store.ts";
import { hashPassword } from "../../server/password.ts";
import { Health } from "../../server/upkeep/health.ts";
import { OutcomeWatch } from "../../server/upkeep/outcome-watch.ts";
import { createWebServer } from "../../server/web/web-server.ts";
import { laidOut } from "../support/laid-out.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { TestClock } from "../support/test-clock.ts";

export const password = "correct horse battery";

export type PanelOptions = {
  readonly config?: object;
  readonly trial?: boolean;
  readonly port?: number;
  readonly database?: string;
};

type Accepted = {
  readonly subject?: string;
  readonly mail?: string;
  readonly authorName?: string;
  readonly author?: string;
  readonly disposition?: Disposition;
  readonly startsIn?: number;
  readonly poll?: PollPlan;
};

export const attendance: PollPlan = {
  anonymous: false,
  closesAt: undefined,
  questions: [{ kind: "one", text: "Will you come?", choices: ["Yes", "No", "Not decided"] }],
};

export class Panel {
  readonly store: Store;
  readonly clock = new TestClock("by word");
  readonly changes = new Signal();
  readonly config: Config;
  readonly outcomes = new OutcomeWatch(this.clock.now());
  readonly bulk: BulkRunner;
  /** How often a page told the stations to look. */
  woken = 0;
  /** How often a page asked to purge deleted lists. */
  purges = 0;
  url = "";
  readonly #closers: (() => Promise<void>)[] = [];
  #mails = 0;

  constructor(store: Store, config: Config) {
    this.store = store;
    this.config = config;
    this.bulk = new BulkRunner({ store, clock: this.clock, log: silentLog, changed: () => this.changes.raise() });
  }

  static async open({ config = {}, trial = false, port = 0, database }: PanelOptions = {}): Promise<Panel> {
    const folder = await temporaryFolder();
    const value = {
      hostname: "lists.example.org",
      timezone: "Asia/Tokyo",
      language: "en",
      web: { listen: `127.0.0.1:${port}` },
      outbound: { via: "outbox" },
      ...config,
    };
    const store = await openStore(database ?? (await laidOut(join(folder.path, "kairan.db"))));
    const panel = new Panel(store, checkConfig(value, { file: "test", folder: folder.path, trial }));
    panel.#closers.push(
      () => folder.remove(),
      () => store.close(),
    );
    await panel.#listen();
    return panel;
  }

  async close(): Promise<void> {
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) await close();
  }

  async owner(username = "olivia"): Promise<Account> {
    return this.account(username, { isOwner: true });
  }

  async account(
    username: string,
    { isOwner = false, lists = [] }: { readonly isOwner?: boolean; readonly lists?: readonly MailingList[] } = {},
  ): Promise<Account> {
    const added = await this.store.accounts.add(
      {
        username,
        address: address(`${username}@example.org`),
        passwordHash: await hashPassword(password),
        isOwner,
        listIds: lists.map((list) => list.id),
      },
      this.clock.now(),
    );
    if (added === undefined) throw new Error(`${username} is taken`);
    return added;
  }

  async list(
    name: string,
    { members = [], ...settings }: Partial<ListSettings> & { readonly members?: readonly string[] } = {},
  ): Promise<MailingList> {
    const list = await this.store.lists.create({
      ...defaultSettings,
      name,
      domain: "lists.example.org",
      title: `List ${name}`,
      createdAt: this.clock.now(),
      ...settings,
    });
    if (list === undefined) throw new Error(`${name} is taken`);
    await this.store.senders.add(
      list.id,
      { addresses: [address("anne@north.example")], name: "Anne" },
      this.clock.now(),
    );
    await this.store.members.save(
      list.id,
      members.map((one) => ({ address: address(one), name: "", attributes: {} })),
      this.clock.now(),
    );
    return list;
  }

  /** A post as reception leaves it; nobody has been sent to. */
  async accepted(
    list: MailingList,
    {
      subject = "Hello",
      mail,
      authorName = "Anne",
      author = "anne@north.example",
      disposition = "accepted",
      startsIn = 0,
      poll,
    }: Accepted = {},
  ): Promise<number> {
    const bytes = Buffer.from(
      mail ?? `From: ${authorName} <${author}>\r\nSubject: ${subject}\r\n\r\nGood morning.\r\n`,
    );
    const now = this.clock.now();
    const id = ++this.#mails;
    const pollId = poll && (await this.store.database.write((write) => insertPoll(write, poll, now)));
    const [post] = await acceptMessage(this.store.database, {
      body: { bytes },
      size: bytes.length,
      fingerprint: `mail-${id}`,
      messageIdField: `<${id}@north.example>`,
      mailFrom: author,
      author: { address: author, name: authorName },
      subject,
      receivedAt: now,
      posts: [
        {
          listId: list.id,
          posterId: undefined,
          disposition,
          asksConfirmation: false,
          startsAt: now + startsIn,
          ...(pollId !== undefined && { pollId }),
        },
      ],
    });
    if (post === undefined) throw new Error("no post was made");
    this.changes.raise();
    return post.id;
  }

  /** A post whose recipients are written down and wait. */
  async distributed(list: MailingList, post: Accepted = {}): Promise<number> {
    const id = await this.accepted(list, post);
    while (!(await expandChunk(this.store.database, id, this.clock.now())));
    this.changes.raise();
    return id;
  }

  /** Of the delivery's link to its poll. */
  async pollToken(deliveryId: number): Promise<string> {
    const secret = (await this.store.deliveries.secretOf(deliveryId))?.secret;
    return makeToken({ purpose: "poll", id: deliveryId, secret: secret ?? Buffer.alloc(0) });
  }

  /** Lets so many copies leave and come to this. */
  async copies(
    count: number,
    state: Extract<DeliveryState, "sent" | "deferred" | "failed">,
    reply = `250 2.0.0 queued as ${state}`,
  ): Promise<readonly number[]> {
    const claims = await claimDeliveries(this.store.database, { limit: count, now: this.clock.now() });
    await recordOutcomes(
      this.store.database,
      claims.map(({ id, postId }) => ({
        id,
        postId,
        state,
        reply,
        host: "mx.example",
        at: this.clock.now(),
        dueAt: this.clock.now() + 900_000,
      })),
    );
    this.changes.raise();
    return claims.map(({ id }) => id);
  }

  async #listen(): Promise<void> {
    const { store, clock, config } = this;
    const prepared = new PreparedCopies(store, config);
    const health = new Health({ store, config, clock, log: silentLog, outcomes: this.outcomes });
    const imports = new ImportRunner({
      store,
      clock,
      log: silentLog,
      welcome: async (listId, memberships) => {
        const list = await store.lists.find(listId);
        if (list !== undefined) await welcome({ store, clock, config }, list, memberships);
      },
      changed: () => this.changes.raise(),
    });
    this.#closers.push(() => imports.stop());
    const followUps = new FollowUpRunner({ store, clock, config, log: silentLog, reminded: () => undefined });
    this.#closers.push(() => followUps.stop());
    this.#closers.push(() => this.bulk.stop());
    const server = createWebServer({
      imports,
      store,
      config,
      clock,
      log: silentLog,
      changes: this.changes,
      wake: () => {
        this.woken++;
        this.changes.raise();
      },
      showCopy: (deliveryId) => showCopy(store, prepared, deliveryId),
      upkeep: {
        checkHealth: () => health.check(),
        purgeLists: () => {
          this.purges++;
        },
      },
      lookUpLeaving: (token) => lookUpLeaving({ store, clock, config }, token),
      leave: (token) => leave({ store, clock, config }, token, "page"),
      joining: new Joinings({ store, clock, config }),
      remindNow: (postId) => followUps.remindNow(postId),
      confirmations: new Confirmations({ store, clock, config, confirmed: () => undefined }),
      polls: new PollAnswers({ store, clock, config, answered: () => this.changes.raise() }),
      bulk: this.bulk,
      composing: composingVerbs({ store, clock, config }),
      selfService: selfService({ store, clock, config }),
    });
    this.url = (await server.listen()).url;
    this.#closers.push(() => server.close());
  }
}

export function address(text: string): Address {
  const read = parseAddress(text);
  if (read === undefined) throw new Error(`${text} is no address`);
  return read;
}
