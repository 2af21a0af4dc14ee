/** Rule: automatic mail and mail of other lists is not distributed, or two lists would feed each other for ever (RFC 3834). */
import type { Decision, PostFacts } from "../../lists/decision.ts";

export function automaticRule(facts: PostFacts): Decision | undefined {
  return facts.automatic === undefined
    ? undefined
    : { kind: "refuse", reason: "automatic", code: 550, enhanced: "5.7.1", text: "This list takes no automatic mail." };
}
