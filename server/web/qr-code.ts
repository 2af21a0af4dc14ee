/** A QR code as one path for an SVG: black squares on what is behind it, with the quiet zone that readers need. */
import encodeQR from "qr";

/** ISO/IEC 18004 asks for four modules. */
const quietModules = 4;

export type QrCode = {
  /** Modules in a row, quiet zone included: the viewBox. */
  readonly size: number;
  readonly path: string;
};

/** Medium error correction: what a crumpled sheet on a notice board needs. */
export function qrCode(text: string): QrCode {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: quietModules });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size: rows.length, path };
}
