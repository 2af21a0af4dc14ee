/** An address for pages that whoever holds a forwarded copy can open: enough to know one's own by, too little to write to. */
import { parseAddress } from "./address.ts";

/** Such as a***@docomo.ne.jp. The number of stars tells nothing. */
export function maskAddress(shown: string): string {
  const address = parseAddress(shown);
  return address === undefined ? "***" : `${address.local.slice(0, 1)}***@${address.domain}`;
}
