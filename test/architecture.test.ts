/** The house's rules, as `server/README.md` tells them, held as a table and read off the code. */
import { readFileSync } from "node:fs";
import { expect } from "chai";
import * as rule from "./support/house-rules.ts";
import { serverFiles, type SourceFile, sourceFile } from "./support/source-file.ts";

const stations = [
  "reception",
  "moderation",
  "distribution",
  "delivery",
  "bounces",
  "requests",
  "imports",
  "bulk",
  "answers",
  "schedules",
  "reports",
  "upkeep",
];

const house: rule.House = {
  layers: [
    ["mail"],
    ["lists"],
    ["words", "config"],
    ["store"],
    ["notices"],
    stations,
    ["web", "cli"],
    ["jobs", "composing"],
    ["app"],
    ["trial"],
    ["serve"],
    ["main"],
    ["setup"],
  ],
  forAll: ["clock", "duration", "in-turn", "log", "loop", "password", "signal"],
  pure: ["mail"],
  owners: {
    "@fastify/busboy": ["web/middleware/read-upload.ts"],
    "@koa/router": ["web/"],
    "@node-rs/argon2": ["password.ts"],
    "better-sqlite3": ["store/"],
    "csv-parse": ["imports/"],
    "csv-stringify": ["imports/", "words/csv-lines.ts"],
    "encoding-japanese": ["mail/charset.ts"],
    eta: ["web/", "notices/render.ts"],
    koa: ["web/"],
    "koa-session": ["web/middleware/session.ts"],
    kysely: ["store/"],
    mailparser: ["mail/message-view-worker.ts"],
    "node-cron": ["jobs.ts"],
    nodemailer: ["notices/", "web/", "trial.ts"],
    pg: ["store/"],
    pino: ["log.ts"],
    qr: ["web/qr-code.ts"],
    "sanitize-html": ["web/"],
    "smtp-server": ["reception/smtp-listener.ts"],
    zod: ["config.ts"],
  },
  entries: /^(main\.ts|setup\/(set-up|kairan)\.js|.*-worker\.ts)$/,
  tables: /^(words\/|store\/migrations\/)/,
  maxFileLines: 250,
  maxFunctionLines: 60,
};

describe("The house", () => {
  const files = serverFiles();
  const holds = (check: rule.Rule): void => {
    const broken = check(files, house);
    if (broken.length > 0) expect.fail(`${broken.length} place(s) break this rule:\n${broken.join("\n")}`);
  };

  it("lets each room import only from those below it", () => holds(rule.rooms));
  it("keeps what e-mail is free of network, disk and clock", () => holds(rule.purity));
  it("gives each package one place that imports it", () => holds(rule.packages));
  it("has no package that is not imported", () => holds(rule.idlePackages));
  it("has no cycle of imports, those of types included", () => holds(rule.cycles));
  it("has no cycle of the store's folders", () =>
    holds((all, table) =>
      rule.folderCycles(
        all.filter(({ room }) => room === "store"),
        table,
      ),
    ));
  it("exports by name, and only what stands in the file", () => holds(rule.namedExports));
  it("opens every file with what it is", () => holds(rule.openingComment));
  it("has no module with state or work of its own", () => holds(rule.importTime));
  it("has no file of over 250 lines", () => holds(rule.fileLength));
  it("has no function of over 60 lines", () => holds(rule.functionLength));

  it("names every package that production needs", () => {
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(Object.keys(house.owners)).to.have.members(Object.keys(dependencies));
  });
});

describe("The rules of the house", () => {
  const finds = (check: rule.Rule, ...files: readonly SourceFile[]): readonly string[] => check(files, house);

  it("see a station that imports another, also for a type", () => {
    const file = sourceFile("delivery/queue.ts", '/** */\nimport type { Post } from "../reception/post.ts";');
    expect(finds(rule.rooms, file)).to.deep.equal(["delivery/queue.ts:2 delivery/ may not import from reception/"]);
  });

  it("see an import of a higher room inside a function", () => {
    const file = sourceFile("store/lists.ts", 'const app = () => import("../app.ts");');
    expect(finds(rule.rooms, file)).to.deep.equal(["store/lists.ts:1 store/ may not import from app/"]);
  });

  it("ask for a new room's place in the table", () => {
    expect(finds(rule.rooms, sourceFile("attic/box.ts", ""))).to.have.length(1);
  });

  it("let every room but the pure ones use the clock", () => {
    const text = 'import type { Clock } from "../clock.ts";';
    expect(finds(rule.rooms, sourceFile("store/lists.ts", text))).to.deep.equal([]);
    expect(finds(rule.rooms, sourceFile("mail/dsn.ts", text))).to.have.length(1);
  });

  it("see a package outside of its place, also by a path inside it", () => {
    const file = sourceFile("web/people.ts", 'import { sql } from "kysely/migration";');
    expect(finds(rule.packages, file)).to.deep.equal([
      'web/people.ts:1 the package "kysely/migration" belongs to store/',
    ]);
  });

  it("see a cycle and say its way", () => {
    const one = sourceFile("mail/a.ts", 'import "./b.ts";');
    const two = sourceFile("mail/b.ts", 'import type { A } from "./a.ts";');
    expect(finds(rule.cycles, one, two)).to.deep.equal(["mail/a.ts -> mail/b.ts -> mail/a.ts"]);
  });

  it("see a cycle of folders where there is none of files", () => {
    const one = sourceFile("store/a/one.ts", 'import "../b/two.ts";');
    const two = sourceFile("store/b/two.ts", "");
    const three = sourceFile("store/b/three.ts", 'import type { A } from "../a/one.ts";');
    expect(finds(rule.cycles, one, two, three)).to.deep.equal([]);
    expect(finds(rule.folderCycles, one, two, three)).to.deep.equal(["store/a -> store/b -> store/a"]);
  });

  it("see default exports and exports of another file's names", () => {
    const text = 'export default function send() {}\nexport { a } from "./a.ts";\nexport * from "./b.ts";';
    expect(finds(rule.namedExports, sourceFile("mail/a.ts", text))).to.have.length(3);
  });

  it("see state and work at import, but not in an entry", () => {
    const text = "let count = 0;\nstart();\nconst limit = 3;\nexport const go = () => start();";
    expect(finds(rule.importTime, sourceFile("mail/a.ts", text))).to.have.length(2);
    expect(finds(rule.importTime, sourceFile("main.ts", text))).to.deep.equal([]);
  });

  it("count the lines of files and functions", () => {
    const long = sourceFile("mail/a.ts", `export function f() {${"\n".repeat(300)}}`);
    expect(finds(rule.fileLength, long)).to.deep.equal(["mail/a.ts has 301 lines, more than 250"]);
    expect(finds(rule.functionLength, long)).to.have.length(1);
  });
});
