/** Somebody with a browser without scripts: keeps cookies, sends the forms that the pages hold, follows redirects when asked. */
import { password } from "./panel.ts";
import type { Panel } from "./panel.ts";

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
};

export class Visitor {
  readonly #base: string;
  readonly cookies = new Map<string, string>();
  /** Sent with everything; tests change it to be somebody else's browser. */
  headers: Record<string, string> = { Accept: "text/html,*/*", "Accept-Language": "en" };
  /** What the last page's forms carry. */
  csrf = "";

  constructor(panel: Pick<Panel, "url">) {
    this.#base = panel.url;
  }

  /** Signed in by password. */
  static async signedIn(panel: Pick<Panel, "url">, username: string): Promise<Visitor> {
    const visitor = new Visitor(panel);
    await visitor.get("/sign-in");
    const answer = await visitor.post("/sign-in", { username, password });
    if (answer.status !== 303) throw new Error(`${username} could not sign in: ${answer.status}`);
    await visitor.get("/");
    return visitor;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", path, { headers });
  }

  /** A form, with the last page's token unless another is given. */
  async post(
    path: string,
    fields: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = new URLSearchParams({ csrf: this.csrf, ...fields }).toString();
    return this.send("POST", path, {
      body,
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: this.#base, ...headers },
    });
  }

  async send(
    method: string,
    path: string,
    { body, headers = {} }: { readonly body?: string; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const response = await this.open(method, path, { headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    const token = /name="csrf" value="([^"]*)"/.exec(text)?.[1];
    if (token !== undefined) this.csrf = token;
    // What a view asked for and nobody gave stands there as a word, and no test would look for it.
    const slip = /^<!doctype html[^]*?(.{0,80}(?:\bundefined\b|\[object Object\]|\bNaN\b).{0,40})/i.exec(text)?.[1];
    if (slip !== undefined) throw new Error(`${method} ${path} shows ${slip}`);
    return { status: response.status, headers: response.headers, text, location: response.headers.get("location") };
  }

  /** The answer with its body unread. */
  async open(
    method: string,
    path: string,
    {
      body,
      headers = {},
      signal,
    }: {
      readonly body?: string | Buffer;
      readonly headers?: Record<string, string>;
      readonly signal?: AbortSignal;
    } = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(this.#base + path, {
      method,
      redirect: "manual",
      headers: { ...this.headers, ...(cookie !== "" && { cookie }), ...headers },
      ...(body !== undefined && { body: body as string | Buffer<ArrayBuffer> }),
      ...(signal && { signal }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** The page after the redirect. */
  async follow(answer: Answer): Promise<Answer> {
    if (answer.location === null) throw new Error(`no redirect but ${answer.status}`);
    return this.get(answer.location);
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** A page as people read it: no tags, entities resolved, white space as one space. */
export function readable(html: string): string {
  return html
    .replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

/** The fields and choices of a page, as its form would be sent untouched. */
export function asShown(html: string): Readonly<Record<string, string>> {
  const inputs = [...html.matchAll(/<input [^>]*>/g)].map(([tag]) => tag);
  const sent = inputs.filter((tag) => !/ type="(radio|checkbox|file)"/.test(tag) || tag.includes(" checked"));
  const chosen = [
    ...html.matchAll(/<select [^>]*name="([^"]+)"(?:(?!<\/select>)[\s\S])*?<option value="([^"]*)" selected/g),
  ];
  return {
    ...Object.fromEntries(chosen.map(([, name = "", value = ""]) => [name, value])),
    ...Object.fromEntries(sent.map((tag) => [attribute(tag, "name") ?? "", attribute(tag, "value") ?? "on"])),
  };
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll("&quot;", '"');
}
