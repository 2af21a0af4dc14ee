/** What `kairan doctor` says of DNS: that mail finds this server, and that others believe its copies. */
import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Resolver } from "node:dns/promises";
import type { Config } from "../config.ts";
import { troubleOf } from "./doctor-finding.ts";
import type { Finding } from "./doctor-finding.ts";
import { dnsRecords } from "./init-report.ts";

type Questions = Pick<Resolver, "resolve4" | "resolve6" | "resolveMx" | "resolveTxt">;

export function checkNames(config: Config, dns: Questions): readonly Promise<Finding>[] {
  const { hostname, domains, dkim } = config;
  const checks = [
    () => checkHost(hostname, dns),
    ...domains.flatMap((domain) => [() => checkMx(domain, config, dns), () => checkSpf(domain, config, dns)]),
    ...dkim.map((key) => () => checkKey(key, dns)),
  ];
  return checks.map((check) => check());
}

async function checkHost(hostname: string, dns: Questions): Promise<Finding> {
  return looked(`address of ${hostname}`, hostname, async () => {
    const found = (await Promise.all([records(dns.resolve4(hostname)), records(dns.resolve6(hostname))])).flat();
    if (found.length === 0)
      return { state: "fault", says: `DNS knows no address of ${hostname}: add an A or AAAA record` };
    return { state: "ok", says: found.join(", ") };
  });
}

async function checkMx(domain: string, config: Config, dns: Questions): Promise<Finding> {
  return looked(`MX of ${domain}`, domain, async () => {
    const hosts = (await records(dns.resolveMx(domain))).map(({ exchange }) =>
      exchange.toLowerCase().replace(/\.$/, ""),
    );
    const wanted = dnsRecords(config).find((record) => record.startsWith(`${domain}. MX`)) ?? "";
    if (hosts.length === 0) return { state: "fault", says: `none, so mail does not come here: add ${wanted}` };
    if (hosts.includes(config.hostname)) return { state: "ok", says: hosts.join(", ") };
    return {
      state: "warning",
      says: `${hosts.join(", ")}: right if that server passes mail on to this one, else add ${wanted}`,
    };
  });
}

async function checkSpf(domain: string, config: Config, dns: Questions): Promise<Finding> {
  return looked(`SPF of ${domain}`, domain, async () => {
    const texts = (await records(dns.resolveTxt(domain))).map((parts) => parts.join(""));
    const policies = texts.filter((text) => /^v=spf1( |$)/i.test(text));
    const wanted = dnsRecords(config).find((record) => record.startsWith(`${domain}. TXT`)) ?? "";
    if (policies.length === 0)
      return { state: "warning", says: `none, so copies may be taken for spam: add ${wanted}` };
    // RFC 7208 section 4.5: more than one is an error to every receiver.
    if (policies.length > 1)
      return { state: "fault", says: `${policies.length} records where there may be one: join them` };
    return { state: "ok", says: policies.join() };
  });
}

type SigningKey = { readonly domain: string; readonly selector: string; readonly privateKey: KeyObject };

async function checkKey({ domain, selector, privateKey }: SigningKey, dns: Questions): Promise<Finding> {
  const name = `${selector}._domainkey.${domain}`;
  return looked(`DKIM key of ${domain}`, domain, async () => {
    const texts = (await records(dns.resolveTxt(name))).map((parts) => parts.join(""));
    const published = texts.map((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replace(/\s/g, ""));
    const type = privateKey.asymmetricKeyType === "ed25519" ? "ed25519" : "rsa";
    const wanted = `${name}. TXT "v=DKIM1; k=${type}; p=${publicText(privateKey)}"`;
    if (published.includes(publicText(privateKey))) return { state: "ok", says: `${name} is that of dkim.keyFile` };
    const what = texts.length === 0 ? `${name} is not there` : `${name} is another key`;
    return { state: "fault", says: `${what}, so signatures do not hold: publish ${wanted}` };
  });
}

/** As DNS has it: RSA in SubjectPublicKeyInfo (RFC 6376 3.6.1), Ed25519 the 32 octets alone (RFC 8463 4). */
function publicText(privateKey: KeyObject): string {
  const octets = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  return (privateKey.asymmetricKeyType === "ed25519" ? octets.subarray(-32) : octets).toString("base64");
}

/** Of a name in this machine or office alone no other server asks. */
async function looked(check: string, name: string, look: () => Promise<Omit<Finding, "check">>): Promise<Finding> {
  if (!name.includes(".")) return { check, state: "unknown", says: `${name} is no name that others can look up` };
  try {
    return { check, ...(await look()) };
  } catch (error) {
    return { check, state: "unknown", says: `DNS did not answer (${troubleOf(error)}): ask again` };
  }
}

/** None where DNS says that there is none; rejects where it says nothing. */
async function records<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  return asked.catch((error: unknown) => {
    if (["ENODATA", "ENOTFOUND"].includes(troubleOf(error))) return [];
    throw error;
  });
}
