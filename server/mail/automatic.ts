/** Whether a machine wrote a message, or it is going in circles. Such mail is never sent on to a list and never answered. */
import { decodeText } from "./encoded-words.ts";
import type { Header } from "./header-fields.ts";

/** Real mail rarely passes ten servers; RFC 5321 6.3 asks for a bound of at least 100 where nothing else ends a loop. */
const maxHops = 30;

type Sign = (header: Header) => string | undefined;

/** In order; the first that speaks is the reason. */
const signs: readonly Sign[] = [
  (header) => named(header, "Auto-Submitted", (value) => !/^no\b/i.test(value)), // RFC 3834 section 5
  (header) => named(header, "Precedence", (value) => /^(?:bulk|junk|list|auto_reply)\b/i.test(value)),
  ...["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply", "X-Mail-Autoreply", "X-AutoReply-From"].map(
    (name): Sign =>
      (header) =>
        named(header, name, (value) => !/^no\b/i.test(value)),
  ),
  (header) => named(header, "List-Id", () => true),
  (header) => named(header, "List-Post", () => true),
  (header) => named(header, "X-MS-Exchange-Inbox-Rules-Loop", () => true), // Exchange: written by a rule of a mailbox
  (header) => named(header, "Return-Path", (value) => /^<\s{0,9}>/.test(value)), // a pick-up or forwarder saw the null sender
  (header) => named(header, "X-Failed-Recipients", () => true), // Exim, Gmail: a bounce
  (header) => named(header, "Content-Type", (value) => /^multipart\/report\b/i.test(value)),
  (header) => named(header, "Subject", isAutomaticSubject),
];

/** Why a message counts as automatic, as a short English phrase that names the field; undefined when a person may have written it. */
export function automaticReason(header: Header): string | undefined {
  for (const sign of signs) {
    const reason = sign(header);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Whether it has passed so many servers that it must be in a loop. */
export function tooManyHops(header: Header): boolean {
  return header.all("Received").length > maxHops;
}

function named(header: Header, name: string, speaks: (value: string) => boolean): string | undefined {
  const value = header.all(name).find(speaks);
  return value === undefined ? undefined : `${name}: ${decodeText(value.slice(0, 100))}`;
}

/** Only what mail programs put there themselves; replies to such mail begin with "Re:" and are a person's. */
function isAutomaticSubject(value: string): boolean {
  const subject = decodeText(value.slice(0, 500));
  return (
    /^(?:automatic reply|automatische antwort|automatisch antwoord|réponse automatique|respuesta automática|risposta automatica|resposta automática)\s?:/i.test(
      subject,
    ) ||
    /^(?:out of (?:the )?office(?: autoreply| reply)?|auto-?reply|auto-?response|abwesenheitsnotiz|autosvar)\s?:/i.test(
      subject,
    ) ||
    /^【?(?:自動返信|自動応答|自動送信|不在通知|不在応答)/.test(subject)
  );
}
