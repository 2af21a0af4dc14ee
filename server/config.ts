/** Reads config.json into a frozen Config. Every mistake is reported at once, by key, before anything listens. */
import type { KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { dirname, isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { readKeyFile } from "./config/key-file.ts";
import { listenerUrl, parseListen } from "./config/listen-address.ts";
import { languages } from "./lists/mailing-list.ts";
import { parseDuration } from "./duration.ts";

export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(file: string, faults: readonly string[]) {
    super(`${file}: ${faults.join("; ")}`);
    this.faults = faults;
  }
}

const domain = z
  .string()
  .regex(
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
    "must be a domain name in lower case",
  );
const selector = z
  .string()
  .regex(/^[a-z0-9][\w-]*(\.[a-z0-9][\w-]*)*$/i, 'must be a name such as "kairan" or "2026-04"');
const duration = z
  .string()
  .transform(
    (text, context) => parseDuration(text) ?? fault(context, 'must be a duration such as "90s", "5m" or "4h"'),
  );
const count = (most: number) => z.number().int("must be a whole number").min(1).max(most);
const listen = z
  .string()
  .transform(
    (text, context) =>
      parseListen(text) ?? fault(context, 'must be an address and port such as "127.0.0.1:2525" or "[::]:25"'),
  );
const timezone = z.string().refine(isTimezone, 'must be a time zone such as "Asia/Tokyo"');
const network = z.string().refine(isNetwork, 'must be an address or network such as "10.0.0.0/8"');
const tlsFiles = z.strictObject({ cert: z.string().min(1), key: z.string().min(1) });
const webUrl = z
  .string()
  .refine(isWebUrl, "must be an http:// or https:// URL without query")
  .transform((url) => url.replace(/\/+$/, ""));

const limits = z.strictObject({
  connections: count(100_000).default(1000),
  connectionsPerAddress: count(100_000).default(50),
  recipients: count(10_000).default(100),
  errors: count(1000).default(10),
  session: duration.prefault("10m"),
  joinsPerHour: count(1_000_000).default(1000),
});

const smtp = z.strictObject({
  listen: listen.prefault("[::]:25"),
  tls: tlsFiles.optional(),
  maxMessageBytes: count(1_000_000_000).default(26_214_400),
  trusted: z.array(network).default([]),
  limits: limits.prefault({}),
});

const relay = z.strictObject({
  host: z.string().min(1),
  port: count(65_535).default(25),
  user: z.string().optional(),
  password: z.string().optional(),
  tls: z.enum(["none", "opportunistic", "required", "implicit"]).default("opportunistic"),
});

const outbound = z
  .strictObject({
    via: z
      .enum(["relay", "direct", "outbox"])
      .refine((via) => via !== "direct", '"direct" is promised for a later version; use "relay"')
      .default("relay"),
    relay: relay.optional(),
    connections: count(1000).default(20),
    retry: z.array(duration).max(50).prefault(["1m", "5m", "15m", "1h", "4h", "8h", "1d", "1d", "2d"]),
    timeout: duration.prefault("5m"),
  })
  // Asked whatever else is wrong beside it, so that all mistakes are told at once.
  .refine(({ via, relay }) => via !== "relay" || relay !== undefined, {
    path: ["relay"],
    message: 'is missing: name the relay, or set "via" to "outbox"',
    when: ({ value }) => isObject(value),
  });

const web = z.strictObject({
  listen: listen.prefault("127.0.0.1:8080"),
  url: webUrl.optional(),
  trustProxy: z.boolean().default(false),
  tls: tlsFiles.optional(),
});

/** The key is read here, once: a wrong one is told with all other faults, and none can be lost while the server runs. */
const dkim = (folder: string) =>
  z
    .strictObject({
      domain,
      selector,
      keyFile: z.string().transform((path, context) => signingKey(resolve(folder, path), context)),
    })
    .transform(({ keyFile, ...place }) => ({ ...place, privateKey: keyFile }));

/** `folder`: of relative paths. */
const schema = (folder: string) =>
  z
    .strictObject({
      hostname: domain,
      domains: z.array(domain).min(1).optional(),
      database: z.string().min(1).default("data/kairan.db"),
      timezone: timezone.default("Asia/Tokyo"),
      language: z.enum(languages).default("ja"),
      smtp: smtp.prefault({}),
      web: web.prefault({}),
      outbound: outbound.prefault({ via: "relay" }),
      dkim: z.array(dkim(folder)).default([]),
    })
    .transform((value) => ({
      ...value,
      domains: value.domains ?? [value.hostname],
      web: { ...value.web, url: value.web.url ?? listenerUrl(value.web) },
    }));

type Checked = z.output<ReturnType<typeof schema>>;

/** `dataFolder`: where what has no place of its own is kept. */
export type Config = Readonly<Checked> & { readonly trial: boolean; readonly dataFolder: string };

/** Throws ConfigError. Paths in it become absolute, relative to the file's folder. */
export function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError(file, [
      error instanceof Error && "code" in error && error.code === "ENOENT"
        ? "there is no such file"
        : `cannot be read (${String(error)})`,
    ]);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(file, [`is not JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  return checkConfig(parsed, { file, folder: dirname(resolve(file)), trial: false });
}

export function checkConfig(
  value: unknown,
  { file, folder, trial }: { readonly file: string; readonly folder: string; readonly trial: boolean },
): Config {
  const result = schema(folder).safeParse(value);
  if (!result.success) throw new ConfigError(file, result.error.issues.flatMap(faultLines));
  return Object.freeze({ ...withPaths(result.data, folder), trial, dataFolder: resolve(folder, "data") });
}

/** Without any config: everything on this machine, and no mail can leave it. */
export function trialConfig(folder: string): Config {
  const value = {
    hostname: "localhost",
    database: "data/trial/kairan.db",
    language: (process.env["LC_ALL"] ?? process.env["LANG"] ?? "").startsWith("ja") ? "ja" : "en",
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    smtp: { listen: "127.0.0.1:2525" },
    web: { listen: "127.0.0.1:8080" },
    outbound: { via: "outbox" },
  };
  return checkConfig(value, { file: "trial mode", folder, trial: true });
}

function withPaths<T extends Checked>(config: T, folder: string): T {
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const files = (tls: { cert: string; key: string } | undefined) =>
    tls === undefined ? {} : { tls: { cert: absolute(tls.cert), key: absolute(tls.key) } };
  const database = /^postgres(ql)?:\/\//.test(config.database) ? config.database : absolute(config.database);
  return {
    ...config,
    database,
    smtp: { ...config.smtp, ...files(config.smtp.tls) },
    web: { ...config.web, ...files(config.web.tls) },
  };
}

function faultLines(issue: z.core.$ZodIssue): readonly string[] {
  const key = issue.path.join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((name) => `${[...issue.path, name].join(".")} is no setting`);
  const missing = issue.code === "invalid_type" && issue.message.endsWith("received undefined");
  return [`${key === "" ? "the file" : key} ${missing ? "is missing" : faultText(issue)}`];
}

function faultText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `must be ${article(issue.expected)}`;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
  if (issue.code === "too_small")
    return issue.origin === "string" ? "must not be empty" : `must be at least ${issue.minimum}`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}`;
  return issue.message;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function article(kind: string): string {
  return kind === "array" ? "a list" : kind === "object" ? "an object" : `a ${kind}`;
}

function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "" && url.username === "";
}

function isNetwork(text: string): boolean {
  const [base = "", length, ...more] = text.split("/");
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(base)] ?? -1;
  return (
    more.length === 0 && most > 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= most))
  );
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function signingKey(path: string, context: z.core.$RefinementCtx): KeyObject {
  const key = readKeyFile(path);
  return typeof key === "string" ? fault(context, key) : key;
}

function fault(context: z.core.$RefinementCtx, message: string): never {
  context.addIssue({ code: "custom", message });
  return z.NEVER;
}
