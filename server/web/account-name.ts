/** The name of an account that is made for whoever is invited. */
import { isUsername } from "../lists/username.ts";
import { displayAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";
import type { Store } from "../store/store.ts";

/** The address itself, which is easily kept in mind, where it can be a name; `_2`, `_3` … where it is taken. */
export async function usernameFor({ accounts }: Store, address: Address): Promise<string> {
  const wish = displayAddress(address).toLowerCase();
  const base = isUsername(wish)
    ? wish
    : wish
        .replace(/[^a-z0-9._@-]+/g, "")
        .replace(/^[^a-z0-9]+/, "")
        .slice(0, 58) || "account";
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base.slice(0, 58)}_${number}`;
    if ((await accounts.findByUsername(name)) === undefined) return name;
  }
}
