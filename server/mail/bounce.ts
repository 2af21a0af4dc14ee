/**
 * What a mail to a copy's envelope sender says: that the copy did not arrive, that it may yet, that a person complained, or
 * nothing of the kind. Whose copy it was says the address that it came to, never the report.
 */
import { automaticReason } from "./automatic.ts";
import { judgeText, namedAddresses } from "./bounce-text.ts";
import { complainers, isComplaint } from "./complaint.ts";
import { readDsn } from "./dsn.ts";
import type { DsnRecipient } from "./dsn.ts";
import { failureReason } from "./failure-reason.ts";
import type { FailureReason } from "./failure-reason.ts";
import { partsOf, readMimeTree } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { findReply, findStatus, reportLines } from "./report-text.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

export type BounceKind = "failed" | "delayed" | "delivered" | "vacation" | "complaint" | "none";

/** Its permanence means something only for failures. */
export type BounceReport = FailureReason & {
  readonly kind: BounceKind;
  /** Addresses that the report names; for people to read, since anybody can name any. */
  readonly recipients: readonly string[];
};

const nothing: BounceReport = { kind: "none", permanence: "temporary", diagnostic: "", recipients: [] };
const maxDsn = 64_000;
const maxWords = 4000;

/** Never throws and takes time in proportion to the message, whatever it is. */
export function readBounce(message: Buffer): BounceReport {
  const root = readMimeTree(message);
  if (isComplaint(root)) return { ...nothing, kind: "complaint", recipients: complainers(message, root) };
  const lines = reportLines(message, root);
  return fromDsn(message, root, lines) ?? fromWords(root, lines);
}

/** The worst that is said of any recipient (RFC 3464); undefined when nothing is. */
function fromDsn(message: Buffer, root: MimePart, lines: readonly string[]): BounceReport | undefined {
  const given = partsOf(root)
    .filter((part) => /^message\/(?:global-)?delivery-status$/.test(part.type))
    .flatMap((part) => readDsn(contentOf(message, part)))
    .toArray();
  const recipients = given.length > 0 ? given : readDsn(findStatus(lines) ?? "");
  const kind = (["failed", "delayed", "delivered"] as const).find((one) =>
    recipients.some((who) => kindOf(who) === one),
  );
  const same = recipients.filter((recipient) => kindOf(recipient) === kind);
  const [first] = same;
  if (kind === undefined || first === undefined) return undefined;
  const names = new Set(same.map((recipient) => recipient.recipient).filter((name) => name !== ""));
  const said = { words: first.diagnostic || (findReply(lines) ?? ""), status: first.status };
  return { kind, ...failureReason(said), recipients: [...names] };
}

function contentOf(message: Buffer, part: MimePart): string {
  const octets = message.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + maxDsn));
  return (decodeTransfer(octets, part.encoding) ?? octets).toString("latin1");
}

/** Some reports give a status and no action. */
function kindOf({ action, status }: DsnRecipient): BounceKind {
  if (action === "failed" || action === "delayed") return action;
  if (action !== undefined) return "delivered";
  return ({ 5: "failed", 4: "delayed", 2: "delivered" } as const)[status?.[0] ?? ""] ?? "none";
}

function fromWords(root: MimePart, lines: readonly string[]): BounceReport {
  const kind = judgeText(root.header, lines);
  if (kind !== "none") {
    const words = findReply(lines) ?? lines.join("\n").slice(0, maxWords);
    return { kind, ...failureReason({ words, status: undefined }), recipients: namedAddresses(root.header, lines) };
  }
  return automaticReason(root.header) === undefined ? nothing : { ...nothing, kind: "vacation" };
}
