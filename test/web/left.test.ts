/** The list's page of who left. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { endByMember } from "../../server/store/members/departures.ts";
import { presentDepartures } from "../../server/web/presenters/present-departures.ts";
import { datesIn } from "../../server/words/dates.ts";
import { words } from "../../server/words/words.ts";
import { Panel, address } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const hour = 3_600_000;

describe("the page of who left", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner();
    list = await panel.list("news", { members: ["bart@b.example", "cris@c.example", "dora@d.example"] });
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const id = async (who: string): Promise<number> =>
    (await panel.store.members.findByAddress(list.id, address(who)))?.id ?? 0;
  const leaves = async (who: string, now: number): Promise<void> => {
    const membershipId = await id(who);
    const { kind } = panel.store.database;
    await panel.store.database.write((write) => endByMember(write, kind, { membershipId, now }));
  };
  const page = async (query = ""): Promise<string> =>
    readable((await visitor.get(`/lists/${list.id}/left${query}`)).text);

  it("says so while there is nobody", async () => {
    expect(await page()).to.include("Nobody has left yet");
  });

  it("names them newest first, with who ended it, and those who left by themselves alone when asked", async () => {
    const now = panel.clock.now();
    await leaves("bart@b.example", now - 40 * 24 * hour);
    await leaves("cris@c.example", now - 2);
    await panel.store.members.setStatus(await id("dora@d.example"), "left", now - 1);

    expect(await page()).to.match(
      /This week .*dora@d\.example .* removed by an administrator .*cris@c\.example .* left by themselves .*Before .*bart@b\.example/,
    );
    expect(await page("?by=member"))
      .to.include("cris@c.example")
      .and.not.include("dora@d.example");
  });

  it("goes on by key, page for page", async () => {
    const people = Array.from({ length: 120 }, (_, n) => `m${n}@many.example`);
    await panel.store.members.save(
      list.id,
      people.map((one) => ({ address: address(one), name: "", attributes: {} })),
      panel.clock.now(),
    );
    for (const [n, one] of people.entries()) await leaves(one, panel.clock.now() - Math.floor(n / 7) * hour);

    const seen: string[] = [];
    for (let path: string | undefined = `/lists/${list.id}/left`; path !== undefined;) {
      const { text } = await visitor.get(path);
      seen.push(...[...text.matchAll(/<span class="mono">(m\d+@many\.example)/g)].map(([, one]) => one ?? ""));
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).to.have.lengthOf(120);
    expect(new Set(seen)).to.deep.equal(new Set(people));
  });

  it("brings somebody back at a press, once", async () => {
    await leaves("bart@b.example", panel.clock.now());
    await visitor.get(`/lists/${list.id}/left`);
    const path = `/lists/${list.id}/left/${await id("bart@b.example")}/restore`;
    const answer = await visitor.post(path);
    expect(answer.location).to.equal(`/lists/${list.id}/left`);
    expect(readable((await visitor.follow(answer)).text)).to.include("bart@b.example is a member again.");
    expect((await panel.store.members.find(await id("bart@b.example")))?.status).to.equal("active");

    await panel.store.members.setStatus(await id("bart@b.example"), "paused", panel.clock.now());
    expect(readable((await visitor.follow(await visitor.post(path))).text)).to.include("changed meanwhile");
    expect((await panel.store.members.find(await id("bart@b.example")))?.status).to.equal("paused");
  });

  for (const odd of ["before=x", "before=1-", "before=99999999999999999-1", "before=1-2-3", "by=%00"]) {
    it(`begins at the beginning when asked for ${odd}`, async () => {
      await leaves("bart@b.example", panel.clock.now());
      expect(await page(`?${odd}`)).to.include("bart@b.example");
    });
  }
});

describe("the days on which people left", () => {
  // Wednesday 8 April 2026, 8:00 in Tokyo: the week there began on Sunday at 15:00 UTC.
  const now = Date.UTC(2026, 3, 7, 23);
  const left = (leftAt: number) =>
    ({ membershipId: 1, name: "", address: "a@a.example", leftAt, endedBy: "member" }) as const;
  const days = (timezone: string, ...moments: readonly number[]): readonly (readonly string[])[] => {
    const { thisWeek, before } = presentDepartures(moments.map(left), {
      dates: datesIn("en", timezone),
      words: words("en"),
      now,
    });
    return [thisWeek, before].map((part) =>
      part.map(({ day, people }) => `${day} ${people.map(({ time }) => time).join()}`),
    );
  };

  it("are those of the list's time zone, the week from Monday on apart", () => {
    const moments = [now, now - hour, Date.UTC(2026, 3, 5, 15), Date.UTC(2026, 3, 5, 14, 59), Date.UTC(2025, 3, 8)];
    expect(days("Asia/Tokyo", ...moments)).to.deep.equal([
      ["Wed 8 Apr 2026 8:00,7:00", "Mon 6 Apr 2026 0:00"],
      ["Sun 5 Apr 2026 23:59", "Tue 8 Apr 2025 9:00"],
    ]);
    expect(days("America/New_York", Date.UTC(2026, 3, 5, 15))).to.deep.equal([[], ["Sun 5 Apr 2026 11:00"]]);
  });
});
