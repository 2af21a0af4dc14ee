/**
 * Sessions: a random key in a cookie, everything else in the store. A session is made by signing in and by nothing else, under a
 * new key each time, so that a key planted before is worth nothing.
 */
import { randomBytes } from "node:crypto";
import type Koa from "koa";
import { createSession } from "koa-session";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import type { Sessions } from "../../store/accounts/sessions.ts";
import type { PanelContext, PanelMiddleware } from "../panel-context.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A session ends after so long without a visit, and after so long in any case. */
const idleMs = 3 * dayMs;
const longestMs = 30 * dayMs;
/** A visit is written down once in so long, so that looking at pages writes next to nothing. */
const visitMs = 60 * minuteMs;

/** Who has signed in by a link may choose a password without the present one, for so long. */
const byLinkMs = 60 * minuteMs;

type SessionContent = { accountId: number; csrf: string; signedInAt: number; visitedAt: number; byLink: boolean };

/** koa-session's object, as far as it is used here. */
type KoaSession = Partial<SessionContent> & { readonly externalKey: string; regenerate(): Promise<void> };

export type SignedInSession = {
  readonly id: string;
  readonly accountId: number;
  readonly csrf: string;
  readonly isFreshByLink: boolean;
};

export function session(
  app: Koa,
  { sessions, config, clock }: { readonly sessions: Sessions; readonly config: Config; readonly clock: Clock },
): readonly PanelMiddleware[] {
  const store = {
    get: async (key: string): Promise<SessionContent | undefined> =>
      readContent(await sessions.read(key, clock.now()), clock.now()),
    set: async (key: string, content: Partial<SessionContent>): Promise<void> => {
      const { accountId, csrf, signedInAt, visitedAt, byLink } = content;
      await sessions.put(key, {
        accountId,
        content: JSON.stringify({ accountId, csrf, signedInAt, visitedAt, byLink }),
        expiresAt: clock.now() + idleMs,
      });
    },
    destroy: (key: string): Promise<void> => sessions.end(key),
  };
  const options = {
    key: "kairan.session",
    maxAge: idleMs,
    // The key is 256 random bits; a signature would add nothing.
    signed: false,
    secure: config.web.url.startsWith("https:"),
    httpOnly: true,
    sameSite: "lax",
    genid: () => randomBytes(32).toString("base64url"),
    store,
  };
  return [createSession(options, app) as PanelMiddleware, noteVisit(clock)];
}

/** Whose session came with the request. */
export function signedInSession(ctx: PanelContext, now: number): SignedInSession | undefined {
  const { accountId, csrf, externalKey, byLink = false, signedInAt = 0 } = koaSession(ctx) ?? {};
  return accountId === undefined || csrf === undefined || externalKey === undefined
    ? undefined
    : { id: externalKey, accountId, csrf, isFreshByLink: byLink && now - signedInAt < byLinkMs };
}

/** Begins a session for the account, whatever session there was before. */
export async function beginSession(
  ctx: PanelContext,
  { accountId, byLink, now }: { readonly accountId: number; readonly byLink: boolean; readonly now: number },
): Promise<void> {
  const current = koaSession(ctx);
  if (current === null) throw new Error("the session is over already");
  Object.assign(current, {
    accountId,
    csrf: randomBytes(24).toString("base64url"),
    signedInAt: now,
    visitedAt: now,
    byLink,
  } satisfies SessionContent);
  await current.regenerate();
}

/** A password was chosen: from now on the present one is asked for. */
export function endFreshness(ctx: PanelContext): void {
  const current = koaSession(ctx);
  if (current !== null) current.byLink = false;
}

export function endSession(ctx: PanelContext): void {
  ctx["session"] = null;
}

function noteVisit(clock: Clock): PanelMiddleware {
  return async (ctx, next) => {
    const current = koaSession(ctx);
    const now = clock.now();
    if (current?.visitedAt !== undefined && now - current.visitedAt > visitMs) current.visitedAt = now;
    await next();
  };
}

function koaSession(ctx: PanelContext): KoaSession | null {
  return ctx["session"] as KoaSession | null;
}

function readContent(json: string | undefined, now: number): SessionContent | undefined {
  if (json === undefined) return undefined;
  const content = JSON.parse(json) as SessionContent;
  return now - content.signedInAt > longestMs ? undefined : content;
}
