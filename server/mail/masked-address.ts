/** An address as pages without a sign-in show it: enough for its owner to know it again, too little for anybody else. */

/** The first two characters of the local part, or one of a short one, and the domain. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const local = [...address.slice(0, at)];
  return `${local.slice(0, local.length > 3 ? 2 : 1).join("")}***${address.slice(at)}`;
}
