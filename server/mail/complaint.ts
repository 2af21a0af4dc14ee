/** Complaints of readers, passed on by their provider: "this is spam" was pressed (RFC 5965). */
import { addressIn } from "./address-in-text.ts";
import { readComplaintRecipient } from "./dsn.ts";
import { partsOf } from "./mime-tree.ts";
import type { MimePart } from "./mime-tree.ts";

/** Whether a message is one. Hotmail's own form has only a subject. */
export function isComplaint(root: MimePart): boolean {
  const hasReport = partsOf(root).some(isFeedback);
  return hasReport || /^complaint about message from/i.test(root.header.first("Subject") ?? "");
}

function isFeedback(part: MimePart): boolean {
  return part.type === "message/feedback-report";
}

/** Who complained, as far as it is said: in the report, else as the recipient of the enclosed message. */
export function complainers(message: Buffer, root: MimePart): readonly string[] {
  const parts = [...partsOf(root)];
  const reports = parts.filter(isFeedback).map((part) => message.toString("latin1", part.bodyStart, part.bodyEnd));
  const enclosed = parts.filter((part) => part.type === "message/rfc822").flatMap((part) => part.children[0] ?? []);
  const named = [
    ...reports.map(readComplaintRecipient),
    ...enclosed.map((part) => addressIn(part.header.first("To") ?? "") ?? ""),
  ];
  return named.filter((address) => address !== "").slice(0, 1);
}
