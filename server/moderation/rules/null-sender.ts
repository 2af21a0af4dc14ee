/** Rule: the null sender belongs to reports and replies of machines, never to a post (RFC 5321 4.5.5). */
import type { Decision, PostFacts } from "../../lists/decision.ts";

export function nullSenderRule(facts: PostFacts): Decision | undefined {
  return facts.mailFrom === undefined
    ? {
        kind: "refuse",
        reason: "null-sender",
        code: 550,
        enhanced: "5.7.1",
        text: "A list takes no mail from the null sender.",
      }
    : undefined;
}
