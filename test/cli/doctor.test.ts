/** What an operator is told before anybody misses a mail. */
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { Resolver } from "node:dns/promises";
import { writeFile } from "node:fs/promises";
import { expect } from "chai";
import { checkNames } from "../../server/cli/check-names.ts";
import { checkConfig } from "../../server/config.ts";
import { dnsServer } from "../support/dns-server.ts";
import type { Zone } from "../support/dns-server.ts";
import type { SinkScript } from "../support/sink-script.ts";
import { SmtpSink } from "../support/smtp-sink.ts";
import { Operator } from "./operator.ts";

const anyPort = { smtp: { listen: "127.0.0.1:0" }, web: { listen: "127.0.0.1:0" } };

describe("kairan doctor", () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function operatorWith(changes: object): Promise<Operator> {
    const operator = await Operator.open({ hostname: "localhost", ...changes });
    closers.push(() => operator.close());
    return operator;
  }
  async function sink(script: SinkScript = {}): Promise<SmtpSink> {
    const started = await SmtpSink.start(script);
    closers.push(() => started.stop());
    return started;
  }
  const states = (rows: readonly Record<string, unknown>[]): Record<string, unknown> =>
    Object.fromEntries(rows.map(({ check, state }) => [String(check), state]));

  it("finds nothing to mend where all is well, and sends no mail", async () => {
    const relay = await sink();
    const outbound = { relay: { host: "127.0.0.1", port: relay.port, tls: "none" } };
    const operator = await operatorWith({ ...anyPort, smtp: { listen: `127.0.0.1:${relay.port}` }, outbound });
    const rows = await operator.rows("doctor");
    expect(states(rows)).to.deep.equal({
      configuration: "ok",
      database: "ok",
      clock: "ok",
      disk: "ok",
      backup: "ok",
      queue: "ok",
      smtp: "ok",
      web: "unknown",
      "web.url": "unknown",
      relay: "ok",
      "address of localhost": "unknown",
      "MX of localhost": "unknown",
      "SPF of localhost": "unknown",
    });
    expect(relay.copies).to.have.lengthOf(0);
  });

  it("says what to mend, with status 1", async () => {
    const relay = await sink({ everyConnection: { at: "connect", say: "554 5.3.2 not today", then: "close" } });
    const outbound = { relay: { host: "127.0.0.1", port: relay.port, tls: "none" } };
    const operator = await operatorWith({ ...anyPort, web: { listen: `127.0.0.1:${relay.port}` }, outbound });
    const { status, out, err } = await operator.runs(["doctor"]);
    expect(status).to.equal(1);
    expect(out).to.match(/^MEND {2}relay .*554 5\.3\.2 not today; see outbound\.relay$/m);
    expect(out).to.match(/^MEND {2}web .* what listens there is not this server/m);
    expect(err).to.match(/^kairan: \d things to mend\n$/);
  });

  it("makes no database where there is none, nor goes on with a faulty configuration", async () => {
    const operator = await Operator.atFirst({ ...anyPort, hostname: "localhost" });
    closers.push(() => operator.close());
    for (const again of [1, 2])
      expect((await operator.runs(["doctor"])).out, `${again}`).to.match(/^MEND {2}database .* is not there/m);
    await writeFile(operator.path("config.json"), "{}");
    expect(await operator.fails("doctor", 2)).to.contain("hostname is missing");
  });

  it("tells a clock that stands behind what has happened", async () => {
    const operator = await operatorWith({ ...anyPort });
    await operator.does("list create news --sender anne@example.org");
    await operator.writes("a.eml", "From: anne@example.org\r\nSubject: hello\r\n\r\nhello\r\n");
    await operator.does("post news a.eml");
    operator.clock.isSetBack("1d");
    expect((await operator.runs(["doctor"])).out).to.match(/^MEND {2}clock .*set the clock/m);
  });

  describe("of DNS", () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const published = createPublicKey(privateKey).export({ type: "spki", format: "der" }).toString("base64");

    async function found(zone: Zone): Promise<readonly string[]> {
      const operator = await operatorWith({});
      await operator.writes("key.pem", privateKey.export({ type: "pkcs8", format: "pem" }));
      const config = checkConfig(
        {
          hostname: "mx.example.org",
          domains: ["lists.example.org"],
          outbound: { via: "outbox" },
          dkim: [{ domain: "lists.example.org", selector: "k", keyFile: "key.pem" }],
        },
        { file: "test", folder: operator.folder, trial: false },
      );
      const server = await dnsServer(zone);
      closers.push(server.close);
      const dns = new Resolver({ timeout: 2000, tries: 1 });
      dns.setServers([server.place]);
      return (await Promise.all(checkNames(config, dns))).map(({ state, says }) => `${state}: ${says}`);
    }

    it("finds that mail comes here and that copies are believed", async () => {
      const zone = {
        "A mx.example.org": ["192.0.2.7"],
        "MX lists.example.org": ["MX.example.org"],
        "TXT lists.example.org": ["google-site-verification=x", "v=spf1 mx -all"],
        "TXT k._domainkey.lists.example.org": [`v=DKIM1; k=rsa; p=${published}`],
      };
      expect(await found(zone)).to.deep.equal([
        "ok: 192.0.2.7",
        "ok: mx.example.org",
        "ok: v=spf1 mx -all",
        "ok: k._domainkey.lists.example.org is that of dkim.keyFile",
      ]);
    });

    it("says which records are wanting", async () => {
      const [host, mx, spf, key] = await found({});
      expect(host).to.contain("fault: ").and.contain("add an A or AAAA record");
      expect(mx).to.contain("fault: ").and.contain("lists.example.org. MX 10 mx.example.org.");
      expect(spf).to.contain("warning: ").and.contain("v=spf1");
      expect(key).to.contain("fault: ").and.contain(`p=${published}`);
    });

    it("says what is wrong with those that are there, and tells silence from absence", async () => {
      const [host, mx, spf, key] = await found({
        "A mx.example.org": "trouble",
        "MX lists.example.org": ["mail.example.net"],
        "TXT lists.example.org": ["v=spf1 mx -all", "v=spf1 -all"],
        "TXT k._domainkey.lists.example.org": ["v=DKIM1; p=AAAA"],
      });
      expect(host).to.match(/^unknown: DNS did not answer \(ESERVFAIL\)/);
      expect(mx).to.match(/^warning: mail\.example\.net: right if that server passes mail on/);
      expect(spf).to.match(/^fault: 2 records where there may be one/);
      expect(key).to.match(/^fault: k\._domainkey\.lists\.example\.org is another key/);
    });
  });
});
