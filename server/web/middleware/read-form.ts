/** Reads a form that was sent: urlencoded only, since nothing here takes files yet. */
import type { IncomingMessage } from "node:http";
import type { PanelMiddleware } from "../panel-context.ts";

/** Octets. */
const mostForm = 1_000_000;

export function readForm(): PanelMiddleware {
  return async (ctx, next) => {
    if (isSafe(ctx.method)) {
      await next();
      return;
    }
    if (ctx.method !== "POST") ctx.throw(405);
    const body = await readBody(ctx.req, mostForm);
    if (body === undefined) return ctx.throw(413);
    if (body.length > 0 && ctx.is("application/x-www-form-urlencoded") !== "application/x-www-form-urlencoded")
      ctx.throw(400);
    ctx.state.form = new URLSearchParams(body.toString("utf8"));
    await next();
  };
}

export function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** Undefined when there is more than `most`; the rest is then read and dropped, so that the answer reaches the client. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= most) pieces.push(piece);
    else pieces.length = 0;
  }
  return size > most ? undefined : Buffer.concat(pieces);
}
