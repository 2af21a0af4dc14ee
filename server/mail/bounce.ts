/**
 * What a mail to a copy's envelope sender says: that the copy did not arrive, that it may yet, that a person complained, or
 * nothing of the kind. Whose copy it was says the address that it came to, never the report.
 */
import { automaticReason } from "./automatic.ts";
import { judgeText, namedAddresses } from "./bounce-text.ts";
import { meaningOfStatus, meaningOfWords, saysPermanent } from "./bounce-words.ts";
import type { Permanence } from "./bounce-words.ts";
import { complainers, isComplaint } from "./complaint.ts";
import { readDsn } from "./dsn.ts";
import type { DsnRecipient } from "./dsn.ts";
import { cleanText } from "./encoded-words.ts";
import { partsOf, readMimeTree } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";
import { findReply, findStatus, reportLines } from "./report-text.ts";
import { decodeTransfer } from "./transfer-encoding.ts";

export type BounceKind = "failed" | "delayed" | "delivered" | "vacation" | "complaint" | "none";

export type BounceReport = {
  readonly kind: BounceKind;
  /**
   * Permanent: nobody is at that address, or it has no host. Temporary: all that another copy need not meet again, such as a
   * full mailbox, a policy, a filter, any 4.x.x. Means something only for failures.
   */
  readonly permanence: Permanence;
  /** Enhanced status code such as "5.1.1" (RFC 3463), where one is given. */
  readonly status?: string;
  /** The other server's words in one line, or "". */
  readonly diagnostic: string;
  /** Addresses that the report names; for people to read, since anybody can name any. */
  readonly recipients: readonly string[];
};

const nothing: BounceReport = { kind: "none", permanence: "temporary", diagnostic: "", recipients: [] };
const maxDsn = 64_000;
const maxDiagnostic = 1000;

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
  return { kind, ...reasonOf(said), recipients: [...names] };
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
    const words = findReply(lines) ?? lines.join("\n").slice(0, 4 * maxDiagnostic);
    return { kind, ...reasonOf({ words, status: undefined }), recipients: namedAddresses(root.header, lines) };
  }
  return automaticReason(root.header) === undefined ? nothing : { ...nothing, kind: "vacation" };
}

type Said = { readonly words: string; readonly status: string | undefined };

/** A status of only zeros says less than one that stands in the words. */
function reasonOf({ words, status: given }: Said): Omit<BounceReport, "kind" | "recipients"> {
  const inWords = /(?:^|[^\d.])([45]\.[0-7]\.\d{1,3})(?!\.?\d)/.exec(words)?.[1];
  const status = given === undefined || /^\d\.0\.0$/.test(given) ? (inWords ?? given) : given;
  const diagnostic = cleanText(words).trim().slice(0, maxDiagnostic);
  return { permanence: permanenceOf({ words, status }), diagnostic, ...(status === undefined ? {} : { status }) };
}

/** Line by line first, since a report may go on about other recipients; then as a whole, for lines are broken anywhere. */
function permanenceOf({ words, status }: Said): Permanence {
  if (status?.startsWith("4") === true || /^\W{0,3}4\d\d\b/.test(words)) return "temporary";
  const [line] = words.split("\n", 30).flatMap((one) => meaningOfWords(one, status) ?? []);
  const meaning = line ?? meaningOfWords(words, status) ?? meaningOfStatus(status);
  // Unknown trouble is temporary.
  return meaning ?? (saysPermanent(words) ? "permanent" : "temporary");
}
