/** Rule: the list's `posting` setting against what the author is to the list. */
import type { Decision, PostFacts } from "../../lists/decision.ts";

export function postingRightRule(facts: PostFacts): Decision | undefined {
  if (facts.isSender) return undefined;
  if (facts.isMember && facts.posting === "members") return undefined;
  if (facts.isMember && facts.posting === "members-held") return { kind: "hold" };
  return {
    kind: "refuse",
    reason: "not-a-sender",
    code: 550,
    enhanced: "5.7.1",
    text: "The author in the From field may not post to this list.",
  };
}
