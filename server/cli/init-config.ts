/** The configuration that `kairan init` puts together: its questions, what it proposes, and the rules of config.ts for each answer. */
import { hostname as machineName } from "node:os";
import { ConfigError, checkConfig } from "../config.ts";
import { languages } from "../lists/mailing-list.ts";

type Relay = {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  readonly tls?: string;
};

/** As it is written to config.json; what is left out has its default. */
export type Draft = {
  readonly hostname: string;
  readonly domains?: readonly string[];
  readonly language?: string;
  readonly timezone?: string;
  readonly web?: { readonly url: string };
  readonly outbound: { readonly via: "outbox" } | { readonly relay: Relay };
};

export type Step = {
  readonly option: string;
  readonly text: string;
  /** Of the configuration: faults there are the answer's. */
  readonly key: string;
  readonly proposal: (draft: Draft) => string;
  readonly put: (draft: Draft, answer: string) => Draft;
  readonly hidden?: true;
  /** Whether there is anything to ask. */
  readonly applies?: (draft: Draft) => boolean;
};

export const emptyDraft: Draft = { hostname: "", outbound: { via: "outbox" } };

export const steps: readonly Step[] = [
  {
    option: "hostname",
    text: "This server's name in mail, as in DNS",
    key: "hostname",
    proposal: () => {
      const name = machineName().toLowerCase();
      return faultOf({ ...emptyDraft, hostname: name }, "hostname") === undefined ? name : "localhost";
    },
    put: (draft, answer) => ({ ...draft, hostname: answer.toLowerCase() }),
  },
  {
    option: "domains",
    text: "Domains whose lists it serves (several with commas between)",
    key: "domains",
    proposal: (draft) => draft.hostname,
    put: (draft, answer) => ({ ...draft, domains: answer.toLowerCase().split(/[\s,]+/) }),
  },
  {
    option: "url",
    text: "Address of its pages, as people open them",
    key: "web.url",
    proposal: ({ hostname }) => (hostname.includes(".") ? `https://${hostname}` : "http://127.0.0.1:8080"),
    put: (draft, answer) => ({ ...draft, web: { url: answer } }),
  },
  {
    option: "language",
    text: `Language of pages and mails (${languages.join(", ")})`,
    key: "language",
    proposal: () => ((process.env["LC_ALL"] ?? process.env["LANG"] ?? "").startsWith("ja") ? "ja" : "en"),
    put: (draft, answer) => ({ ...draft, language: answer }),
  },
  {
    option: "timezone",
    text: "Time zone",
    key: "timezone",
    proposal: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    put: (draft, answer) => ({ ...draft, timezone: answer }),
  },
  {
    option: "relay",
    text: "Server that takes the copies out, as HOST:PORT (none: keep them here and send nothing)",
    key: "outbound",
    proposal: () => "none",
    put: (draft, answer) => ({
      ...draft,
      outbound: answer === "none" ? { via: "outbox" } : { relay: readRelay(answer) },
    }),
  },
  {
    option: "relay-user",
    text: "User name there (none: it asks for none)",
    key: "outbound.relay.user",
    proposal: () => "none",
    put: (draft, answer) => (answer === "none" ? draft : withRelay(draft, { user: answer })),
    applies: (draft) => "relay" in draft.outbound,
  },
  {
    option: "relay-password",
    text: "Password there (it is not shown while you type)",
    key: "outbound.relay.password",
    proposal: () => "",
    put: (draft, answer) => withRelay(draft, { password: answer }),
    hidden: true,
    applies: ({ outbound }) => "relay" in outbound && outbound.relay.user !== undefined,
  },
  {
    option: "relay-tls",
    text: "Encryption there (none, opportunistic, required, implicit)",
    key: "outbound.relay.tls",
    proposal: ({ outbound }) => {
      if (!("relay" in outbound)) return "";
      if (outbound.relay.port === 465) return "implicit";
      return outbound.relay.user === undefined ? "opportunistic" : "required";
    },
    put: (draft, answer) => withRelay(draft, { tls: answer }),
    applies: (draft) => "relay" in draft.outbound,
  },
];

/** What is wrong at the key, by the rules of the configuration. */
export function faultOf(draft: Draft, key: string): string | undefined {
  try {
    checkConfig(draft, { file: "config.json", folder: ".", trial: false });
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.find((fault) => fault.startsWith(`${key} `) || fault.startsWith(`${key}.`));
  }
}

/** As it goes into the file; `isShown`: for eyes, without the password. */
export function draftText(draft: Draft, { isShown }: { readonly isShown: boolean }): string {
  const hide = (key: string, value: unknown): unknown => (isShown && key === "password" ? "…" : value);
  const { hostname, domains, ...rest } = draft;
  const isUsual = domains?.length === 1 && domains[0] === hostname;
  return `${JSON.stringify({ hostname, ...(!isUsual && { domains }), ...rest }, hide, 2)}\n`;
}

/** 587, where most providers take mail of their customers, when no port is said. */
function readRelay(answer: string): Relay {
  const [, host = answer, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(answer) ?? [];
  return { host: host.replace(/^\[|\]$/g, ""), port: port === undefined ? 587 : Number(port) };
}

function withRelay(draft: Draft, more: Partial<Relay>): Draft {
  return "relay" in draft.outbound ? { ...draft, outbound: { relay: { ...draft.outbound.relay, ...more } } } : draft;
}
