/** Notice: there is something new in a list's history. To its administrators where they want it, at most once an hour. */
import { datesIn } from "../words/dates.ts";
import { words } from "../words/words.ts";
import { composeAll, insertAll } from "../notices/notices-together.ts";
import { newsToTell, noteNewsTold } from "../store/lists/list-news.ts";
import type { ListNews } from "../store/lists/list-news.ts";
import { ownerAddresses } from "../store/deliveries/owner-mail.ts";
import type { ReportNeeds } from "./post-report.ts";

const gapMs = 3_600_000;

/** Called now and then; true when anybody is told. */
export async function tellNews(needs: ReportNeeds): Promise<boolean> {
  const news = await newsToTell(needs.store.database, needs.clock.now(), gapMs);
  for (const one of news) await tellOfList(needs, one);
  return news.length > 0;
}

async function tellOfList(needs: ReportNeeds, { listId, posts, lastPost }: ListNews): Promise<void> {
  const { store, config, clock } = needs;
  const list = await store.lists.find(listId);
  if (list === undefined) return;
  const language = list.language ?? config.language;
  const dates = datesIn(language, list.timezone ?? config.timezone);
  const w = words(language);
  const found = await store.posts.some(posts);
  const facts = {
    list: list.title,
    count: found.length,
    lines: found.map(({ number, subject, authorAddress, acceptedAt }) =>
      w.report.newsLine({
        number,
        subject: subject || w.history.noSubject,
        author: authorAddress,
        at: dates.dateTime(acceptedAt),
      }),
    ),
    page: new URL(`/lists/${list.id}`, config.web.url).href,
  };
  const notices = (await ownerAddresses(store.database, listId)).map((to) => ({
    list,
    to,
    subject: w.report.newsSubject(facts),
    text: w.report.newsText(facts),
    kind: "auto-generated" as const,
  }));
  const composed = await composeAll(needs, notices);
  await store.database.write(async (write) => {
    await insertAll(write, composed, clock.now());
    await noteNewsTold(write, { listId, lastPost, now: clock.now() });
  });
}
