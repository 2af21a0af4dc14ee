/** What a server's reply means for the copy and for the connection; the table that every outcome of an SMTP attempt goes through. */
import { enhancedCode } from "./reply.ts";
import type { Reply } from "./reply.ts";

/** The points of an outgoing session at which a server answers. */
export type Stage = "greeting" | "ehlo" | "starttls" | "auth" | "rset" | "mail" | "rcpt" | "data" | "dot";

/** `go-on`: the server agrees and the next command may follow. The others are the copy's outcome. */
export type Verdict = "go-on" | "sent" | "deferred" | "failed";

/**
 * `stays`: good for the next copy; `leaves`: say QUIT, others will do better on a fresh connection;
 * `closes`: the server closes, or the two sides no longer agree on what was asked.
 */
export type SessionFate = "stays" | "leaves" | "closes";

/** 503: out of sequence; 530, 534, 535, 538: authentication. They speak of the session, whatever command they answer. */
const sessionCodes: ReadonlySet<number> = new Set([503, 530, 534, 535, 538]);

/** Only a plain refusal of this very copy fails it: unknown trouble is temporary (RFC 5321 section 4.2.1). */
export function classify(stage: Stage, reply: Reply): Verdict {
  if (isYes(stage, reply.code)) return stage === "dot" ? "sent" : "go-on";
  return isRefusal(reply.code) && isAboutCopy(stage, reply) ? "failed" : "deferred";
}

/** Whether the connection can carry another copy after this reply. */
export function sessionFate(stage: Stage, reply: Reply): SessionFate {
  if (isYes(stage, reply.code)) return "stays";
  // RFC 5321 section 3.8: 421 may answer anything, and the server closes.
  if (reply.code === 421 || reply.code < 400 || reply.code > 599) return "closes";
  // "Too many recipients" to one recipient counts those of the whole session.
  if (enhancedCode(reply)?.endsWith(".5.3")) return "leaves";
  return stage === "mail" && !isAboutCopy(stage, reply) ? "leaves" : "stays";
}

function isYes(stage: Stage, code: number): boolean {
  if (stage === "data") return code === 354;
  if (stage === "auth") return code === 235;
  return code >= 200 && code < 300;
}

function isRefusal(code: number): boolean {
  return code >= 500 && code < 600;
}

function isAboutCopy(stage: Stage, reply: Reply): boolean {
  const enhanced = enhancedCode(reply) ?? "";
  switch (stage) {
    case "mail":
      // Before the recipient is named only size and content speak of the copy; all else judges our name, network or sender
      // address, and would fail a whole list for a fault of ours.
      return reply.code === 552 || /^5\.(2\.3|3\.4|6\.\d+)$/.test(enhanced);
    case "rcpt":
    case "data":
    case "dot":
      // A 5xx that carries 4.x.x contradicts itself, so it is unknown trouble.
      return !sessionCodes.has(reply.code) && !enhanced.startsWith("4.");
    default:
      return false;
  }
}
