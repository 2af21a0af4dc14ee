/** Answers with a stream of server-sent events, for as long as the session lasts and its account may see what it follows. */
import type { Following } from "./event-streams.ts";
import type { PanelContext, SignedIn } from "./panel-context.ts";
import type { WebParts } from "./web-parts.ts";

export type Followed = { readonly maySee: () => Promise<boolean>; readonly news: Following["news"] };

export function follow(parts: WebParts, ctx: PanelContext<SignedIn>, { maySee, news }: Followed): void {
  const { store, clock, streams } = parts;
  const { sessionId, account } = ctx.state;
  ctx.type = "text/event-stream; charset=utf-8";
  // Reverse proxies collect answers before passing them on, unless told not to.
  ctx.set("X-Accel-Buffering", "no");
  if (ctx.method === "HEAD") return void (ctx.body = "");
  const stream = streams.open({
    sessionId,
    accountId: account.id,
    news: async () => {
      // The right is asked again each time: the session may have ended, the account lost the list, the list been deleted.
      const isOpen = (await store.sessions.read(sessionId, clock.now())) !== undefined;
      return isOpen && (await maySee()) ? news() : undefined;
    },
  });
  if (stream === undefined) return ctx.throw(503);
  ctx.body = stream;
}
