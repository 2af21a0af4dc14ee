/**
 * Whoever tries links by the hundred hears 429 instead of 404, on the same page. Only unknown ones count, and genuine ones are let
 * through all the same: a school's thousand parents may stand behind one address, and so may the scanner that spoils the links of one.
 */
import type { Clock } from "../../clock.ts";
import { NetworkBrake } from "../../config/network-brake.ts";
import type { PanelMiddleware } from "../panel-context.ts";

const minuteMs = 60_000;
const limit = { most: 100, within: 10 * minuteMs };

export function unknownTokens(clock: Clock): PanelMiddleware {
  const brake = new NetworkBrake(limit);
  return async (ctx, next) => {
    await next();
    if (!ctx.state.isUnknownToken || brake.enter(ctx.ip, clock.now())) return;
    ctx.status = 429;
    ctx.set("Retry-After", String(limit.within / 1000));
  };
}
