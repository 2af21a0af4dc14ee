/** A town for benchmarks: a served list with as many members as are asked for, in a folder that goes when it is over. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import { openStore } from "../../server/store/store.ts";
import { Child } from "./child.ts";

export const listAddress = "news@lists.example.org";
export const author = { local: "anne", domain: "north.example" };
const importedAtOnce = 10_000;

export type Town = { readonly server: Child; readonly smtpPort: number; close(): Promise<void> };

export async function openTown({
  members,
  relayPort,
}: {
  readonly members: number;
  readonly relayPort: number;
}): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), "kairan-bench-"));
  const config = {
    hostname: "lists.example.org",
    database: "kairan.db",
    smtp: { listen: "127.0.0.1:0", limits: { connectionsPerAddress: 1000 } },
    web: { listen: "127.0.0.1:0" },
    outbound: { relay: { host: "127.0.0.1", port: relayPort, tls: "none" } },
  };
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await populate(join(folder, "kairan.db"), members);
  const server = Child.start("server/main.ts", ["serve", "--config", join(folder, "config.json")]);
  const ready = /^ready smtp=\S+:(\d+) /.exec(await server.line());
  return {
    server,
    smtpPort: Number(ready?.[1]),
    close: async () => {
      await server.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function populate(database: string, members: number): Promise<void> {
  const store = await openStore(database);
  const now = Date.now();
  const list = await store.lists.create({
    ...defaultSettings,
    title: "News",
    name: "news",
    domain: "lists.example.org",
    createdAt: now,
  });
  for (let start = 0; list !== undefined && start < members; start += importedAtOnce) {
    const count = Math.min(importedAtOnce, members - start);
    const people = Array.from({ length: count }, (_, n) => ({
      address: { local: `member${start + n}`, domain: "readers.example" },
      name: `Member ${start + n}`,
      attributes: {},
    }));
    await store.members.save(list.id, people, now);
  }
  if (list !== undefined) await store.senders.add(list.id, { addresses: [author], name: "Anne" }, now);
  await store.close();
}

/** A plain text post of so many octets, give or take a line. */
export function letter(number: number, octets: number): string {
  const line = "The water is off on Tuesday from nine to eleven, as was said.\r\n";
  const head = `From: anne@north.example\r\nTo: ${listAddress}\r\nSubject: Water ${number}\r\nMessage-ID: <${number}.${process.pid}@north.example>\r\nDate: Wed, 8 Apr 2026 08:00:00 +0900\r\n\r\n`;
  return head + line.repeat(Math.max(1, Math.round((octets - head.length) / line.length)));
}
