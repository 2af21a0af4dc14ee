/** An address as an operator types it. */
import { parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import { wrongUse } from "./command-error.ts";

/** Throws CommandError with status 2. */
export function readAddress(typed: string): Address {
  const address = parseAddress(typed.trim());
  if (address === undefined) throw wrongUse(`"${typed}" is no mail address`);
  return address;
}
