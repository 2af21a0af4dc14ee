/** Rule: a message that has passed thirty servers runs in a circle (RFC 5321 6.3). */
import type { Decision, PostFacts } from "../../lists/decision.ts";

export function tooManyHopsRule(facts: PostFacts): Decision | undefined {
  return facts.tooManyHops
    ? {
        kind: "refuse",
        reason: "too-many-hops",
        code: 554,
        enhanced: "5.4.6",
        text: "The message has passed too many servers; it seems to run in a loop.",
      }
    : undefined;
}
