/** A browser signed in to the panel: keeps its cookies, sends the form of the sign-in link, and times what it asks for. */
import type { Town } from "./town.ts";

export type Timed = { readonly milliseconds: number; readonly octets: number };

export class PanelVisitor {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  static async signedIn({ webUrl, signIn }: Town): Promise<PanelVisitor> {
    const visitor = new PanelVisitor(webUrl);
    await visitor.send(signIn, {});
    return visitor;
  }

  /** From the request to the page's last octet. Throws unless there is such a page. */
  async time(path: string): Promise<Timed> {
    const begun = performance.now();
    const answer = await this.#ask(path);
    const octets = (await answer.arrayBuffer()).byteLength;
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return { milliseconds: performance.now() - begun, octets };
  }

  /** Where the form leads to. Throws unless it was taken. */
  async send(path: string, form: Readonly<Record<string, string>>): Promise<string> {
    const csrf = /name="csrf" value="([^"]*)"/.exec(await (await this.#ask(path)).text())?.[1] ?? "";
    const answer = await this.#ask(path, new URLSearchParams({ ...form, csrf }));
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status}`);
    return answer.headers.get("Location") ?? "";
  }

  async #ask(path: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(this.#base + path, {
      redirect: "manual",
      headers: { Cookie: cookie, Accept: "text/html", Origin: this.#base },
      ...(body !== undefined && { method: "POST", body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
      this.#cookies.set(name, value);
    }
    return answer;
  }
}
