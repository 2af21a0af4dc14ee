/** A town for benchmarks: a served list with as many members as are asked for, in a folder that goes when it is over. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { indexPosts } from "../../server/store/posts/index-posts.ts";
import type { Store } from "../../server/store/store.ts";
import { openStore } from "../../server/store/store.ts";
import { Child } from "./child.ts";
import { livePosts } from "./years.ts";

export const listAddress = "news@lists.example.org";
export const author = { local: "anne", domain: "north.example" };
const importedAtOnce = 10_000;
/** Longer than any benchmark. */
const linkMs = 3_600_000;

export type Town = {
  readonly server: Child;
  readonly smtpPort: number;
  readonly webUrl: string;
  /** SQLite's. */
  readonly databaseFile: string;
  /** Signs the owner in, once; a path under `webUrl`. */
  readonly signIn: string;
  close(): Promise<void>;
};

export type TownWish = {
  readonly members: number;
  /** That the list has had already. */
  readonly posts?: number;
  readonly relayPort: number;
  /** PostgreSQL's address; a new SQLite file unless given. */
  readonly database?: string;
};

export async function openTown({ members, posts = 0, relayPort, database }: TownWish): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), "kairan-bench-"));
  const config = {
    hostname: "lists.example.org",
    database: database ?? "kairan.db",
    smtp: { listen: "127.0.0.1:0", limits: { connectionsPerAddress: 1000 } },
    web: { listen: "127.0.0.1:0" },
    outbound: { relay: { host: "127.0.0.1", port: relayPort, tls: "none" } },
  };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  const secret = await populate(database ?? join(folder, "kairan.db"), { members, posts });
  const server = Child.start("server/main.ts", ["serve", "--config", join(folder, "config.json")]);
  const ready = /^ready smtp=\S+:(\d+) web=(\S+)/.exec(await server.line());
  return {
    server,
    smtpPort: Number(ready?.[1]),
    databaseFile: join(folder, "kairan.db"),
    webUrl: (ready?.[2] ?? "").replace(/\/$/, ""),
    signIn: `/sign-in/link/${secret}`,
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

export function createNews(store: Store, createdAt: number): Promise<MailingList | undefined> {
  return store.lists.create({
    ...defaultSettings,
    title: "News",
    name: "news",
    domain: "lists.example.org",
    createdAt,
  });
}

/** The secret of a link that signs the owner in. */
async function populate(
  database: string,
  { members, posts }: { readonly members: number; readonly posts: number },
): Promise<string> {
  const store = await openStore(database);
  const now = Date.now();
  const list = await createNews(store, now);
  for (let start = 0; list !== undefined && start < members; start += importedAtOnce) {
    const count = Math.min(importedAtOnce, members - start);
    const people = Array.from({ length: count }, (_, n) => ({
      address: { local: `member${start + n}`, domain: "readers.example" },
      name: `Member ${start + n}`,
      attributes: { 組: `${1 + ((start + n) % 6)}-${"ABC"[(start + n) % 3] ?? ""}`, 番号: String(start + n) },
    }));
    await store.members.save(list.id, people, now);
  }
  if (list !== undefined) await store.senders.add(list.id, { addresses: [author], name: "Anne" }, now);
  if (list !== undefined) await livePosts(store, { listId: list.id, posts, now });
  while ((await indexPosts(store.database)) > 0);
  const owner = { username: "olivia", address: author, isOwner: true, passwordHash: undefined, listIds: [] };
  const account = await store.accounts.add(owner, now);
  const secret = await store.accounts.makeLink(account?.id ?? 0, now + linkMs);
  await store.close();
  return secret;
}

/** A plain text post of so many octets, give or take a line. */
export function letter(number: number, octets: number): string {
  const line = "The water is off on Tuesday from nine to eleven, as was said.\r\n";
  const head = `From: anne@north.example\r\nTo: ${listAddress}\r\nSubject: Water ${number}\r\nMessage-ID: <${number}.${process.pid}@north.example>\r\nDate: Wed, 8 Apr 2026 08:00:00 +0900\r\n\r\n`;
  return head + line.repeat(Math.max(1, Math.round((octets - head.length) / line.length)));
}
