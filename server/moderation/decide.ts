/** The policy on one screen: the first rule that has something to say decides; a post that no rule minds is accepted. */
import type { Decision, PostFacts } from "../lists/decision.ts";
import { authorUnreadableRule } from "./rules/author-unreadable.ts";
import { automaticRule } from "./rules/automatic.ts";
import { nullSenderRule } from "./rules/null-sender.ts";
import { postingRightRule } from "./rules/posting-right.ts";
import { tooManyHopsRule } from "./rules/too-many-hops.ts";

type Rule = (facts: PostFacts) => Decision | undefined;

const rules: readonly Rule[] = [tooManyHopsRule, nullSenderRule, automaticRule, authorUnreadableRule, postingRightRule];

export function decide(facts: PostFacts): Decision {
  for (const rule of rules) {
    const decision = rule(facts);
    if (decision !== undefined) return decision;
  }
  return { kind: "accept" };
}
