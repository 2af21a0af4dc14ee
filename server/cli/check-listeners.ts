/** What `kairan doctor` says of the ports: whether the server answers there, or could listen there. */
import { request as requestPlain } from "node:http";
import { request as requestEncrypted } from "node:https";
import { connect, createServer } from "node:net";
import type { Config } from "../config.ts";
import type { ListenAddress } from "../config/listen-address.ts";
import { answerMs, troubleOf } from "./doctor-finding.ts";
import type { Finding } from "./doctor-finding.ts";

type Port = { readonly check: string; readonly listen: ListenAddress; readonly ask: () => Promise<string> };

export function checkListeners(config: Config): readonly Promise<Finding>[] {
  const { smtp, web } = config;
  return [
    checkPort({ check: "smtp", listen: smtp.listen, ask: () => greeting(smtp.listen) }),
    checkPort({ check: "web", listen: web.listen, ask: () => pageStatus(config) }),
    checkUrl(config),
  ];
}

async function checkPort({ check, listen, ask }: Port): Promise<Finding> {
  const place = `${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${listen.port}`;
  if (listen.port === 0) return { check, state: "unknown", says: `${place}: a free port is taken at the start` };
  try {
    return { check, state: "ok", says: `${place} answers: ${await ask()}` };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble !== "ECONNREFUSED")
      return { check, state: "fault", says: `${place}: what listens there is not this server (${trouble})` };
  }
  const refused = await triedToListen(listen);
  if (refused === undefined) return { check, state: "warning", says: `${place} is free: start the server (npm start)` };
  const right = refused === "EACCES" ? `; the README's "first list" tells three ways to give it the right` : "";
  return { check, state: "fault", says: `the server could not listen at ${place} (${refused})${right}` };
}

/** The name that leads here from here: "every address" is none to connect to. */
function hostOf({ host }: ListenAddress): string {
  return host === "::" || host === "0.0.0.0" ? "localhost" : host;
}

/** What an SMTP server says first. */
function greeting(listen: ListenAddress): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect({ host: hostOf(listen), port: listen.port });
  let said = "";
  socket.setTimeout(answerMs, () => socket.destroy(new Error("it says nothing")));
  socket.on("error", reject);
  socket.on("close", () => reject(new Error("it says nothing")));
  socket.on("data", (octets) => {
    said += octets.toString("latin1");
    if (!said.includes("\n") && said.length < 1000) return;
    const [line = ""] = said.split(/\r?\n/);
    if (line.startsWith("220")) resolve(line);
    else reject(new Error(`it says "${line.slice(0, 100)}"`));
    socket.end("QUIT\r\n");
  });
  return promise;
}

async function pageStatus({ web }: Config): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const ask = web.tls === undefined ? requestPlain : requestEncrypted;
  const path = `${new URL(web.url).pathname.replace(/\/$/, "")}/sign-in`;
  // Whose certificate it is does not matter here: it is our own port, and the name in it is another.
  const wish = { host: hostOf(web.listen), port: web.listen.port, path, method: "HEAD", rejectUnauthorized: false };
  const asked = ask(wish, (answer) => resolve(answer.resume().statusCode ?? 0));
  asked.setTimeout(answerMs, () => asked.destroy(new Error("it says nothing")));
  asked.on("error", reject).end();
  const status = await promise;
  if (status !== 200) throw new Error(`the page of signing in is answered ${status}`);
  return "the page of signing in";
}

/** As people reach it. From the machine itself a right one may not answer: it can lie behind a router that leads nobody back in. */
async function checkUrl({ web }: Config): Promise<Finding> {
  const check = "web.url";
  const url = new URL(web.url);
  if (url.port === "0") return { check, state: "unknown", says: `${web.url}: a free port is taken at the start` };
  const isHere = /^(localhost|127\..*|\[::1\])$/.test(url.hostname);
  try {
    const answer = await fetch(`${web.url}/sign-in`, { method: "HEAD", signal: AbortSignal.timeout(answerMs) });
    if (!answer.ok)
      return { check, state: "fault", says: `${web.url} is answered ${answer.status}: see the proxy before it` };
  } catch (error) {
    return {
      check,
      state: "warning",
      says: `${web.url} does not answer from here (${troubleOf(error)}): try it in a browser`,
    };
  }
  if (url.protocol === "http:" && !isHere)
    return { check, state: "warning", says: `${web.url}: passwords cross the net unencrypted; give it https` };
  return { check, state: "ok", says: `${web.url} answers` };
}

/** The system's word for why not. */
function triedToListen({ host, port }: ListenAddress): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const server = createServer();
  server.on("error", (error) => resolve(troubleOf(error)));
  server.listen({ host, port }, () => server.close(() => resolve(undefined)));
  return promise;
}
