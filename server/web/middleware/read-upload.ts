/**
 * A form that brings a file: its fields before the file are read, then the file is given on as it comes in. Nothing of it is kept
 * here; whoever answers the request takes the octets after the session and the form's token have been looked at.
 */
import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { BusboyInstance } from "@fastify/busboy";
import type { PanelContext, Upload } from "../panel-context.ts";

/** In octets; cells that were pasted are a field. */
const mostField = 5_000_000;
/** What is read and dropped of a request that was answered already, so that the answer reaches the browser. */
const mostDropped = 200_000_000;
const limits = { fieldSize: mostField, fields: 3000, files: 1, parts: 3010, headerPairs: 50, fieldNameSize: 100 };

const uploads = /^\/(?:lists\/\d+\/import|compose(?:\/\d+(?:\/attachments)?)?)$/;

export function isUpload(ctx: PanelContext): boolean {
  return uploads.test(ctx.path) && ctx.is("multipart/form-data") === "multipart/form-data";
}

/** Goes on when the fields before the file are known; ends when the request has come in whole. */
export async function readUpload(ctx: PanelContext, next: () => Promise<unknown>): Promise<void> {
  const parser = openParser(ctx);
  ctx.state.form = new URLSearchParams();
  const begun = beginning(ctx, parser);
  ctx.req.pipe(parser);
  try {
    ctx.state.upload = await begun;
    await next();
  } finally {
    await dropRest(ctx, parser);
  }
}

function openParser(ctx: PanelContext): BusboyInstance {
  try {
    return new Busboy({ headers: { ...ctx.req.headers, "content-type": ctx.get("Content-Type") }, limits });
  } catch {
    return ctx.throw(400);
  }
}

/** The file when it begins, or nothing when the form ends without one. */
async function beginning(ctx: PanelContext, parser: BusboyInstance): Promise<Upload | undefined> {
  const begun = Promise.withResolvers<Upload | undefined>();
  const whole = Promise.withResolvers<void>();
  // Few pages wait for it.
  whole.promise.catch(() => undefined);
  let file: Readable | undefined;
  const fail = (status: 400 | 413): void => {
    const error = Object.assign(new Error("the form could not be read"), { status });
    begun.reject(error);
    whole.reject(error);
    file?.destroy(error);
  };
  parser.on("field", (...[name, value, , valueIsCut]) => {
    if (valueIsCut) fail(413);
    ctx.state.form.append(name, value);
  });
  parser.on("file", (...[, stream, name, , type]) => {
    // The browser's way of saying that no file was chosen.
    if (name === "") return stream.resume();
    file = stream;
    // Whoever reads it is told; nobody may be reading it yet.
    file.on("error", () => undefined);
    return begun.resolve({ name, type, content: stream as AsyncIterable<Buffer>, whole: whole.promise });
  });
  parser.on("finish", () => {
    begun.resolve(undefined);
    whole.resolve();
  });
  parser.on("error", () => fail(400));
  ctx.req.once("close", () => (ctx.req.complete ? undefined : fail(400)));
  return begun.promise;
}

/** An answer that is given before the browser has sent all would not reach it. */
async function dropRest({ req }: PanelContext, parser: BusboyInstance): Promise<void> {
  req.unpipe(parser);
  if (req.readableEnded || req.destroyed) return;
  let dropped = 0;
  const ended = new Promise<void>((resolve) => req.once("end", resolve).once("close", resolve).once("error", resolve));
  req.on("data", (piece: Buffer) => {
    dropped += piece.length;
    if (dropped > mostDropped) req.destroy();
  });
  req.resume();
  await ended;
}
