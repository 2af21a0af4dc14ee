/** The server around the pages: headers, files, errors, closing. */
import { expect } from "chai";
import { sql } from "kysely";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { testCertificate, testKey } from "../support/test-certificate.ts";
import { Panel, password } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

describe("the web server", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
  });
  afterEach(() => panel.close());

  it("lets pages run and load nothing but our own files", async () => {
    const { headers, text } = await new Visitor(panel).get("/sign-in");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy)
      .to.include("default-src 'none'")
      .and.include("script-src 'self'")
      .and.include("frame-ancestors 'none'");
    expect(policy).not.to.match(/unsafe|upgrade-insecure-requests/);
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
    expect(headers.get("referrer-policy")).to.equal("same-origin");
    expect(headers.get("strict-transport-security")).to.equal(null);
    expect(text).not.to.match(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/);
  });

  it("gives out static files for ever by their version, and answers an outdated version", async () => {
    const visitor = new Visitor(panel);
    const path = /href="(\/static\/[^"]+\.css)"/.exec((await visitor.get("/sign-in")).text)?.[1] ?? "";
    const css = await visitor.get(path);
    expect(css.status).to.equal(200);
    expect(css.headers.get("content-type")).to.include("text/css");
    expect(css.headers.get("cache-control")).to.include("immutable");
    const old = await visitor.get(path.replace(/[0-9a-f]{16}/, "0".repeat(16)));
    expect(old.text).to.equal(css.text);
    expect(old.headers.get("cache-control")).to.equal("no-cache");
  });

  it("says that the disk is full, which only people can mend", async () => {
    const owner = await panel.owner();
    const { database, sessions } = panel.store;
    await database.write((write) => sql`PRAGMA max_page_count = 1`.execute(write));
    const fits = (key: string, octets: number): Promise<boolean> =>
      sessions.put(key, { accountId: undefined, content: "x".repeat(octets), expiresAt: 9_000_000_000_000 }).then(
        () => true,
        () => false,
      );
    for (const octets of [3000, 300, 1]) for (let n = 0; await fits(`${octets} ${n}`, octets); n++);
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { username: owner.username, password });
    expect(answer.status).to.equal(507);
    expect(readable(answer.text)).to.include("Make room on the server's disk");
  });

  it("says that a database which cannot be written to will pass", async () => {
    const owner = await panel.owner();
    await panel.store.database.write((write) => sql`PRAGMA query_only = 1`.execute(write));
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { username: owner.username, password });
    expect([answer.status, readable(answer.text).includes("Try again in a moment")]).to.deep.equal([503, true]);
  });

  it("gives out nothing else, however the path is written", async () => {
    const version = "0".repeat(16);
    const { hostname, port } = new URL(panel.url);
    for (const path of [
      `/static/${version}/../../package.json`,
      `/static/${version}/..%2f..%2fpackage.json`,
      `/static/${version}/%2e%2e/%2e%2e/package.json`,
      `/static/${version}/css/..%5c..%5cpackage.json`,
      `/static/${version}/css/kairan.css%00`,
      `/static/${version}//etc/passwd`,
      "//etc/passwd",
      "/../package.json",
    ]) {
      // By hand: fetch would tidy the path up.
      const socket = connect(Number(port), hostname);
      socket.end(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
      const answer = (await socket.toArray()).join("");
      expect(answer, path)
        .to.match(/^HTTP\/1\.1 (303|400|404) /)
        .and.not.include("better-sqlite3")
        .and.not.include("root:");
    }
  });

  it("answers what it does not know in words, without repeating the request", async () => {
    await panel.owner();
    const visitor = await Visitor.signedIn(panel, "olivia");
    const answer = await visitor.get("/no-such-page-%3Cscript%3E?x=<b>reflected</b>");
    expect(answer.status).to.equal(404);
    expect(readable(answer.text)).to.include("Go back and try another link");
    expect(answer.text).not.to.include("no-such").and.not.include("reflected");
  });

  it("does not build links from the Host header", async () => {
    const { hostname, port } = new URL(panel.url);
    const socket = connect(Number(port), hostname);
    socket.end(
      "GET /lists/1 HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n",
    );
    expect((await socket.toArray()).join(""))
      .to.match(/\r\nLocation: \/sign-in/i)
      .and.not.include("evil");
  });

  it("survives requests that are none", async () => {
    const { hostname, port } = new URL(panel.url);
    for (const noise of [
      "\0\0\0\0\r\n\r\n",
      "GET\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(100_000)}\r\n\r\n`,
      "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      "GET /lists/%ff%fe HTTP/1.1\r\nHost: x\r\nCookie: =;;;\r\nConnection: close\r\n\r\n",
    ]) {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined);
      socket.resume().end(noise);
      await new Promise((closed) => socket.once("close", closed));
    }
    expect((await new Visitor(panel).get("/sign-in")).status).to.equal(200);
  });

  it("closes though a browser keeps a connection and a stream open", async () => {
    await panel.owner();
    await panel.list("news");
    const visitor = await Visitor.signedIn(panel, "olivia");
    const stream = await visitor.open("GET", "/lists/1/events", { headers: { Accept: "text/event-stream" } });
    expect(stream.status).to.equal(200);
    await panel.close();
    await stream.text();
  });
});

describe("with web.tls", () => {
  it("serves https itself, and sets secure cookies", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder.path, "cert.pem"), testCertificate);
    await writeFile(join(folder.path, "key.pem"), testKey);
    const tls = { cert: join(folder.path, "cert.pem"), key: join(folder.path, "key.pem") };
    const panel = await Panel.open({ config: { web: { listen: "127.0.0.1:0", tls } } });
    try {
      expect(panel.url).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
      const request = get(`${panel.url}/sign-in`, { rejectUnauthorized: false });
      const [response] = (await once(request, "response")) as [IncomingMessage];
      response.resume();
      expect(response.statusCode).to.equal(200);
      expect(response.headers["set-cookie"]?.join()).to.match(/; secure/i);
    } finally {
      await panel.close();
      await folder.remove();
    }
  });
});

describe("under a path of web.url", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open({ config: { web: { listen: "127.0.0.1:0", url: "http://example.org/lists" } } });
    await panel.owner();
  });
  afterEach(() => panel.close());

  it("all links stay below it, whether or not the proxy takes it off", async () => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    for (const path of ["/", "/lists/", "/lists"]) {
      const { status, text } = await visitor.get(path);
      expect(status, path).to.equal(200);
      const links = [...text.matchAll(/(?:href|src|action)="([^"#]+)"/g)].map(([, link]) => link);
      expect(links.length).to.be.greaterThan(4);
      for (const link of links) expect(link, path).to.match(/^\/lists\//);
    }
    expect((await visitor.post("/lists/sign-out")).location).to.equal("/lists/sign-in");
  });
});
