/** Encryption and passwords towards the relay: when they are used, and that neither is ever given up where it is asked for. */
import { expect } from "chai";
import tls from "node:tls";
import type { Courier } from "../../server/delivery/courier.ts";
import type { Relay, RelayTls } from "../../server/delivery/relay.ts";
import { createSmtpCourier } from "../../server/delivery/smtp-courier.ts";
import { CopyList, people } from "../support/copy-list.ts";
import type { SinkScript } from "../support/sink-script.ts";
import { SmtpSink } from "../support/smtp-sink.ts";
import { testCertificate } from "../support/test-certificate.ts";

const bart = "bart@b.example";
const user = "kairan";
const password = "p4ss w0rd\u00e9";
const credentials = { user, password };

describe("the SMTP courier's relay", () => {
  let sink: SmtpSink;
  let courier: Courier;
  let list: CopyList;
  let logged: string;
  const usual = tls.getCACertificates("default");

  beforeEach(() => {
    logged = "";
  });

  afterEach(async function () {
    tls.setDefaultCACertificates(usual);
    await stop();
    if (this.currentTest?.state === "failed") console.error(sink.transcript);
  });

  async function stop(): Promise<void> {
    await courier.stop(0);
    await sink.stop();
  }

  async function carry(mode: RelayTls, script: SinkScript, more: Partial<Relay> = {}): Promise<void> {
    list = new CopyList(bart);
    sink = await SmtpSink.start(script);
    const relay = { host: "127.0.0.1", port: sink.port, tls: mode, ...more };
    const log = { warn: (event: string, fields?: object) => void (logged += event + JSON.stringify(fields)) };
    courier = createSmtpCourier({
      source: list,
      relay,
      hostname: "kairan.example",
      connections: 1,
      timeoutMs: 500,
      log,
    });
    await list.sentBy(courier);
    expect(sink.violations).to.deep.equal([]);
  }

  function trustTheSink(): void {
    tls.setDefaultCACertificates([...usual, testCertificate]);
  }

  describe("with opportunistic encryption", () => {
    it("gets copies encrypted, whatever its certificate", async () => {
      await carry("opportunistic", { tls: "starttls" });
      expect(sink.copies[0]?.encrypted).to.equal(true);
      expect(sink.dialogue.filter((line) => line.includes("C: EHLO"))).to.have.length(2);
    });

    it("gets them in plain text where it offers nothing else", async () => {
      await carry("opportunistic", {});
      expect(sink.copies[0]?.encrypted).to.equal(false);
    });

    it("gets them in plain text on the same connection where it refuses STARTTLS", async () => {
      await carry("opportunistic", {
        tls: "starttls",
        connections: { 1: { at: "starttls", say: "454 4.7.0 not now" } },
      });
      expect(sink.copies[0]).to.include({ encrypted: false, connection: 1 });
    });

    for (const then of ["close", "reset", "silence"] as const) {
      it(`gets them in plain text on the next connection where the handshake fails (${then}), in one attempt`, async () => {
        await carry("opportunistic", {
          tls: "starttls",
          connections: { 1: { at: "starttls", say: "220 go on", then } },
        });
        expect(sink.copies[0]).to.include({ encrypted: false, connection: 2 });
        expect(list.kinds()).to.deep.equal({ sent: 1 });
      });
    }
  });

  describe("with required encryption", () => {
    it("gets copies when its certificate is good, by address or name", async () => {
      trustTheSink();
      await carry("required", { tls: "starttls" });
      expect(sink.copies[0]?.encrypted).to.equal(true);
    });

    it("gets nothing when its certificate is not", async () => {
      await carry("required", { tls: "starttls" });
      expect(list.outcome(bart)?.kind).to.equal("deferred");
      expect(list.outcome(bart)?.reply).to.match(/^no TLS: [A-Z_]+$/);
      expect(sink.copies).to.deep.equal([]);
    });

    it("gets nothing when it offers no STARTTLS, refuses it or breaks the handshake", async () => {
      await carry("required", {});
      expect(list.outcome(bart)).to.include({
        kind: "deferred",
        reply: "the server offers no STARTTLS, and encryption is required",
      });
      await stop();
      await carry("required", { tls: "starttls", everyConnection: { at: "starttls", say: "454 4.7.0 not now" } });
      expect(list.outcome(bart)).to.include({ kind: "deferred", reply: "454 4.7.0 not now" });
      await stop();
      await carry("required", {
        tls: "starttls",
        everyConnection: { at: "starttls", say: "220 go on", then: "close" },
      });
      expect(list.outcome(bart)?.kind).to.equal("deferred");
      expect(sink.dialogue.join()).to.not.include("MAIL");
    });

    it("is not believed what was said in plain text after its yes to STARTTLS", async () => {
      trustTheSink();
      await carry("required", {
        tls: "starttls",
        connections: { 1: { at: "starttls", say: "220 go on\n250 injected" } },
      });
      expect(list.outcome(bart)).to.include({
        kind: "deferred",
        reply: "something was sent between STARTTLS and the handshake",
      });
    });
  });

  describe("with implicit encryption", () => {
    it("gets copies when its certificate is good", async () => {
      trustTheSink();
      await carry("implicit", { tls: "implicit" });
      expect(sink.copies[0]?.encrypted).to.equal(true);
    });

    it("gets nothing when its certificate is not, or when it speaks plain text", async () => {
      await carry("implicit", { tls: "implicit" });
      expect(list.outcome(bart)?.kind).to.equal("deferred");
      await stop();
      await carry("implicit", {});
      expect(list.outcome(bart)?.kind).to.equal("deferred");
      expect(sink.copies).to.deep.equal([]);
    });
  });

  describe("that asks for a password", () => {
    for (const mechanisms of ["PLAIN LOGIN", "LOGIN"]) {
      it(`gets it by AUTH ${mechanisms.split(" ")[0]} where it offers ${mechanisms}`, async () => {
        await carry("opportunistic", { tls: "starttls", login: { ...credentials, mechanisms } }, credentials);
        expect(sink.copies[0]?.encrypted).to.equal(true);
        expect(sink.dialogue.join("\n")).to.include(`C: AUTH ${mechanisms.split(" ")[0]}`);
      });
    }

    it("is not told it in plain text, unless encryption is switched off", async () => {
      await carry("opportunistic", { login: { ...credentials, mechanisms: "PLAIN" } }, credentials);
      expect(list.outcome(bart)?.reply).to.equal("no password is sent over a connection that is not encrypted");
      expect(sink.dialogue.join()).to.not.include("C: AUTH");
      await stop();
      await carry("none", { login: { ...credentials, mechanisms: "PLAIN" } }, credentials);
      expect(list.kinds()).to.deep.equal({ sent: 1 });
    });

    it("defers the copy when it refuses the password, and no text shows the password though the server repeats it", async () => {
      for (const mechanisms of ["PLAIN", "LOGIN"]) {
        const other = { user: "somebody", password: "else", mechanisms };
        await carry("none", { login: other }, credentials);
        const said = `${logged} ${list.outcome(bart)?.reply ?? ""}`;
        expect(list.outcome(bart)?.kind).to.equal("deferred");
        expect(said).to.match(/535 5\.7\.8 bad credentials \(hidden\)/);
        expect(said).to.not.include(password);
        expect(said).to.not.include(Buffer.from(password).toString("base64"));
        expect(said).to.not.include(Buffer.from(`\0${user}\0${password}`).toString("base64"));
        await stop();
      }
    });

    it("defers the copy when it offers no mechanism that we know", async () => {
      await carry("none", { login: { ...credentials, mechanisms: "CRAM-MD5" } }, credentials);
      expect(list.outcome(bart)?.reply).to.equal("the server offers neither AUTH PLAIN nor AUTH LOGIN");
    });
  });

  it("is named by the configured name and the address that answered", async () => {
    await carry("none", {}, { host: "localhost" });
    expect(list.outcome(bart)?.host).to.equal("localhost [127.0.0.1]");
  });

  it("carries many copies encrypted in one session", async () => {
    await carry("opportunistic", { tls: "starttls" });
    list.add(...people(50));
    await list.sentBy(courier);
    expect(sink.copies.filter(({ encrypted }) => encrypted)).to.have.length(51);
    expect(sink.connections).to.equal(1);
  });
});
