/** Rule: who posts must be beyond doubt. A From field that two programs could read differently names nobody. */
import type { Decision, PostFacts } from "../../lists/decision.ts";

export function authorUnreadableRule(facts: PostFacts): Decision | undefined {
  return facts.author.ok
    ? undefined
    : {
        kind: "refuse",
        reason: "author-unreadable",
        code: 550,
        enhanced: "5.7.1",
        text: "The From field must hold exactly one plain address.",
      };
}
