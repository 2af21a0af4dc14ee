/** How long the history takes to answer, narrowed in every way, on a short and on a long life of a list. */
import { median } from "./support/median.ts";
import { PanelVisitor } from "./support/panel-visitor.ts";
import { openTown } from "./support/town.ts";

const rounds = 15;

const asked: Readonly<Record<string, string>> = {
  "the latest": "",
  "far back": "before=200",
  "a word that all have": "q=授業",
  "a word that one has": "q=運動会のお知らせ 444",
  "a word that none has": "q=zzzz",
  "one sign": "q=9",
  "a sender": "sender=teacher7@",
  scheduled: "kind=scheduled",
  "with a poll": "kind=poll",
  "some astray": "outcome=astray",
  "still going": "outcome=going",
  "not confirmed by all": "outcome=unconfirmed",
  "a period long ago": "from=2020-01-01&to=2020-01-31",
  "all at once": "q=授業&sender=先生&kind=recurring&outcome=going&from=2020-01-01",
};

export async function historyTimes(sizes: readonly number[]): Promise<void> {
  const measured: ReadonlyMap<string, number>[] = [];
  for (const posts of sizes) measured.push(await timesWith(posts));
  console.log(`history: milliseconds until the last octet, median of ${rounds}, by the number of posts`);
  console.log(`  ${"".padEnd(32)}${sizes.map((size) => size.toLocaleString("en").padStart(10)).join("")}`);
  for (const name of measured[0]?.keys() ?? [])
    console.log(
      `  ${name.padEnd(32)}${measured.map((times) => (times.get(name) ?? NaN).toFixed(1).padStart(10)).join("")}`,
    );
}

async function timesWith(posts: number): Promise<ReadonlyMap<string, number>> {
  const town = await openTown({ members: 10, posts, relayPort: 9 });
  const visitor = await PanelVisitor.signedIn(town);
  const times = new Map<string, number>();
  for (const path of ["/history", "/lists/1"])
    for (const [name, query] of Object.entries(asked)) {
      const each = [];
      for (let round = 0; round < rounds; round++)
        each.push((await visitor.time(encodeURI(`${path}?${query}`))).milliseconds);
      times.set(`${path}: ${name}`, median(each));
    }
  await town.close();
  return times;
}
