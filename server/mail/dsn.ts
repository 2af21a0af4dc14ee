/** Delivery status notifications (RFC 3464): what each recipient's group of fields says. */
import { addressIn } from "./address-in-text.ts";
import { decodeText } from "./encoded-words.ts";
import { trimBlanks } from "./header-fields.ts";

export type DsnAction = "failed" | "delayed" | "delivered" | "relayed" | "expanded";

export type DsnRecipient = {
  /** The address as it was tried at last, else as it was sent to; "" when the report does not say. */
  readonly recipient: string;
  readonly action: DsnAction | undefined;
  /** Such as "5.1.1" (RFC 3463). */
  readonly status: string | undefined;
  /** The other server's words, without their type; "" when there are none. */
  readonly diagnostic: string;
};

/** RFC 3464 knows no bound; reports that name more are not about one copy. */
const maxRecipients = 100;
const actions: ReadonlySet<string> = new Set(["failed", "delayed", "delivered", "relayed", "expanded"]);
const fieldLine = /^([A-Za-z][A-Za-z-]{0,60})[ \t]{0,20}:(.*)$/;

/** Reads the content of a message/delivery-status part. The first group is about the message, each other one about a recipient. */
export function readDsn(content: string): readonly DsnRecipient[] {
  const groups = content.split(/\r?\n[ \t]*(?:\r?\n)+/, maxRecipients + 1).map(readGroup);
  return groups
    .filter((group) => ["final-recipient", "original-recipient", "action", "status"].some((name) => group.has(name)))
    .map(readRecipient);
}

function readGroup(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let last = "";
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = fieldLine.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      last = name.toLowerCase();
      if (!fields.has(last)) fields.set(last, trimBlanks(value));
    } else if (last !== "") fields.set(last, `${fields.get(last) ?? ""} ${trimBlanks(line)}`);
  }
  return fields;
}

function readRecipient(fields: ReadonlyMap<string, string>): DsnRecipient {
  const action = /^[a-z]+/.exec((fields.get("action") ?? "").toLowerCase())?.[0] ?? "";
  return {
    recipient: bareAddress(fields.get("final-recipient") ?? "") || bareAddress(fields.get("original-recipient") ?? ""),
    action: actions.has(action) ? (action as DsnAction) : undefined,
    status: /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get("status") ?? "")?.[0],
    diagnostic: decodeText(withoutType(fields.get("diagnostic-code") ?? "")),
  };
}

/** Whom a complaint (RFC 5965) is about; "" when it does not say. */
export function readComplaintRecipient(content: string): string {
  const fields = readGroup(content);
  return bareAddress(fields.get("original-rcpt-to") ?? fields.get("removal-recipient") ?? "");
}

/** "rfc822; a@b.example" and the like. */
function withoutType(value: string): string {
  return trimBlanks(value.replace(/^[\w-]{1,40}[ \t]{0,20};/, ""));
}

/** Servers put the names of pipes and files there too, with or without the address that led to them. */
function bareAddress(value: string): string {
  return addressIn(value) ?? "";
}
