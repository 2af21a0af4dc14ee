/** config.json: what is read from it, and how it is refused. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Config, ConfigError, checkConfig, readConfig, trialConfig } from "../server/config.ts";
import { type TemporaryFolder, temporaryFolder } from "./support/temporary-folder.ts";

const checkout = fileURLToPath(new URL("..", import.meta.url));
const relay = { outbound: { relay: { host: "relay.example.org" } } };
const minimal = { hostname: "lists.example.org", ...relay };

const pem = generateKeyPairSync("ed25519", {
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

const check = (value: unknown): Config =>
  checkConfig(value, { file: "config.json", folder: "/srv/kairan", trial: false });

function faults(value: unknown): readonly string[] {
  try {
    check(value);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe("the configuration", () => {
  it("needs a host name and a relay, and has a default for all else", () => {
    const config = check(minimal);
    expect(config).to.deep.include({
      domains: ["lists.example.org"],
      database: "/srv/kairan/data/kairan.db",
      timezone: "Asia/Tokyo",
      language: "ja",
      trial: false,
      dataFolder: "/srv/kairan/data",
    });
    expect(config.smtp).to.deep.include({ listen: { host: "::", port: 25 }, maxMessageBytes: 26_214_400, trusted: [] });
    expect(config.smtp.limits).to.deep.equal({
      connections: 1000,
      connectionsPerAddress: 50,
      recipients: 100,
      errors: 10,
      session: 600_000,
      joinsPerHour: 1000,
    });
    expect(config.web).to.deep.include({
      listen: { host: "127.0.0.1", port: 8080 },
      url: "http://127.0.0.1:8080",
      trustProxy: false,
    });
    expect(config.dkim).to.deep.equal([]);
    expect(config.outbound).to.deep.include({ via: "relay", connections: 20, timeout: 300_000 });
    expect(config.outbound.relay).to.deep.equal({ host: "relay.example.org", port: 25, tls: "opportunistic" });
    expect(config.outbound.retry).to.deep.equal([
      60_000, 300_000, 900_000, 3_600_000, 14_400_000, 28_800_000, 86_400_000, 86_400_000, 172_800_000,
    ]);
  });

  it("has every mistake said at once, by key", () => {
    const said = faults({
      hostname: "Lists.Example.org",
      languages: "ja",
      timezone: "Mars/Olympus",
      smtp: { listen: "25", maxMessageBytes: "25 MB", limits: { session: 10, errors: 0 }, trusted: ["home"] },
      web: { url: "ftp://example.org", trustProxy: "yes" },
      outbound: { via: "relay", retry: ["1m", "soon"], connections: 1.5, relay: { port: 70_000, tls: "always" } },
    });
    const keys = [
      "hostname",
      "languages",
      "timezone",
      "smtp.listen",
      "smtp.maxMessageBytes",
      "smtp.limits.session",
      "smtp.limits.errors",
      "smtp.trusted.0",
      "web.url",
      "web.trustProxy",
      "outbound.retry.1",
      "outbound.connections",
      "outbound.relay.port",
      "outbound.relay.tls",
      "outbound.relay.host",
    ];
    for (const key of keys)
      expect(
        said.some((fault) => fault.startsWith(`${key} `)),
        key,
      ).to.equal(true);
    expect(said).to.include("languages is no setting").and.include("outbound.relay.host is missing");
  });

  it("says that the relay is missing, and that direct sending comes later", () => {
    expect(faults({ hostname: "a.example" })).to.deep.equal([
      'outbound.relay is missing: name the relay, or set "via" to "outbox"',
    ]);
    expect(faults({ hostname: "a.example", outbound: { via: "direct" } })[0]).to.contain("later version");
  });

  it("refuses what is no object", () => {
    for (const value of [[], "text", null, 7]) expect(faults(value)[0]).to.contain("the file must be an object");
  });

  it("takes paths relative to the file's folder, and leaves PostgreSQL's address alone", () => {
    const tls = { cert: "tls/a.crt", key: "/etc/a.key" };
    const config = check({ ...minimal, database: "postgres://kairan@db/kairan", smtp: { tls } });
    expect(config.database).to.equal("postgres://kairan@db/kairan");
    expect(config.smtp.tls).to.deep.equal({ cert: "/srv/kairan/tls/a.crt", key: "/etc/a.key" });
  });

  it("makes the base of links from the listener where none is named, without a slash at the end", () => {
    expect(check({ ...minimal, web: { listen: "[::1]:8443", tls: { cert: "a", key: "b" } } }).web.url).to.equal(
      "https://[::1]:8443",
    );
    expect(check({ ...minimal, web: { url: "https://kairan.example.org/lists/" } }).web.url).to.equal(
      "https://kairan.example.org/lists",
    );
  });

  describe("file", () => {
    let folder: TemporaryFolder;
    before(async () => {
      folder = await temporaryFolder();
    });
    after(() => folder.remove());

    it("may be missing, unreadable or no JSON, and says which", async () => {
      expect(() => readConfig(join(folder.path, "none.json"))).to.throw(ConfigError, "there is no such file");
      expect(() => readConfig(folder.path)).to.throw(ConfigError, "cannot be read");
      await writeFile(join(folder.path, "half.json"), '{"hostname": ');
      expect(() => readConfig(join(folder.path, "half.json"))).to.throw(ConfigError, "is not JSON");
    });
  });

  describe("of keys to sign with", () => {
    let folder: TemporaryFolder;
    before(async () => {
      folder = await temporaryFolder();
      await writeFile(join(folder.path, "good.pem"), pem.privateKey);
      await writeFile(join(folder.path, "public.pem"), pem.publicKey);
      await writeFile(join(folder.path, "text.pem"), "no key");
    });
    after(() => folder.remove());

    const signing = (...dkim: readonly object[]) => ({ ...minimal, dkim });
    const read = (value: unknown): Config =>
      checkConfig(value, { file: "config.json", folder: folder.path, trial: false });

    it("holds them, read from files beside it", () => {
      const [key] = read(signing({ domain: "a.example", selector: "2026-04", keyFile: "good.pem" })).dkim;
      expect(key).to.include({ domain: "a.example", selector: "2026-04" });
      expect(key?.privateKey.asymmetricKeyType).to.equal("ed25519");
    });

    it("has what is wrong with each said, with all other faults", () => {
      const place = { domain: "a.example", selector: "s" };
      const keys = ["none.pem", "public.pem", "text.pem", "."].map((keyFile) => ({ ...place, keyFile }));
      const value = {
        ...signing(...keys, { domain: "A", selector: "a b", keyFile: "none.pem" }, place),
        language: "fr",
      };
      const said = (() => {
        try {
          read(value);
        } catch (error) {
          if (error instanceof ConfigError) return error.faults;
        }
        return [];
      })();
      expect(said.map((fault) => fault.split(" ")[0])).to.have.members([
        "language",
        "dkim.0.keyFile",
        "dkim.1.keyFile",
        "dkim.2.keyFile",
        "dkim.3.keyFile",
        "dkim.4.domain",
        "dkim.4.selector",
        "dkim.4.keyFile",
        "dkim.5.keyFile",
      ]);
      expect(said.find((fault) => fault.startsWith("dkim.0"))).to.match(/names no file: .*none\.pem$/);
      expect(said.find((fault) => fault.startsWith("dkim.1"))).to.contain("public key");
      expect(said).to.include("dkim.5.keyFile is missing");
    });
  });

  it("of the trial lets no mail leave, and keeps to this machine", () => {
    const config = trialConfig("/srv/kairan");
    expect(config).to.deep.include({
      trial: true,
      database: "/srv/kairan/data/trial/kairan.db",
      domains: ["localhost"],
    });
    expect(config.outbound.via).to.equal("outbox");
    expect([config.smtp.listen, config.web.listen]).to.deep.equal([
      { host: "127.0.0.1", port: 2525 },
      { host: "127.0.0.1", port: 8080 },
    ]);
  });
});

describe("config.example.json", () => {
  const file = join(checkout, "config.example.json");
  const example = JSON.parse(readFileSync(file, "utf8")) as object;

  it("is a configuration that Kairan takes once its key is there", async () => {
    const folder = await temporaryFolder();
    try {
      const key = join(folder.path, "dkim/lists.example.org.key");
      await mkdir(dirname(key));
      await writeFile(key, pem.privateKey);
      await copyFile(file, join(folder.path, "config.json"));
      const config = readConfig(join(folder.path, "config.json"));
      expect([config.hostname, config.dkim[0]?.selector]).to.deep.equal(["lists.example.org", "kairan"]);
    } finally {
      await folder.remove();
    }
  });

  it("shows every key there is, and no other", () => {
    expect(keysOf(example)).to.have.members(Object.keys(everyKey));
  });

  it("has the keys of the README's table", () => {
    const readme = join(checkout, "README.md");
    // Only a checkout that is not whole yet lacks it.
    if (!existsSync(readme)) return;
    const table = readFileSync(readme, "utf8").matchAll(/^\| (`[^|]+`) \| [^|]+ \| .+ \|$/gm);
    const keys = [...table].flatMap(([, cell = ""]) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, key = ""]) => key));
    expect(keys).to.have.members(keysOf(example));
  });
});

/** A list of sections has the keys of its first. */
function keysOf(value: object, path = ""): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const section: unknown = Array.isArray(inner) ? inner[0] : inner;
    return typeof section === "object" && section !== null ? keysOf(section, `${path}${key}.`) : [`${path}${key}`];
  });
}

