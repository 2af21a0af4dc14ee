import { expect } from "chai";
import { blankContent } from "../../server/lists/composition.ts";
import type { CompositionContent } from "../../server/lists/composition.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import type { ScheduleRule } from "../../server/lists/schedule.ts";
import { sendOccurrence } from "../../server/schedules/send-occurrence.ts";
import type { Schedule } from "../../server/store/schedules/schedules.ts";
import { givenSchedule, timeIn } from "../schedules/given-schedule.ts";
import { Panel } from "./panel.ts";
import type { Answer } from "./visitor.ts";
import { Visitor, asShown, readable } from "./visitor.ts";

const hour = 3_600_000;
type Form = Readonly<Record<string, string>>;

describe("sends that are reserved, in the panel", () => {
  let panel: Panel;
  let visitor: Visitor;
  let list: MailingList;
  let accountId: number;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: ["bart@b.example", "cris@c.example"], timezone: "Asia/Tokyo" });
    accountId = (await panel.account("olivia", { lists: [list] })).id;
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  async function draft(content: Partial<CompositionContent> = {}): Promise<string> {
    const senderId = (await panel.store.senders.all(list.id))[0]?.personId;
    const whole = { ...blankContent, listIds: [list.id], senderId, subject: "Water", text: "Off.\n", ...content };
    const made = await panel.store.compositions.create(
      { accountId, kind: "draft", title: "", content: whole },
      panel.clock.now(),
    );
    return `/compose/${made.id}/schedule`;
  }

  async function reserved(rule: ScheduleRule): Promise<string> {
    const id = await givenSchedule(panel.store, { list, rule, now: panel.clock.now(), accountId });
    return `/schedules/${id}`;
  }

  const inHours = (hours: number): string => timeIn(panel.clock.now(), hours * hour);
  const weekly = (): ScheduleRule => ({
    kind: "calendar",
    on: { kind: "weekly", days: [0, 1, 2, 3, 4, 5, 6] },
    time: "08:00:00",
    start: inHours(24).slice(0, 10),
    end: { kind: "times", times: 10 },
  });
  const once = { kind: "once", onceDate: "2099-04-08", onceTime: "08:00", edition: "1" };
  // Within ten years, whatever today is.
  const soon = (): Form => ({ ...once, onceDate: inHours(48).slice(0, 10) });
  const found = async (path: string): Promise<Schedule> => {
    const schedule = await panel.store.schedules.find(Number(/\d+/.exec(path)?.[0]));
    if (schedule === undefined) throw new Error("it is gone");
    return schedule;
  };
  const looked = ({ text }: Answer): string =>
    (/name="looked" value="([^"]*)"/.exec(text)?.[1] ?? "").replaceAll("&quot;", '"');
  /** Looks at the times, then saves what was looked at. */
  async function save(path: string, form: Form): Promise<Answer> {
    await visitor.get(path);
    const seen = await visitor.post(path, { ...form, do: "look" });
    return visitor.post(path, { ...form, do: "save", looked: looked(seen) });
  }

  it("show their times and how many people they reach before they are saved, and then are saved", async () => {
    const path = await draft();
    await visitor.get(path);
    const form = {
      kind: "calendar",
      repeat: "weekly",
      day2: "on",
      time: "08:00",
      start: "2026-01-01",
      end: "never",
      edition: "1",
    };
    const seen = await visitor.post(path, { ...form, do: "look" });
    expect(seen.status).to.equal(200);
    const text = readable(seen.text);
    expect(text).to.contain("2 people as of now").and.to.contain("with no end");
    expect(text.match(/Tue \d+ \w{3} \d{4}, 8:00/g)).to.have.length(5);
    const before = panel.woken;
    const saved = await visitor.post(path, { ...form, do: "save", looked: looked(seen) });
    expect(saved.location).to.match(/^\/schedules\/\d+$/);
    expect(panel.woken).to.equal(before + 1);
    const schedule = await found(saved.location ?? "");
    expect(schedule).to.deep.include({ state: "active", zone: "Asia/Tokyo", accountId });
    expect(schedule.rule).to.deep.include({ kind: "calendar", on: { kind: "weekly", days: [2] }, time: "08:00:00" });
    const page = readable((await visitor.follow(saved)).text);
    expect(page).to.contain("Planned. It is sent Tue").and.to.contain("every Tuesday at 8:00");
    for (const place of ["/", "/schedules", `/lists/${list.id}/schedules`])
      expect(readable((await visitor.get(place)).text), place).to.contain("every Tuesday at 8:00");
    expect((await visitor.get(path)).location).to.match(/^\/compose\/\d+$/);
    expect((await visitor.get(path.replace("/schedule", ""))).location).to.equal(saved.location);
  });

  it("have no day of the week that nobody has ticked, and say whom they reach by which conditions", async () => {
    const recipients = { kind: "conditions", all: [{ field: "address", contains: "bart" }] } as const;
    const path = await draft({ recipients });
    const page = await visitor.get(path);
    expect(page.text).not.to.match(/name="day\d" checked/);
    const seen = await visitor.post(path, { ...soon(), do: "look" });
    expect(readable(seen.text)).to.contain("to List news, Address contains “bart”, 1 person as of now");
    // On a phone the times stand below the form: the browser goes there.
    expect(seen.text).to.contain(`action="${path}#look"`).and.to.contain('id="look"');
  });

  it("are not saved before somebody has seen their times", async () => {
    const path = await draft();
    await visitor.get(path);
    const unseen = await visitor.post(path, { ...soon(), do: "save" });
    expect(readable(unseen.text)).to.contain("Look at them, then press again");
    const other = await visitor.post(path, { ...soon(), onceTime: "09:00", do: "save", looked: looked(unseen) });
    expect(readable(other.text)).to.contain("Look at them, then press again").and.to.contain(", 9:00");
    expect(await panel.store.schedules.nextAt()).to.equal(undefined);
  });

  it("take times of the period, seconds too, and 24:00", async () => {
    const day = inHours(48).slice(0, 10);
    const form = {
      kind: "period",
      fromDate: day,
      fromTime: "12:00",
      toDate: day,
      toTime: "24:00",
      times: "13",
      edition: "1",
    };
    const saved = await save(await draft(), form);
    const schedule = await found(saved.location ?? "");
    expect(schedule).to.deep.include({ remaining: 13 });
    expect((await visitor.follow(saved)).text).to.contain("every 1 hour");
    const withSeconds = await save(await draft(), { ...soon(), seconds: "30", timezone: "Europe/Berlin" });
    expect((await found(withSeconds.location ?? "")).rule).to.deep.include({ at: `${day}T08:00:30` });
    expect((await found(withSeconds.location ?? "")).zone).to.equal("Europe/Berlin");
  });

  const period = (more: Form): Form => {
    const day = inHours(48).slice(0, 10);
    return { kind: "period", fromDate: day, fromTime: "0:00", toDate: day, toTime: "0:00:10", times: "3", ...more };
  };
  const calendar = (more: Form): Form => ({
    kind: "calendar",
    repeat: "weekly",
    day2: "on",
    time: "08:00",
    start: inHours(24).slice(0, 10),
    end: "never",
    ...more,
  });
  const wrong: readonly (readonly [string, string, () => Form])[] = [
    ["a day that does not exist", "There is no such day", () => ({ ...once, onceDate: "2027-02-30" })],
    ["a day that is over", "over already", () => ({ ...once, onceDate: "2020-01-01" })],
    ["a day in seventy years", "within the next ten years", () => once],
    ["no day", "Fill in this field", () => ({ ...once, onceDate: "" })],
    ["a time that no clock shows", "Write a time", () => ({ ...soon(), onceTime: "25:00" })],
    ["an interval under a minute", "At least a minute", () => period({})],
    ["a second's interval, with what would do", "at most 61 times", () => period({ toTime: "1:00", times: "3600" })],
    ["a repeat of zero", "from 1 to 10,000", () => period({ toTime: "1:00", times: "0" })],
    ["a repeat of a thousand million", "from 1 to 10,000", () => period({ toTime: "1:00", times: "1000000000" })],
    ["a repeat of words", "from 1 to 10,000", () => period({ toTime: "1:00", times: "many" })],
    ["an end before the beginning", "before the beginning", () => period({ fromTime: "12:00", toTime: "8:00" })],
    ["no day of the week", "at least one day", () => calendar({ day2: "on", repeat: "weekly" })],
    ["the 32nd", "from 1 to 31", () => calendar({ repeat: "monthly", monthDay: "32" })],
    [
      "an end before the first day",
      "before the end",
      () => calendar({ end: "until", untilDate: inHours(0).slice(0, 10) }),
    ],
    ["a place that is no zone", "Write a time zone", () => ({ ...soon(), timezone: "Mars/Olympus" })],
    ["no kind at all", "Fill in this field", () => ({ ...soon(), kind: "hourly" })],
  ];
  for (const [what, said, form] of wrong) {
    it(`are refused with a word at the field, and nothing typed is lost: ${what}`, async () => {
      const path = await draft();
      await visitor.get(path);
      const typed = { ...form() };
      if (what === "no day of the week") delete (typed as Record<string, string>)["day2"];
      const answer = await visitor.post(path, { ...typed, do: "save", edition: "1" });
      expect(answer.status).to.equal(422);
      expect(readable(answer.text).toLowerCase()).to.contain(said.toLowerCase());
      for (const [name, value] of Object.entries(typed).filter(([key]) => /Date$|Time$|times|monthDay/.test(key)))
        expect(answer.text, name).to.match(new RegExp(`name="${name}"[^>]* value="${value}"`));
      expect(await panel.store.schedules.nextAt()).to.equal(undefined);
    });
  }

  it("that are over may be sent now instead", async () => {
    const path = await draft();
    await visitor.get(path);
    const answer = await visitor.post(path, { ...once, onceDate: "2020-01-01", do: "look" });
    expect(answer.text).to.contain(`href="${path.replace("/schedule", "/confirm")}"`);
  });

  it("come before the deadline of their poll, or not at all", async () => {
    const questions = [{ kind: "one" as const, text: "Will you come?", choices: ["Yes", "No"] }];
    const path = await draft({ poll: { anonymous: false, closesAt: panel.clock.now() + hour, questions } });
    await visitor.get(path);
    const answer = await visitor.post(path, { ...soon(), do: "look" });
    expect([answer.status, readable(answer.text)]).to.satisfy(
      ([status, text]: [number, string]) => status === 422 && text.includes("The poll closes at"),
    );
  });

  it("are paused, resumed, left out once, stopped, and taken back up", async () => {
    const path = await reserved(weekly());
    await visitor.get(path);
    const { nextAt = 0 } = await found(path);
    await visitor.post(`${path}/pause`);
    expect(await found(path)).to.deep.include({ state: "paused", nextAt: undefined });
    expect(readable((await visitor.get(path)).text)).to.match(
      /Nothing is sent while it is paused\. Resumed now, it goes on at .* \(10 still to come\)\./,
    );
    await visitor.post(`${path}/resume`);
    expect(await found(path)).to.deep.include({ state: "active", nextAt });

    const skipped = await visitor.follow(await visitor.post(`${path}/skip`, { due: String(nextAt) }));
    expect(readable(skipped.text)).to.contain("is left out");
    expect(skipped.text).to.contain(`action="${path}/skip/undo"`);
    expect(await found(path)).to.deep.include({ remaining: 9 });
    await visitor.post(`${path}/skip`, { due: String(nextAt) });
    expect((await found(path)).remaining, "the same one again").to.equal(9);
    await visitor.post(`${path}/skip/undo`);
    expect(await found(path)).to.deep.include({ nextAt, remaining: 10 });

    const cancelled = await visitor.follow(await visitor.post(`${path}/cancel`));
    expect(cancelled.text).to.contain(`action="${path}/restore"`);
    expect(await panel.store.schedules.nextAt()).to.equal(undefined);
    expect(cancelled.text).to.contain(`action="${path}/use-again"`);
    const begun = await visitor.follow(await visitor.post(`${path}/use-again`));
    expect(begun.text).to.contain('value="Water"');
    expect(readable(begun.text)).to.contain("a new draft").and.not.to.contain("You are changing a planned send");
    await visitor.post(`${path}/restore`);
    expect(await found(path)).to.deep.include({ state: "active", nextAt });

    // What was left out is no time any more once there are others.
    await visitor.post(`${path}/skip`, { due: String(nextAt) });
    const { edition } = await found(path);
    await save(`${path}/time`, { ...soon(), edition: String(edition) });
    const changed = await found(path);
    await visitor.post(`${path}/skip/undo`);
    expect(await found(path)).to.deep.equal(changed);
  });

  it("ask for a new time when they go on after all of theirs are over", async () => {
    const path = await reserved({ kind: "once", at: inHours(1) });
    await visitor.get(path);
    await visitor.post(`${path}/pause`);
    panel.clock.passes("2h");
    const answer = await visitor.post(`${path}/resume`);
    expect(answer.location).to.equal(`${path}/time`);
    expect((await found(path)).state).to.equal("paused");
    await save(`${path}/time`, { ...soon(), edition: "2" });
    expect((await found(path)).state).to.equal("active");
  });

  it("change their time, and who saves after somebody else is told and keeps what was typed", async () => {
    const path = await reserved(weekly());
    await visitor.get(`${path}/time`);
    const mine: Form = { ...soon(), edition: "1" };
    const seen = await visitor.post(`${path}/time`, { ...mine, do: "look" });
    await save(`${path}/time`, calendar({ time: "09:30", edition: "1" }));
    const late = await visitor.post(`${path}/time`, { ...mine, do: "save", looked: looked(seen) });
    expect(late.status).to.equal(409);
    expect(readable(late.text)).to.contain("every Tuesday at 9:30").and.to.contain("What you typed is still here");
    expect(late.text).to.contain(`name="onceDate" type="date" value="${mine["onceDate"]}"`);
    expect((await found(path)).rule.kind).to.equal("calendar");
    const edition = /name="edition" value="(\d+)"/.exec(late.text)?.[1] ?? "";
    const again = await visitor.post(`${path}/time`, { ...mine, edition, do: "save", looked: looked(late) });
    expect(again.location).to.equal(path);
    expect((await found(path)).rule.kind).to.equal("once");
  });

  it("change their mail in a draft, which takes its place when it is saved and not before", async () => {
    const path = await reserved(weekly());
    await visitor.get(path);
    const opened = await visitor.post(`${path}/edit`);
    const again = await visitor.post(`${path}/edit`);
    expect(again.location, "one draft, however often it is opened").to.equal(opened.location);
    const id = Number(/\d+/.exec(opened.location ?? "")?.[0]);
    const copy = await panel.store.compositions.find(id);
    if (copy === undefined) throw new Error("no draft was made");
    const content = { ...copy.content, subject: "No water" };
    await panel.store.compositions.save({ id, edition: 1, content }, panel.clock.now());
    expect(readable((await visitor.get(path)).text)).not.to.contain("No water");
    const place = `/compose/${id}/schedule`;
    expect(readable((await visitor.get(`/compose/${id}`)).text)).to.contain("You are changing a planned send.");
    expect(readable((await visitor.get("/drafts")).text)).to.contain("Change of a planned send");
    expect((await visitor.get(`/compose/${id}/confirm`)).text)
      .to.contain(`href="${place}"`)
      .and.to.contain("Reaches 2 people")
      .and.not.to.contain("2 people, now")
      .and.not.to.contain(`/compose/${id}/send`);
    const form = { ...calendar({ end: "times", endTimes: "10", time: "08:00" }), edition: "2" };
    const saved = await save(place, form);
    expect(saved.location).to.equal(path);
    expect(readable((await visitor.follow(saved)).text)).to.contain("No water");
    expect((await found(path)).compositionId).to.equal(id);
    await visitor.post(`${path}/pause`);
    const paused = `${(await visitor.post(`${path}/edit`)).location ?? ""}/schedule`;
    expect((await save(paused, { ...form, edition: "1" })).location).to.equal(path);
    expect(await found(path), "what was paused").to.deep.include({ state: "paused", nextAt: undefined });
    expect(readable((await visitor.get(`${path}/time`)).text)).to.contain("Saving these times lets it go on.");
    const more = (await visitor.post(`${path}/edit`)).location ?? "";
    expect((await visitor.post(`${more}/discard`)).location, "back to what it would have changed").to.equal(path);
  });

  it("tell the second of two who change the mail, who keeps the draft and may save all the same", async () => {
    const path = await reserved(weekly());
    const other = await Visitor.signedIn(panel, (await panel.owner("oscar")).username);
    const drafts = [];
    for (const each of [visitor, other]) {
      await each.get(path);
      drafts.push(`${(await each.post(`${path}/edit`)).location ?? ""}/schedule`);
    }
    const [mine = "", theirs = ""] = drafts;
    const form = calendar({ edition: "1" });
    expect((await save(mine, form)).location).to.equal(path);
    await other.get(theirs);
    const seen = await other.post(theirs, { ...form, do: "look" });
    await visitor.post(`${path}/cancel`);
    const late = await other.post(theirs, { ...form, do: "save", looked: looked(seen), scheduleEdition: "1" });
    expect(late.status).to.equal(409);
    expect(readable(late.text)).to.contain("Somebody else has changed this send").and.to.contain("(Cancelled)");
    const edition = /name="scheduleEdition" value="(\d+)"/.exec(late.text)?.[1] ?? "";
    const forced = await other.post(theirs, { ...form, do: "save", looked: looked(seen), scheduleEdition: edition });
    expect(forced.location).to.equal(path);
  });

  it("list what became of each time, with counts, and the posts say for when they were", async () => {
    const path = await reserved({ kind: "period", from: inHours(1), to: inHours(4), times: 4 });
    panel.clock.passes("150m");
    await sendOccurrence(panel, await found(path));
    const text = readable((await visitor.get(path)).text);
    expect(text).to.contain("Missed: the server was down").and.to.contain("because the server was down");
    const [occurrence] = await panel.store.occurrences.page((await found(path)).id, { limit: 1 });
    const post = await visitor.get(`/posts/${occurrence?.posts[0] ?? 0}`);
    expect(readable(post.text)).to.match(/Recurring Planned for .*, sent .*, because the server was down/);
    expect(post.text).to.contain(`href="${path}"`);
    expect(readable((await visitor.get(`/lists/${list.id}`)).text)).to.contain("Recurring");
  });

  it("that have begun are changed by one press where nothing but the page's own times is saved", async () => {
    const path = await reserved(weekly());
    panel.clock.passes("48h");
    await sendOccurrence(panel, await found(path));
    const { remaining } = await found(path);
    const draft = (await visitor.post(`${path}/edit`)).location ?? "";
    for (const place of [`${draft}/schedule`, `${path}/time`]) {
      const page = await visitor.get(place);
      const saved = await visitor.post(place, { ...asShown(page.text), do: "save" });
      expect(saved.location, place).to.equal(path);
      expect(await found(path), place).to.deep.include({ state: "active", remaining });
    }
  });

  it("are changed by nobody who runs only one of their lists, and seen by nobody who runs none", async () => {
    const second = await panel.list("second", { title: "Secret plans" });
    const senderId = (await panel.store.senders.all(list.id))[0]?.personId;
    const content = { listIds: [list.id, second.id], senderId };
    const id = await givenSchedule(panel.store, { list, rule: weekly(), now: panel.clock.now(), accountId, content });
    await visitor.get(`/schedules/${id}`);
    expect((await visitor.post(`/schedules/${id}/pause`)).status).to.equal(403);
    const page = await visitor.get(`/schedules/${id}`);
    expect([page.status, page.text.includes(`/schedules/${id}/pause`)]).to.deep.equal([200, false]);
    for (const place of [`/schedules/${id}`, "/schedules", "/"]) {
      const text = readable((await visitor.get(place)).text);
      expect(text, place).to.contain("news, one other list").and.not.to.contain("Secret");
    }
    await panel.account("nadia");
    const nadia = await Visitor.signedIn(panel, "nadia");
    expect((await nadia.get(`/schedules/${id}`)).status).to.equal(403);
    expect(readable((await nadia.get("/schedules")).text)).to.contain("Nothing is planned");
  });

  it("are out of reach for who no longer runs their list, by the draft and the ticks from before too", async () => {
    const id = await givenSchedule(panel.store, { list, rule: weekly(), now: panel.clock.now(), accountId });
    await visitor.get(`/schedules/${id}`);
    const draft = (await visitor.post(`/schedules/${id}/edit`)).location ?? "";
    const own = await panel.list("own", { members: ["dora@d.example"] });
    await panel.store.accounts.addAdministrator(own.id, accountId);
    await panel.store.administrators.remove(list.id, accountId);
    const content = (await panel.store.compositions.find(1))?.content;
    const senderId = (await panel.store.senders.all(own.id))[0]?.personId;
    const kept: Form = {
      edition: "1",
      [`list-${own.id}`]: "on",
      sender: String(senderId),
      subject: "Mine",
      text: "Now.",
    };
    await visitor.post(draft, kept);
    expect((await visitor.post(`${draft}/schedule`, { ...soon(), edition: "2" })).status).to.equal(403);
    await visitor.post("/compose/1/members", { edition: "2", person: "1" });
    expect((await panel.store.compositions.find(1))?.content).to.deep.equal(content);
  });
});
