/** A command to `LIST-request@`: a word or two in the subject or the first line, in English or Japanese, of any width and case. */
import { parseAddress } from "../mail/address.ts";
import type { Address } from "../mail/address.ts";

export type Command =
  | { readonly kind: "help" | "pause" | "resume" | "leave" | "join" }
  /** What follows the word: of which post or period. */
  | { readonly kind: "report"; readonly of: string }
  /** Undefined: none was named, or it is none. */
  | { readonly kind: "address"; readonly to: Address | undefined };

/** Characters of a line that are looked at: no command and no address has more, and a stranger's subject can have any number. */
const longestLine = 500;

/** After NFKC, in lower case and without blanks. 配信停止 is not among them: it means pausing to some and leaving to others. */
const wordsOf: Readonly<Record<Exclude<Command["kind"], "address" | "report">, readonly string[]>> = {
  help: ["help", "?", "info", "commands", "ヘルプ", "へるぷ", "使い方", "使いかた", "つかいかた", "コマンド"],
  pause: ["pause", "suspend", "hold", "一時停止", "配信一時停止", "配信の一時停止", "休止", "配信休止"],
  resume: ["resume", "continue", "再開", "配信再開", "配信の再開"],
  leave: ["leave", "unsubscribe", "signoff", "解除", "登録解除", "配信解除", "退会", "脱退"],
  join: ["join", "subscribe", "登録", "参加", "入会", "参加希望", "登録希望"],
};
const address =
  /^(?:(?:change |new )?(?:e-?mail )?address|address change|(?:メール)?アドレスの?変更|新しい(?:メール)?アドレス|変更)\s?[:=]?\s?(.*)$/i;

const report = /^(?:reports?(?![a-z])|レポート|報告|送信結果|配信結果)(?:\s*[:=]?\s*)(.*)$/i;

/** Undefined: neither says anything that is known. `lines`: what the author wrote, not what they quoted. */
export function readCommand(subject: string, lines: readonly string[]): Command | undefined {
  const [first = "", second = ""] = lines.map((line) => line.slice(0, longestLine));
  return readOne(subject.slice(0, longestLine), first) ?? readOne(first, second);
}

function readOne(said: string, below: string): Command | undefined {
  const line = plain(said);
  const word = line.toLowerCase().replaceAll(" ", "");
  for (const [kind, names] of Object.entries(wordsOf) as readonly [
    Exclude<Command["kind"], "address" | "report">,
    readonly string[],
  ][])
    if (names.includes(word)) return { kind };
  const [, of] = report.exec(line) ?? [];
  if (of !== undefined) return { kind: "report", of: of === "" ? plain(below) : of };
  const [, rest] = address.exec(line) ?? [];
  if (rest === undefined) return undefined;
  return { kind: "address", to: addressOf(rest === "" ? plain(below) : rest) };
}

/** In the widths of Latin letters, without what answering and politeness put around it. */
function plain(text: string): string {
  const line = text.normalize("NFKC").replace(/\s+/g, " ").trim();
  return line
    .replace(/^(?:(?:re|aw|sv|fw|fwd|返信|転送)\s?:\s?)+/i, "")
    .replace(/^[「『"'[(【]+/, "")
    .replace(/[」』"'\])】。.!]+$/, "")
    .replace(
      /(?:を(?:お願い(?:します|いたします|致します)?|希望(?:します)?)|(?:お願い|おねがい)(?:します|いたします|致します)|希望(?:します)?|します|してください)$/,
      "",
    )
    .trim();
}

function addressOf(text: string): Address | undefined {
  const [, found = ""] = /^(?:to |へ)?<?(?:mailto:)?([^\s<>]+)>?/i.exec(text) ?? [];
  return parseAddress(found);
}
