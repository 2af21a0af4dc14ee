/** Durations as configuration and settings write them: "500ms", "90s", "5m", "4h", "2d". */

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const longestMs = 3650 * units.d;

/** Milliseconds; undefined when the text is no duration, or one over ten years. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text);
  if (match === null) return undefined;
  const ms = Number(match[1]) * units[match[2] as keyof typeof units];
  return ms <= longestMs ? ms : undefined;
}

/** The shortest way to write it; the inverse of `parseDuration`. */
export function formatDuration(ms: number): string {
  const unit = (["d", "h", "m", "s"] as const).find((name) => ms > 0 && ms % units[name] === 0);
  if (unit !== undefined) return `${ms / units[unit]}${unit}`;
  return ms === 0 ? "0s" : `${ms}ms`;
}
