/** How long the panel's pages take on a small and on a large list, beside a page of the same size that bare Koa has ready. */
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { openDatabase } from "../server/store/database/database.ts";
import { Child } from "./support/child.ts";
import { median } from "./support/median.ts";
import { PanelVisitor } from "./support/panel-visitor.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";

const rounds = 15;

/** By what a page shows; list, post and delivery are the first ones. Numbers stand for members. */
const pages = (members: number): Readonly<Record<string, string>> => ({
  "first page": "/",
  lists: "/lists",
  "search: one address": `/search?q=member${members - 1}@readers.example`,
  "search: a name that many have": "/search?q=member",
  "search: nobody": "/search?q=zzzz",
  history: "/lists/1",
  members: "/lists/1/members",
  "members, deep": `/lists/1/members?after=${Math.floor(members / 2)}`,
  "members: one": `/lists/1/members?q=member${members - 1}`,
  "members: many": "/lists/1/members?q=member",
  "members: a class": "/lists/1/members?q=4-A",
  "members: nobody": "/lists/1/members?q=zzzz",
  "members: one digit": "/lists/1/members?q=7",
  "members by class": "/lists/1/members?sort=a:%E7%B5%84",
  "members by class, down, deep": `/lists/1/members?sort=-a:%E7%B5%84&after=${Math.floor(members / 2)}`,
  "members, stopped": "/lists/1/members?status=bounced",
  "a member": "/lists/1/members/7",
  left: "/lists/1/left",
  joining: "/lists/1/joining",
  senders: "/lists/1/senders",
  refused: "/lists/1/refused",
  settings: "/lists/1/settings",
  "a post": "/posts/1",
  "a post's deliveries, failed": "/posts/1?state=failed",
  "deliveries: one": `/posts/1?q=member${members - 1}`,
  "deliveries: many": "/posts/1?q=member",
  "deliveries: a class": "/posts/1?q=4-A",
  "deliveries: nobody": "/posts/1?q=zzzz",
  "a delivery": "/deliveries/7",
  "who has not confirmed": "/posts/1/confirmations",
  "who has not confirmed: one": `/posts/1/confirmations?q=member${members - 1}`,
});

/** Of drafts, by to whom they go. */
const drafts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  all: { to: "all" },
  "a class": { to: "conditions", "field-0": "組", "relation-0": "is", "value-0": "4-A" },
  "some numbers": { to: "conditions", "field-0": "番号", "relation-0": "between", "value-0": "20-29" },
};

type Size = { readonly times: ReadonlyMap<string, number>; readonly octets: number };

export async function pageTimes(sizes: readonly number[], database?: () => Promise<string>): Promise<void> {
  const measured: Size[] = [];
  for (const members of sizes) measured.push(await timesWith(members, await database?.()));
  const bare = await bareTime(measured.at(-1)?.octets ?? 0);
  console.log(`pages: milliseconds until the last octet, median of ${rounds}, by the number of members`);
  console.log(`  ${"".padEnd(32)}${sizes.map((size) => size.toLocaleString("en").padStart(10)).join("")}`);
  for (const name of measured[0]?.times.keys() ?? []) {
    const times = measured.map(({ times }) => (times.get(name) ?? NaN).toFixed(1).padStart(10));
    console.log(`  ${name.padEnd(32)}${times.join("")}`);
  }
  console.log(`  ${"bare Koa, a page of that size".padEnd(32)}${bare.toFixed(1).padStart(10)}`);
}

async function timesWith(members: number, database: string | undefined): Promise<Size> {
  const sink = Child.start("bench/support/sink.ts");
  const relayPort = Number(await sink.line());
  const town = await openTown({ members, relayPort, ...(database !== undefined && { database }) });
  const poster = await Poster.open(town.smtpPort);
  await poster.post(letter(1, 2000).replace("Subject: ", "Subject: [confirm] "));
  while (Number(await sink.ask()) < members) await pause(100);
  poster.close();
  if (database !== undefined) await gatherStatistics(database);
  const visitor = await PanelVisitor.signedIn(town);
  const times = new Map<string, number>();
  let octets = 0;
  for (const [name, path] of [...Object.entries(pages(members)), ...(await written(visitor, members))]) {
    const timed = [];
    for (let round = 0; round < rounds; round++) timed.push(await visitor.time(path));
    times.set(name, median(timed.map(({ milliseconds }) => milliseconds)));
    octets = Math.max(octets, timed[0]?.octets ?? 0);
  }
  await town.close();
  await sink.stop();
  return { times, octets };
}

/** As PostgreSQL does by itself within a minute, but for the tests' cluster, on which these towns stand. */
async function gatherStatistics(url: string): Promise<void> {
  const database = openDatabase(url);
  await sql`ANALYZE`.execute(database.outsideTransactions);
  await database.close();
}

/** The pages of each draft: as it is written, and as it is looked at before it is sent. */
async function written(visitor: PanelVisitor, members: number): Promise<readonly (readonly [string, string])[]> {
  const paths: [string, string][] = [];
  // Persons are counted: the sender came after the members.
  const sender = String(members + 1);
  for (const [name, to] of Object.entries(drafts)) {
    const form = {
      edition: "0",
      "list-1": "on",
      sender,
      subject: "For {name}",
      text: "Hello {name}.",
      do: "preview",
    };
    const confirm = await visitor.send("/compose", { ...form, ...to });
    paths.push([`a draft to ${name}`, confirm.replace("/confirm", "")], [`about to send to ${name}`, confirm]);
  }
  return paths;
}

async function bareTime(octets: number): Promise<number> {
  const bare = Child.start("bench/support/bare-koa.ts", [String(octets)]);
  const visitor = new PanelVisitor(`http://127.0.0.1:${await bare.line()}`);
  const times = [];
  for (let round = 0; round < rounds; round++) times.push((await visitor.time("/")).milliseconds);
  await bare.stop();
  return median(times);
}
