/** The command line as a process of its own, beside a running server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { ServerProcess } from "../support/server-process.ts";
import { until } from "../support/until.ts";
import { Operator } from "./operator.ts";

const entry = fileURLToPath(new URL("../../server/main.ts", import.meta.url));

type Ended = { readonly status: number | null; readonly out: string; readonly err: string };

describe("the command line beside a server", () => {
  let operator: Operator;
  let server: ServerProcess;
  before(async () => {
    operator = await Operator.open({ smtp: { listen: "127.0.0.1:0" }, web: { listen: "127.0.0.1:0" } });
    server = await ServerProcess.start(operator.path("config.json"));
  });
  after(async () => {
    expect(await server.stop()).to.equal(0);
    await operator.close();
  });

  const start = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, [entry, ...args], { cwd: operator.folder, stdio: ["pipe", "pipe", "pipe"] });

  const run = async (args: readonly string[], input = ""): Promise<Ended> => {
    const child = start(...args);
    child.stdin?.end(input);
    const ended = once(child, "exit");
    const [out, err] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    const [status] = (await ended) as [number | null];
    return { status, out, err };
  };

  it("does what is asked and ends with the right status", async () => {
    expect(await run(["list", "create", "news"])).to.deep.equal({
      status: 0,
      out: "news@lists.example.org\n",
      err: "",
    });
    expect(await run(["list", "create", "news"])).to.deep.equal({
      status: 1,
      out: "",
      err: "kairan: news@lists.example.org is there already\n",
    });
    expect(await run(["list", "crate"])).to.include({ status: 2, out: "" });
    expect((await run(["admin", "add", "anne", "--address", "anne@example.org"], "a long password\n")).out).to.contain(
      "anne can sign in",
    );
    expect((await run(["admin", "add", "bart", "--address", "bart@example.org"])).out).to.contain("/sign-in/link/");
  });

  it("has a post sent by the server, which hears of it at once", async () => {
    await operator.writes("m.csv", "address\na@example.org\nb@example.org\n");
    await operator.writes("one.eml", "From: anne@example.org\r\nSubject: One\r\n\r\nHello\r\n");
    await run(["member", "import", "news", "m.csv"]);
    const before = performance.now();
    await run(["post", "news", "one.eml"]);
    // From the command's end, and by how long such a process takes on this machine: a second or so on a quick one.
    const begun = performance.now();
    const most = Math.max(10_000, 10 * (begun - before));
    await until(
      async () => (await operator.rows("deliveries 1")).filter((row) => row["state"] === "sent").length === 2,
    );
    expect(performance.now() - begun).to.be.below(most);
  });

  it("imports thousands of members while the server serves", async () => {
    await operator.writes(
      "m.csv",
      `address\n${Array.from({ length: 5000 }, (_, n) => `r${n}@example.org`).join("\n")}`,
    );
    const both = await Promise.all([
      run(["list", "create", "big"]).then(() => run(["member", "import", "big", "m.csv"])),
      run(["post", "news", "one.eml"]),
    ]);
    expect(both.map(({ status, err }) => ({ status, err }))).to.deep.equal(Array(2).fill({ status: 0, err: "" }));
    expect(JSON.parse((await run(["member", "ls", "big", "--json"])).out)).to.have.lengthOf(5000);
  });

  it("ends quietly when its reader goes away", async () => {
    const child = start("member", "ls", "big", "--json");
    const ended = once(child, "exit");
    const said = textOf(child.stderr);
    child.stdout?.once("data", () => child.stdout?.destroy());
    await ended;
    expect(await said).to.equal("");
  });
});

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? "" : text(stream);
}
