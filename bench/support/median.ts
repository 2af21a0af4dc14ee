/** Figures of several rounds; machines are shared and noisy, so the middle one is quoted and the spread shown. */

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** `36,100 [16,000-48,000]` */
export function spread(values: readonly number[], digits = 0): string {
  const show = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: digits });
  return `${show(median(values))} [${show(Math.min(...values))}-${show(Math.max(...values))}]`;
}
