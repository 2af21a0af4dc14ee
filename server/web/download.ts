/** Answers with a file to be saved, never with something that a browser would show as one of our pages. */
import { Readable } from "node:stream";
import type { PanelContext } from "./panel-context.ts";

export type Download = {
  readonly name: string;
  readonly type: string;
  readonly size?: number | undefined;
  readonly content: Buffer | AsyncIterable<Buffer | string>;
};

const plainType = /^[a-z]+\/[a-z0-9.+-]+$/;

export function sendDownload(ctx: PanelContext, { name, type, size, content }: Download): void {
  ctx.attachment(name);
  ctx.set("Content-Type", plainType.test(type) || type.startsWith("text/csv") ? type : "application/octet-stream");
  ctx.set("Content-Security-Policy", "default-src 'none'; sandbox");
  if (Buffer.isBuffer(content)) {
    ctx.body = content;
    return;
  }
  // Koa guesses a type and drops the length when it is given a stream, so both are set after it.
  const given = ctx.response.get("Content-Type");
  ctx.body = ctx.method === "HEAD" ? Readable.from([]) : Readable.from(content);
  ctx.set("Content-Type", given);
  if (size !== undefined) ctx.length = size;
}
