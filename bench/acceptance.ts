/** How many posts a second are taken, each on disk before its 250, beside bare smtp-server that forgets them. */
import { Child } from "./support/child.ts";
import { median, spread } from "./support/median.ts";
import { Poster } from "./support/poster.ts";
import { letter, openTown } from "./support/town.ts";

const octets = 2000;
const sessions = 10;
const rounds = 3;

export async function acceptance(posts: number): Promise<void> {
  const town = await openTown({ members: 0, relayPort: 9 });
  const bare = Child.start("bench/support/bare-smtp-server.ts");
  const barePort = Number(await bare.line());
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await postsPerSecond(town.smtpPort, posts, round));
    theirs.push(await postsPerSecond(barePort, posts, round));
  }
  await town.close();
  await bare.stop();
  const ratio = median(ours.map((one, round) => one / (theirs[round] ?? NaN)));
  console.log(
    `acceptance: ${posts.toLocaleString("en")} posts of ${octets} octets over ${sessions} connections, ${rounds} rounds in turn`,
  );
  console.log(`  Kairan, durable           ${spread(ours)} posts/s`);
  console.log(`  smtp-server, keeps none   ${spread(theirs)} posts/s`);
  console.log(`  ratio, round by round     ${ratio.toFixed(2)}`);
}

async function postsPerSecond(port: number, posts: number, round: number): Promise<number> {
  const posters = await Promise.all(Array.from({ length: sessions }, () => Poster.open(port)));
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    posters.map(async (poster) => {
      while (next < posts) await poster.post(letter(round * posts + next++, octets));
      poster.close();
    }),
  );
  return posts / ((performance.now() - begun) / 1000);
}
