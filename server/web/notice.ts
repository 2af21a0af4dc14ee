/**
 * What a change has to say on the page that follows it. It travels in a short-lived cookie, since a page that is looked at
 * must change nothing on the server.
 */
import type { Context } from "koa";

export type Notice = {
  readonly text: string;
  /** Nothing was done, and the text says what to do first. */
  readonly isRefusal?: true;
  /** Path of a form that takes back what was done. */
  readonly undo?: string;
  /** Of the sender whom that form asks for. */
  readonly undoAddress?: string;
};

const cookie = "kairan.notice";
const lifeMs = 60_000;
const longest = 2000;
/** Characters: browsers drop cookies of over 4096 octets, and proxies whole answers with much larger ones. */
const mostKept = 700;

export function leaveNotice(ctx: Context, { text, ...notice }: Notice): void {
  const kept = { ...notice, text: text.length > mostKept ? `${text.slice(0, mostKept).toWellFormed()}…` : text };
  ctx.cookies.set(cookie, Buffer.from(JSON.stringify(kept)).toString("base64url"), {
    maxAge: lifeMs,
    httpOnly: true,
    sameSite: "lax",
    overwrite: true,
  });
}

/** Nothing was done: nobody takes it for what they asked for. */
export function leaveRefusal(ctx: Context, text: string): void {
  leaveNotice(ctx, { text, isRefusal: true });
}

/** Gives the notice once. */
export function takeNotice(ctx: Context): Notice | undefined {
  const value = ctx.cookies.get(cookie);
  if (value === undefined || value === "") return undefined;
  ctx.cookies.set(cookie, "", { maxAge: 0, httpOnly: true, sameSite: "lax", overwrite: true });
  return value.length > longest * 2 ? undefined : readNotice(Buffer.from(value, "base64url").toString());
}

function readNotice(json: string): Notice | undefined {
  const { text, isRefusal, undo, undoAddress } = fieldsOf(json);
  if (typeof text !== "string") return undefined;
  return {
    text: text.slice(0, longest),
    ...(isRefusal === true && { isRefusal }),
    // A cookie could be planted: only what takes something back may hide behind the button.
    ...(typeof undo === "string" && /^(\/[\w-]+)+\/(restore|undo)$/.test(undo) && { undo }),
    ...(typeof undoAddress === "string" && { undoAddress: undoAddress.slice(0, 320) }),
  };
}

function fieldsOf(json: string): Partial<Record<keyof Notice, unknown>> {
  try {
    const read: unknown = JSON.parse(json);
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}
