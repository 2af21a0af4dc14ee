/** What helps to reach somebody who is silent: telephone numbers among the attributes, and the others, as far as there is room. */
import type { Attributes } from "../../lists/member.ts";
import { telephonesOf } from "../../lists/telephone.ts";
import type { Telephone } from "../../lists/telephone.ts";

export type Contact = {
  readonly telephones: readonly Telephone[];
  readonly attributes: readonly (readonly [string, string])[];
};

const mostAttributes = 4;

/** `but`: an attribute that is said elsewhere. */
export function presentContact(attributes: Attributes, but = ""): Contact {
  const telephones = telephonesOf(attributes);
  const isOther = (label: string): boolean => label !== but && !telephones.some((each) => each.label === label);
  return {
    telephones,
    attributes: Object.entries(attributes)
      .filter(([label]) => isOther(label))
      .slice(0, mostAttributes),
  };
}