/** What a key's value may be without being a section of further keys: `listen` is written as one text. */
type Plain =
  | string
  | number
  | boolean
  | readonly unknown[]
  | { readonly host: string; readonly port: number; readonly user?: never; readonly tls?: never };
type Keys<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends Plain ? K : `${K}.${Keys<NonNullable<T[K]>>}`;
}[keyof T & string];

/** The file of a key becomes the key. */
type DkimKeys = `dkim.${Exclude<keyof Config["dkim"][number], "privateKey"> | "keyFile"}`;

/** The compiler holds this equal to the schema: a key more or less does not compile. */
const everyKey: Readonly<Record<Exclude<Keys<Config>, "trial" | "dataFolder" | "dkim"> | DkimKeys, true>> = {
  hostname: true,
  domains: true,
  database: true,
  timezone: true,
  language: true,
  "smtp.listen": true,
  "smtp.tls.cert": true,
  "smtp.tls.key": true,
  "smtp.maxMessageBytes": true,
  "smtp.trusted": true,
  "smtp.limits.connections": true,
  "smtp.limits.connectionsPerAddress": true,
  "smtp.limits.recipients": true,
  "smtp.limits.errors": true,
  "smtp.limits.session": true,
  "smtp.limits.joinsPerHour": true,
  "web.listen": true,

  "web.url": true,
  "web.trustProxy": true,
  "web.tls.cert": true,
  "web.tls.key": true,
  "outbound.via": true,
  "outbound.relay.host": true,
  "outbound.relay.port": true,
  "outbound.relay.user": true,
  "outbound.relay.password": true,
  "outbound.relay.tls": true,
  "outbound.connections": true,
  "outbound.retry": true,
  "outbound.timeout": true,
  "dkim.domain": true,
  "dkim.selector": true,
  "dkim.keyFile": true,
};
