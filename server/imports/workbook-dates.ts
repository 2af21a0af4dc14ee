/** Days in workbooks: numbers that only their style makes days. */
import { attribute, elements } from "./sheet-xml.ts";
import type { Zip } from "./zip.ts";

const dayMs = 86_400_000;
/** Number formats that every Excel knows as days: 14 to 17 and 22, and those of Japanese eras and others from 27 to 58. */
const isKnownDate = (format: number): boolean =>
  (format >= 14 && format <= 17) ||
  format === 22 ||
  (format >= 27 && format <= 31) ||
  format === 36 ||
  (format >= 50 && format <= 58);

/** Characters; Excel takes 255. */
const longestFormat = 1000;

/** The numbers of cell styles that show a day. */
export async function dateStyles(zip: Zip, most: number): Promise<ReadonlySet<number>> {
  const name = "xl/styles.xml";
  const styles = new Set<number>();
  if (!zip.has(name)) return styles;
  const formats = new Set<number>();
  for await (const format of elements(zip.read(name, most), "numFmt")) {
    // Without what stands in quotes or brackets, a day's format has years or days in it.
    const code = (attribute(format, "formatCode") ?? "").slice(0, longestFormat).replace(/"[^"]*"|\[[^\]]*\]|\\./g, "");
    if (/[yd]/i.test(code)) formats.add(Number(attribute(format, "numFmtId")));
  }
  for await (const list of elements(zip.read(name, most), "cellXfs")) {
    [...list.matchAll(/<(?:\w+:)?xf[\s/>][^>]*>?/g)].forEach(([style], place) => {
      const format = Number(/\snumFmtId\s*=\s*["'](\d+)/.exec(style)?.[1] ?? 0);
      if (isKnownDate(format) || formats.has(format)) styles.add(place);
    });
  }
  return styles;
}

/** 2026-04-08; what is no number stays as it is. Days count from 30 December 1899, since Excel knows a 29 February 1900. */
export function dateText(value: string): string {
  const days = Number(value);
  if (value === "" || !Number.isFinite(days) || days < 1 || days > 2_958_465) return value;
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(days) * dayMs).toISOString().slice(0, 10);
}
