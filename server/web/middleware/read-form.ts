/** Reads a form that was sent: urlencoded, or with a file where a page asks for one. */
import type { IncomingMessage } from "node:http";
import type { PanelMiddleware } from "../panel-context.ts";
import { isUpload, readUpload } from "./read-upload.ts";

/** Octets. */
const mostForm = 1_000_000;
/** For a form without a file to come in. */
const longestMs = 30_000;

export function readForm(): PanelMiddleware {
  return async (ctx, next) => {
    if (isSafe(ctx.method)) {
      await next();
      return;
    }
    if (ctx.method !== "POST") ctx.throw(405);
    if (isUpload(ctx)) return readUpload(ctx, next);
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
  // A form that is a button and nothing else.
  if (request.headers["content-length"] === "0") return Buffer.alloc(0);
  const pieces: Buffer[] = [];
  let size = 0;
  // The server itself waits longer, since a file takes its time.
  const late = setTimeout(
    () => request.destroy(Object.assign(new Error("the form came too slowly"), { status: 408 })),
    longestMs,
  );
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size <= most) pieces.push(piece);
      else pieces.length = 0;
    }
  } finally {
    clearTimeout(late);
  }
  return size > most ? undefined : Buffer.concat(pieces);
}
