/** What pages read from their query: search words and the key after which a page begins. */
import type { PanelContext } from "./panel-context.ts";

const longestSearch = 200;

/** The words of a search field; empty for none. */
export function searchOf(ctx: PanelContext): string {
  return String(ctx.query["q"] ?? "")
    .trim()
    .slice(0, longestSearch);
}

/** The number of a row; undefined when there is none or it is something else. */
export function keyOf(ctx: PanelContext, name: "before" | "after" | "from"): number | undefined {
  const text = String(ctx.query[name] ?? "");
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
