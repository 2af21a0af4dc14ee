/** AUTH PLAIN (RFC 4616) or LOGIN with the relay's password, which no text that leaves here ever shows. */
import { OpeningTrouble } from "./ask.ts";
import type { Ask } from "./ask.ts";
import { classify } from "./classify.ts";
import { replyText } from "./reply.ts";
import type { Reply } from "./reply.ts";

export type Authentication = {
  readonly ask: Ask;
  /** Mechanisms that the server offers, in capitals. */
  readonly offered: ReadonlySet<string>;
  readonly user: string;
  readonly password: string;
};

/** Rejects with OpeningTrouble when the server offers neither mechanism or refuses. */
export async function authenticate(authentication: Authentication): Promise<void> {
  const reply = await (authentication.offered.has("PLAIN") ? plain(authentication) : login(authentication));
  if (classify("auth", reply) !== "go-on") throw refused(reply, authentication);
}

function plain({ ask, user, password }: Authentication): Promise<Reply> {
  return ask("auth", `AUTH PLAIN ${base64(`\0${user}\0${password}`)}`);
}

/** Never became a standard, but is all that some providers offer: two prompts, two answers. */
async function login(authentication: Authentication): Promise<Reply> {
  const { ask, offered, user, password } = authentication;
  if (!offered.has("LOGIN")) throw new OpeningTrouble("the server offers neither AUTH PLAIN nor AUTH LOGIN");
  const forName = await ask("auth", "AUTH LOGIN");
  if (forName.code !== 334) throw refused(forName, authentication);
  const forPassword = await ask("auth", base64(user));
  if (forPassword.code !== 334) throw refused(forPassword, authentication);
  return ask("auth", base64(password));
}

/** A server may repeat what it was sent, so the secrets are taken out before its words are kept. */
function refused(reply: Reply, { user, password }: Authentication): OpeningTrouble {
  const secrets = [base64(`\0${user}\0${password}`), base64(password), password].filter((secret) => secret !== "");
  const lines = reply.lines.map((line) => secrets.reduce((said, secret) => said.replaceAll(secret, "(hidden)"), line));
  return new OpeningTrouble(replyText({ ...reply, lines }));
}

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
