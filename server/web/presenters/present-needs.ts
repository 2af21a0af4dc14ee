/** What needs a hand, kind by kind, with the page on which it is done. */
import type { ListNeeds, Needs } from "../../store/overview.ts";
import type { Words } from "../../words/en.ts";

type Kind = keyof Needs;
export type NeedView = { readonly text: string; readonly list: string; readonly path: string };
export type NeedsView = {
  readonly kind: Kind;
  readonly icon: string;
  readonly first: readonly NeedView[];
  readonly more: readonly NeedView[];
  readonly moreText: string;
};

/** What waits for a word comes before what is only good to know. */
const kinds: readonly { readonly kind: Kind; readonly icon: string; readonly page: string }[] = [
  { kind: "held", icon: "held", page: "" },
  { kind: "bounced", icon: "bounced", page: "/members?status=bounced" },
  { kind: "waiting", icon: "waiting", page: "/joining" },
  { kind: "refused", icon: "shield", page: "/refused" },
  { kind: "left", icon: "left", page: "/left" },
];
const shown = 4;
const mostFolded = 50;

export function presentNeeds(needs: readonly ListNeeds[], w: Words): readonly NeedsView[] {
  return kinds.flatMap(({ kind, icon, page }) => {
    const own = needs.filter((list) => list[kind] > 0).toSorted((a, b) => b[kind] - a[kind]);
    if (own.length === 0) return [];
    const views = own.slice(0, shown + mostFolded).map((list) => ({
      text: w.home.needKinds[kind](list[kind]),
      list: list.title,
      path: `/lists/${list.id}${page}`,
    }));
    const moreText = w.home.needsMore(Math.max(0, own.length - shown));
    return [{ kind, icon, first: views.slice(0, shown), more: views.slice(shown), moreText }];
  });
}
