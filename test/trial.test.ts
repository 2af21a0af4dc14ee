/** The trial's world: seeded once, first post through the listener, and a pasted line that works. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { startApp } from "../server/app.ts";
import { checkConfig } from "../server/config.ts";
import { languages } from "../server/lists/mailing-list.ts";
import { silentLog } from "../server/log.ts";
import { type Store, openStore } from "../server/store/store.ts";
import { pasteLine, seedTrial, trialPost, trialWelcome } from "../server/trial.ts";
import { SmtpSink } from "./support/smtp-sink.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";
import { TestClock } from "./support/test-clock.ts";
import { until } from "./support/until.ts";

const checkout = fileURLToPath(new URL("..", import.meta.url));
const clock = new TestClock();

describe("the trial", () => {
  let folder: TemporaryFolder;
  let sink: SmtpSink;
  beforeEach(async () => {
    folder = await temporaryFolder();
    sink = await SmtpSink.start();
  });
  afterEach(async () => {
    await sink.stop();
    await folder.remove();
  });

  describe("is seeded", () => {
    let store: Store;
    beforeEach(async () => {
      store = await openStore(join(folder.path, "k.db"));
    });
    afterEach(() => store.close());

    for (const language of languages) {
      it(`with a list, a sender beside the owner, and five members (${language})`, async () => {
        expect(await seedTrial(store, clock, { language })).to.equal(true);
        const list = await store.lists.findByAddress("hello", "localhost");
        expect(list?.title).to.match(language === "ja" ? /回覧/ : /Kairan/);
        expect(await store.members.counts(list?.id ?? 0)).to.include({ active: 5 });
        expect(await store.senders.all(list?.id ?? 0)).to.have.lengthOf(2);
        expect(await store.accounts.findByUsername("admin")).to.include({ isOwner: true, passwordHash: undefined });
      });
    }

    it("once: a list that was deleted stays away, one without a post still asks for it", async () => {
      await seedTrial(store, clock, { language: "en" });
      expect(await seedTrial(store, clock, { language: "en" })).to.equal(true);
      const [list] = await store.lists.summaries();
      await store.lists.delete(list?.id ?? 0);
      expect(await seedTrial(store, clock, { language: "en" })).to.equal(false);
      expect(await store.lists.summaries()).to.deep.equal([]);
    });

    it("to its end after a start that was cut off", async () => {
      await seedTrial(store, clock, { language: "en" });
      const account = await store.accounts.findByUsername("admin");
      await store.accounts.remove(account?.id ?? 0);
      expect(await seedTrial(store, clock, { language: "en" })).to.equal(true);
      expect(await store.members.counts(1)).to.include({ active: 5 });
      expect(await store.accounts.all()).to.have.lengthOf(1);
    });
  });

  it("posts by SMTP, as a mail program does", async () => {
    for (const language of languages) await trialPost({ host: "127.0.0.1", port: sink.port }, language);
    expect(sink.copies.map(({ mailFrom, rcptTo }) => `${mailFrom} ${rcptTo}`)).to.deep.equal(
      Array(2).fill("hanako@school.example hello@localhost"),
    );
    expect(sink.copies[languages.indexOf("en")]?.text.toString())
      .to.match(/^Subject: Welcome to Kairan\r$/m)
      .and.match(/^Message-ID: <.*>\r$/m);
  });

  it("has its post and the pasted line's taken by the server, and its copies kept", async () => {
    const value = {
      hostname: "localhost",
      database: join(folder.path, "k.db"),
      language: "ja",
      smtp: { listen: "127.0.0.1:0" },
      web: { listen: "127.0.0.1:0" },
      outbound: { via: "outbox" },
    };
    const app = await startApp({
      config: checkConfig(value, { file: "test", folder: folder.path, trial: true }),
      clock,
      log: silentLog,
    });
    try {
      expect(await seedTrial(app.store, clock, { language: "ja" })).to.equal(true);
      await trialPost(app.smtp, "ja");
      expect(await seedTrial(app.store, clock, { language: "ja" })).to.equal(false);
      for (const language of languages) {
        const { stdout } = await promisify(execFile)("sh", ["-c", pasteLine(app.smtp, language)], { cwd: checkout });
        expect(stdout).to.match(/^250 2\.0\.0 /);
      }
      await until(
        async () => (await app.store.posts.page({ limit: 10 })).filter(({ tally }) => tally.sent === 5).length === 3,
      );
      expect((await app.store.posts.page({ limit: 10 })).map(({ subject }) => subject)).to.deep.equal([
        "A second post",
        "2通目のメール",
        "Kairan へようこそ",
      ]);
    } finally {
      await app.stop();
    }
  });

  it("welcomes with what to open and what to paste, in both languages", () => {
    const smtp = { host: "::1", port: 2525 };
    for (const language of languages) {
      const text = trialWelcome({
        smtp,
        webUrl: "http://[::1]:8080",
        link: "http://[::1]:8080/sign-in/link/abc",
        language,
      });
      expect(text).to.match(/^ {4}http:\/\/\[::1\]:8080\/sign-in\/link\/abc$/m);
      expect(text).to.match(/^ {4}node -e "[^"!$`]+smtp:\/\/\[::1\]:2525[^"!$`]+"$/m);
    }
    const english = trialWelcome({ smtp, webUrl: "", link: "", language: "en" });
    expect(english)
      .to.contain("Trial mode: nothing leaves this machine")
      .and.not.match(/[ぁ-ん]/);
  });
});
