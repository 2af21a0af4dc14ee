/** What `kairan init` says at its end: what is there, how to sign in, what DNS must say, and what to do next. */
import type { Config } from "../config.ts";

export type InitReport = {
  readonly file: string;
  /** What every later command needs to find it; empty where it is the `config.json` that they look for. */
  readonly option: string;
  readonly isNew: boolean;
  readonly config: Config;
  readonly owner: string;
  /** Signs the owner in once; undefined where there was an owner before. */
  readonly link: string | undefined;
  readonly list: string | undefined;
  readonly hasLists: boolean;
};

/** By which mail finds this server, and others believe its copies. */
export function dnsRecords({ hostname, domains, outbound }: Config): readonly string[] {
  const spf = outbound.via === "relay" ? `"v=spf1 mx include:YOUR-RELAY -all"` : `"v=spf1 mx -all"`;
  return domains.flatMap((domain) => [`${domain}. MX 10 ${hostname}.`, `${domain}. TXT ${spf}`]);
}

export function initReport(report: InitReport): string {
  return [
    ...whatIsThere(report),
    "",
    "DNS (your provider's pages say how; the relay's, what stands for YOUR-RELAY):",
    ...dnsRecords(report.config).map((record) => `  ${record}`),
    "",
    ...next(report),
  ].join("\n");
}

function whatIsThere({ file, option, isNew, config, owner, link, list }: InitReport): readonly string[] {
  const kept = config.outbound.via === "outbox" ? ["Copies are kept here and not sent (outbound.via)."] : [];
  return [
    `${isNew ? "Written" : "There already"}: ${file}`,
    `Database: ${config.database.replace(/:\/\/.*@/, "://…@")}`,
    ...(list === undefined ? [] : [`List: ${list}`]),
    ...kept,
    ...(link === undefined
      ? [`Owner: ${owner}. Locked out? npx kairan admin link ${owner}${option} prints a link that signs in once.`]
      : [`Owner: ${owner}. Once the server runs, this link signs in, once, within a day:`, `  ${link}`]),
  ];
}

function next({ option, config, owner, hasLists }: InitReport): readonly string[] {
  const port = config.smtp.listen.port;
  const make = hasLists ? [] : [`  npx kairan list create news --title "Town news" --admin ${owner}${option}`];
  return [
    "Next (doctor says what is still wanting: port, DNS, relay):",
    // Without it, a trial would start instead.
    `  npm start${option === "" ? "" : ` --${option}`}`,
    `  npx kairan doctor${option}`,
    ...make,
    ...(port < 1024
      ? [`Port ${port} needs a right of its own; the README's "first list" tells three ways to give it.`]
      : []),
  ];
}
