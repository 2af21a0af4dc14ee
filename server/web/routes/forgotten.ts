/** The way back for whoever has forgotten the password: a link by mail. The answer is the same, and as soon, for accounts and for nobody. */
import { Router } from "@koa/router";
import { mailForgottenLink } from "../../notices/sign-in-mail.ts";
import { FormFields } from "../form-fields.ts";
import type { PanelContext, PanelState } from "../panel-context.ts";
import { SignInBrake } from "../sign-in-brake.ts";
import type { WebParts } from "../web-parts.ts";

export function forgottenRoutes(parts: WebParts): Router<PanelState> {
  const { pages } = parts;
  const router = new Router<PanelState>();
  const brake = new SignInBrake();

  router.get("/sign-in/forgotten", (ctx) => {
    pages.show(ctx, "sign-in/forgotten", { isDone: false, faults: {}, typed: {} });
  });
  router.post("/sign-in/forgotten", (ctx) => ask(parts, brake, ctx));

  return router;
}

function ask(parts: WebParts, brake: SignInBrake, ctx: PanelContext): void {
  const { clock, pages } = parts;
  const { form, words: w } = ctx.state;
  const fields = new FormFields(form, w);
  const typed = fields.line("who", { required: true }).slice(0, 320);
  const seconds = fields.isGood ? Math.ceil(brake.enter(typed, ctx.ip, clock.now()) / 1000) : 0;
  if (seconds > 0) {
    ctx.set("Retry-After", String(seconds));
    fields.fault("who", w.signIn.wait(seconds));
  }
  if (!fields.isGood) {
    ctx.status = seconds > 0 ? 429 : 422;
    return pages.show(ctx, "sign-in/forgotten", { isDone: false, ...fields.forPage });
  }
  // After the answer has gone, so that its time says nothing.
  ctx.res.once("close", () => void mail(parts, typed.normalize("NFKC")));
  pages.show(ctx, "sign-in/forgotten", { isDone: true, faults: {}, typed: {} });
}

async function mail({ store, clock, config, log, wake }: WebParts, typed: string): Promise<void> {
  try {
    await mailForgottenLink({ store, clock, config }, typed);
    wake();
  } catch (error) {
    log.error("a sign-in link could not be mailed", error);
  }
}
