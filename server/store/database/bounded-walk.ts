/**
 * A page of rows in order of which only some are shown, such as the few of a million that a search is for: walked along in pieces, with
 * a bound on what one page costs. A page that ends at the bound says so, and the next goes on from there.
 */

export type Walked<Step> = {
  readonly steps: readonly Step[];
  /** Where it lost patience; undefined where it came to the end. */
  readonly looked: Step | undefined;
};

export type WalkedPage<Step> = {
  readonly shown: readonly Step[];
  /** The next page begins after it; undefined where this is the last. */
  readonly last: Step | undefined;
  /** Nobody has looked beyond `last` yet: there may be more, or none. */
  readonly isCut: boolean;
};

type Fitting = { readonly fits: number | boolean };

/** Rows of one page, some microseconds each, and of one piece of it. */
const mostWalked = 10_000;
const pieceRows = 2000;

/** `piece`: so many rows in order, from after a step or the page's own beginning. One more than `limit` fit where there is another page. */
export async function walkInPieces<Step extends Fitting>(
  { limit, patience = mostWalked }: { readonly limit: number; readonly patience?: number | undefined },
  piece: (after: Step | undefined, rows: number) => Promise<readonly Step[]>,
): Promise<Walked<Step>> {
  const steps: Step[] = [];
  let looked: Step | undefined;
  for (let rows = 0, size = limit + 1; rows < patience; size = pieceRows) {
    const found = await piece(looked, size);
    rows += found.length;
    looked = found.at(-1) ?? looked;
    steps.push(...found.filter(({ fits }) => Boolean(fits)));
    if (found.length < size) return { steps, looked: undefined };
    if (steps.length > limit) break;
  }
  return { steps, looked };
}

export function pageOfWalk<Step>({ steps, looked }: Walked<Step>, limit: number): WalkedPage<Step> {
  const shown = steps.slice(0, limit);
  const isMore = steps.length > limit;
  return { shown, last: isMore ? shown.at(-1) : looked, isCut: !isMore && looked !== undefined };
}

/** Whoever became a former owner of their membership and its owner again is met twice. */
export function eachOnce<Step extends { readonly delivery: number }>(steps: readonly Step[]): readonly Step[] {
  return [...new Map(steps.map((step) => [step.delivery, step])).values()];
}
