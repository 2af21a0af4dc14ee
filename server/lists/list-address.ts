/** Which list and purpose a recipient's local part at one of our domains names. */

/** What mail to an address does; `token` belongs to bounces, confirm and unsubscribe. */
export type Purpose =
  "post" | "post-confirm" | "subscribe" | "unsubscribe" | "request" | "owner" | "bounces" | "confirm";

export type ListAddress = { readonly list: string; readonly purpose: Purpose; readonly token: string | undefined };

const suffixes: Readonly<Record<string, Purpose>> = {
  subscribe: "subscribe",
  join: "subscribe",
  unsubscribe: "unsubscribe",
  leave: "unsubscribe",
  request: "request",
  owner: "owner",
  bounces: "bounces",
  confirm: "confirm",
};

/** Purposes that may or must carry a token after a plus sign. */
const tokenRule: Readonly<Partial<Record<Purpose, "may" | "must">>> = {
  bounces: "must",
  confirm: "must",
  unsubscribe: "may",
};

/** RFC 5321 4.5.1, RFC 2142. */
const serverAddresses = ["postmaster", "abuse"] as const;
export type ServerAddress = (typeof serverAddresses)[number];
const listName = /^[a-z0-9._-]{1,30}$/;

/**
 * Reads an unquoted local part; case is ignored. Undefined: no address of any list could look like this. Whether the list
 * exists and the token is genuine is not decided here.
 */
export function readListAddress(localPart: string): ListAddress | undefined {
  const [base = "", token, ...more] = localPart.toLowerCase().split("+");
  if (more.length > 0) return undefined;
  const dash = base.lastIndexOf("-");
  const purpose = dash > 0 ? suffixes[base.slice(dash + 1)] : undefined;
  const list = purpose === undefined ? base : base.slice(0, dash);
  if (!listName.test(list)) return undefined;
  if (purpose === undefined) return postAddress(list, token);
  const rule = tokenRule[purpose];
  if ((token === undefined && rule === "must") || (token !== undefined && rule === undefined)) return undefined;
  return { list, purpose, token };
}

function postAddress(list: string, extension: string | undefined): ListAddress | undefined {
  if (extension === undefined) return { list, purpose: "post", token: undefined };
  return extension === "confirm" ? { list, purpose: "post-confirm", token: undefined } : undefined;
}

/** Which address of the people who run the server a local part is; undefined when it is none. */
export function serverAddress(localPart: string): ServerAddress | undefined {
  return serverAddresses.find((name) => name === localPart.toLowerCase());
}

/** Why a name can be no list's name, as a key of the words table; undefined when it can. */
export function listNameFault(name: string): "list-name-shape" | "list-name-reserved" | undefined {
  if (!listName.test(name) || name.startsWith(".") || name.endsWith(".") || name.includes(".."))
    return "list-name-shape";
  const suffix = name.slice(name.lastIndexOf("-") + 1);
  return serverAddress(name) !== undefined || suffixes[suffix] !== undefined ? "list-name-reserved" : undefined;
}
