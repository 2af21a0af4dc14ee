/** Posting, looking at posts and deliveries, and stopping, from the command line. */
import { expect } from "chai";
import { claimDeliveries } from "../../server/store/deliveries/claims.ts";
import { expandChunk } from "../../server/store/deliveries/expansion.ts";
import { recordOutcomes } from "../../server/store/deliveries/outcomes.ts";
import type { Store } from "../../server/store/store.ts";
import { Operator } from "./operator.ts";

const letter = (subject: string, from = "Anne <anne@example.org>"): string =>
  `From: ${from}\r\nTo: news@lists.example.org\r\nSubject: ${subject}\r\nMessage-ID: <${subject.length}@example.org>\r\n\r\nHello\r\n`;

describe("posts on the command line", () => {
  let operator: Operator;
  let store: Store;
  beforeEach(async () => {
    operator = await Operator.open();
    await operator.does("list create news");
    await operator.writes(
      "m.csv",
      `address,name\n${["a", "b", "c", "d"].map((name) => `${name}@example.org,${name.toUpperCase()}`).join("\n")}`,
    );
    await operator.does("member import news m.csv");
    await operator.writes("one.eml", letter("One"));
    store = await operator.store();
  });
  afterEach(async () => {
    await store.close();
    await operator.close();
  });

  const now = (): number => operator.clock.now();
  /** The post's copies are written down, and go out with these outcomes, in the order of the members. */
  const goOut = async (
    postId: number,
    states: readonly ("sent" | "deferred" | "failed" | "pending")[],
  ): Promise<void> => {
    await expandChunk(store.database, postId, now());
    const claims = await claimDeliveries(store.database, { limit: states.length, now: now() });
    const outcomes = claims.map(({ id }, index) => {
      const state = states[index] ?? "pending";
      const reply =
        state === "pending"
          ? ""
          : state === "sent"
            ? "250 ok"
            : state === "deferred"
              ? "451 4.3.0 later"
              : "550 5.1.1 unknown";
      return { id, postId, state, reply, host: "mx.example.org", at: now(), dueAt: now() + 60_000 };
    });
    await recordOutcomes(store.database, outcomes);
  };

  describe("kairan post", () => {
    it("sends a file to the list, whoever its author is, and takes the same message once", async () => {
      expect(await operator.does("post news one.eml")).to.equal(
        "post 1 (number 1) goes to news@lists.example.org: 4 active members\n",
      );
      expect(await operator.does("post news one.eml")).to.equal(
        "this message is post 1 (number 1) of news@lists.example.org already\n",
      );
      expect(await operator.rows("post news one.eml")).to.deep.equal([
        { id: "1", number: 1, list: "news", again: true },
      ]);
      const post = await store.posts.find(1);
      expect(post).to.include({
        authorAddress: "anne@example.org",
        authorName: "Anne",
        subject: "One",
        disposition: "accepted",
      });
      expect((await store.messages.read(post?.messageId ?? 0)).toString()).to.equal(letter("One"));
    });

    it("knows the sender by the address", async () => {
      await operator.does("sender add news anne@example.org");
      await operator.does("post news one.eml");
      const row = await store.database.reader.selectFrom("post").select("poster_id").executeTakeFirst();
      expect(row?.poster_id).to.be.a("number");
    });

    it("refuses a file without one plain author", async () => {
      for (const from of ["Anne <anne@example.org>, Bart <bart@example.org>", "Group: anne@example.org;", "nobody"]) {
        await operator.writes("bad.eml", letter("Bad", from));
        expect(await operator.fails("post news bad.eml", 1)).to.contain("bad.eml cannot be posted: the From field");
      }
      await operator.writes("bad.eml", "just text");
      expect(await operator.fails("post news bad.eml", 1)).to.contain("there is no From field");
      expect(await operator.rows("posts news")).to.deep.equal([]);
    });

    it("refuses NUL, what is too big, and what is not there", async () => {
      await operator.writes("nul.eml", `${letter("Nul")}\0`);
      expect(await operator.fails("post news nul.eml", 1)).to.contain("NUL");
      await operator.writes(
        "config.json",
        JSON.stringify({ hostname: "lists.example.org", smtp: { maxMessageBytes: 50 }, outbound: { via: "outbox" } }),
      );
      expect(await operator.fails("post news one.eml", 1)).to.contain("smtp.maxMessageBytes allows 50");
      expect(await operator.fails("post news none.eml", 1)).to.match(/^there is no file .*none\.eml$/);
    });

    it("reads Japanese subjects and authors", async () => {
      await operator.writes(
        "ja.eml",
        letter("=?iso-2022-jp?B?GyRCQ0c/ZRsoQg==?=", "=?utf-8?B?5bGx55Sw?= <y@example.jp>"),
      );
      await operator.does("post news ja.eml");
      expect((await operator.rows("posts news"))[0]).to.include({ subject: "断水", author_name: "山田" });
    });
  });

  describe("kairan posts", () => {
    it("shows the newest first, with state, counts and times", async () => {
      await operator.does("post news one.eml");
      await operator.writes("two.eml", letter("Two more"));
      await operator.does("post news two.eml");
      await goOut(1, ["sent", "sent", "failed", "deferred"]);
      const [two, one] = await operator.rows("posts news");
      expect(two).to.include({
        id: "2",
        number: 2,
        subject: "Two more",
        state: "sending",
        distributed: null,
        stopped: null,
      });
      expect(one).to.deep.include({
        id: "1",
        number: 1,
        list: "news",
        author: "anne@example.org",
        author_name: "Anne",
        subject: "One",
        state: "sending",
      });
      expect(one?.["counts"]).to.deep.equal({
        pending: 0,
        sending: 0,
        sent: 2,
        deferred: 1,
        failed: 1,
        bounced: 0,
        cancelled: 0,
      });
      expect(one?.["accepted"]).to.match(/^\d{4}-\d\d-\d\dT.*Z$/);
    });

    it("narrows by days of the list's time zone, the last day included", async () => {
      await operator.does("list set news timezone=Pacific/Auckland");
      await operator.does("post news one.eml");
      const time = Date.parse("2026-04-08T13:00:00Z"); // the 9th, one o'clock, in Auckland
      await store.database.write(async (write) => write.updateTable("post").set({ accepted_at: time }).execute());
      const found = async (span: string): Promise<number> => (await operator.rows(`posts news ${span}`)).length;
      expect(await found("--since 2026-04-09 --until 2026-04-09")).to.equal(1);
      expect(await found("--until 2026-04-08")).to.equal(0);
      expect(await found("--since 2026-04-10")).to.equal(0);
      expect(await found("--since 2026-04-08T13:00Z --until 2026-04-08T13:01Z")).to.equal(1);
      expect(await found("--until 2026-04-09T01:00")).to.equal(0);
      expect(await operator.does("posts news")).to.contain("2026-04-09 01:00:00");
    });

    it("says how each came, by mail or at a time from the panel", async () => {
      await operator.does("post news one.eml");
      const rows = (): Promise<readonly unknown[]> =>
        operator.rows("posts news").then((all) => all.map((row) => row["origin"]));
      expect(await rows()).to.deep.equal(["mail"]);
      await store.database.write(async (write) => write.updateTable("post").set({ origin: "recurring" }).execute());
      expect(await rows()).to.deep.equal(["recurring"]);
    });

    it("narrows by text", async () => {
      await operator.does("post news one.eml");
      expect(await operator.rows("posts news --search ONE")).to.have.lengthOf(1);
      expect(await operator.does("posts news --search two")).to.equal("no posts\n");
      const [found] = await operator.rows("posts news --search hello");
      expect(found).to.include({ subject: "One", origin: "mail" });
    });

    it("refuses days that are none", async () => {
      for (const day of ["2026-02-30", "yesterday", "2026-4-8", "2026-04-08T25:00"])
        expect(await operator.fails(`posts news --since ${day}`, 2)).to.contain(`--since "${day}" is no day`);
    });
  });

  describe("kairan deliveries", () => {
    beforeEach(async () => {
      await operator.does("post news one.eml");
    });

    it("shows each copy with its last reply and all its times", async () => {
      await goOut(1, ["sent", "failed", "deferred", "pending"]);
      const rows = await operator.rows("deliveries 1");
      expect(
        rows
          .map(
            (row) =>
              `${String(row["address"])} ${String(row["state"])} ${String(row["attempts"])} ${String(row["reply"])}`,
          )
          .toSorted(),
      ).to.deep.equal([
        "a@example.org sent 1 250 ok",
        "b@example.org failed 1 550 5.1.1 unknown",
        "c@example.org deferred 1 451 4.3.0 later",
        "d@example.org pending 0 ",
      ]);
      const deferred = rows.find((row) => row["state"] === "deferred") ?? {};
      expect(Object.keys(deferred)).to.deep.equal([
        "address",
        "name",
        "state",
        "reason",
        "attempts",
        "reply",
        "host",
        "created",
        "first_attempt",
        "last_attempt",
        "next_attempt",
        "sent",
        "bounced",
        "confirmed",
        "answered",
        "answered_at",
      ]);
      expect(Date.parse(String(deferred["next_attempt"])) - Date.parse(String(deferred["last_attempt"]))).to.equal(
        60_000,
      );
      expect(deferred).to.include({ name: "C", sent: null, bounced: null, reason: null, host: "mx.example.org" });
    });

    it("narrows by state", async () => {
      await goOut(1, ["sent", "failed", "sent", "sent"]);
      expect((await operator.rows("deliveries 1 --state failed")).map((row) => row["address"])).to.deep.equal([
        "b@example.org",
      ]);
      expect(await operator.does("deliveries 1 --state bounced")).to.equal("no copies that are bounced\n");
      expect(await operator.fails("deliveries 1 --state faild", 2)).to.contain('did you mean "failed"');
    });

    it("prints a table for people", async () => {
      await goOut(1, ["sent", "failed", "sent", "sent"]);
      const lines = (await operator.does("deliveries 1")).split("\n");
      expect(lines[0]).to.match(/^ADDRESS +NAME +STATE +TRIES +LAST TRY +HOST +REPLY$/);
      expect(lines.find((line) => line.startsWith("b@"))).to.match(
        /^b@example\.org +B +failed +1 +\d{4}-.* +mx\.example\.org +550 5\.1\.1 unknown$/,
      );
    });

    it("refuses what is no post", async () => {
      expect(await operator.fails("deliveries one", 2)).to.contain('"one" is no POST-ID');
      expect(await operator.fails("deliveries 7", 1)).to.contain("there is no post 7");
      expect(await operator.fails("deliveries 999999999999999999999", 2)).to.contain("is no POST-ID");
    });

    it("prints one valid array however many pages there are", async () => {
      await operator.writes(
        "m.csv",
        `address\n${Array.from({ length: 2300 }, (_, n) => `r${n}@example.org`).join("\n")}`,
      );
      await operator.does("list create big");
      await operator.does("member import big m.csv");
      await operator.does("post big one.eml");
      while (!(await expandChunk(store.database, 2, now())));
      const rows = await operator.rows("deliveries 2");
      expect(new Set(rows.map((row) => row["address"])).size).to.equal(2300);
    });
  });

  describe("kairan stop", () => {
    beforeEach(async () => {
      await operator.does("post news one.eml");
    });

    it("cancels what has not left, without a running server too", async () => {
      await goOut(1, ["sent", "deferred", "pending", "pending"]);
      expect(await operator.does("stop 1")).to.equal("post 1 is stopped: 1 copy had left, 3 cancelled\n");
      expect(
        (await operator.rows("deliveries 1"))
          .map((row) => `${String(row["state"])} ${String(row["reason"])}`)
          .toSorted(),
      ).to.deep.equal(["cancelled stopped", "cancelled stopped", "cancelled stopped", "sent null"]);
      expect((await operator.rows("posts news"))[0]).to.include({ state: "stopped" });
      expect(await claimDeliveries(store.database, { limit: 10, now: now() + 1e9 })).to.deep.equal([]);
    });

    it("says what is on its way at this moment", async () => {
      await expandChunk(store.database, 1, now());
      await claimDeliveries(store.database, { limit: 1, now: now() });
      expect(await operator.does("stop 1")).to.contain("3 cancelled, 1 on the way at this moment");
    });

    it("stops a post whose recipients are not written down yet", async () => {
      expect(await operator.does("stop 1")).to.contain("nobody else is written to");
      while (!(await expandChunk(store.database, 1, now())));
      expect(await claimDeliveries(store.database, { limit: 10, now: now() })).to.deep.equal([]);
    });

    it("again says that it was stopped already", async () => {
      await operator.does("stop 1");
      expect(await operator.does("stop 1")).to.contain("post 1 was stopped already");
    });

    it("leaves a post alone of which every copy has left", async () => {
      await goOut(1, ["sent", "sent", "sent", "sent"]);
      expect(await operator.does("stop 1")).to.contain("nothing left to stop: 4 copies had left");
      expect((await operator.rows("posts news"))[0]).to.include({ state: "sent", stopped: null });
    });

    it("refuses what is no post", async () => {
      expect(await operator.fails("stop 7", 1)).to.contain("there is no post 7");
      expect(await operator.fails("stop", 2)).to.contain("stop needs POST");
    });
  });
});
