/**
 * What is put before mail that goes on to people: where it came from (RFC 5321 4.4), and at which of our addresses it has been
 * (RFC 9228), by which it is known when it comes back. A signature of its author's holds all the same, for nothing in it is changed.
 */
import { listAddress } from "../lists/mailing-list.ts";
import type { Recipient } from "./check-recipient.ts";

export type PassingOn = {
  /** Its address as `addressOfPeople` says. */
  readonly to: string;
  /** The client's IP address. */
  readonly client: string;
  readonly hostname: string;
  readonly at: number;
};

export function traceFields({ to, client, hostname, at }: PassingOn): Buffer {
  const plain = client.replace(/^::ffff:(?=\d+\.)/i, "");
  const from = plain.includes(":") ? `IPv6:${plain}` : plain;
  const date = new Date(at).toUTCString().replace("GMT", "+0000");
  return Buffer.from(
    `Delivered-To: ${to}\r\nReceived: from [${from}] by ${hostname} (Kairan)\r\n\tfor <${to}>; ${date}\r\n`,
  );
}

/** The address of the people behind a list, or the server; undefined for what goes to nobody. */
export function addressOfPeople(recipient: Recipient | undefined, hostname: string): string | undefined {
  if (recipient?.kind === "owner")
    return listAddress({ name: `${recipient.list.name}-owner`, domain: recipient.list.domain });
  return recipient?.kind === "server" ? `${recipient.name}@${hostname}` : undefined;
}
