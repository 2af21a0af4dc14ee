/**
 * The form in which a mail is written: `list-ID` for each list, `to`, `field-N`, `relation-N`, `value-N` for conditions, `sender`,
 * `subject`, `text`, what it asks, `urgent`. A draft keeps what could be read, complete or not.
 */
import { addressees, isBlank, recipientsOf, relations } from "../lists/addressing.ts";
import type { Addressing, ConditionRow } from "../lists/addressing.ts";
import type { CompositionContent } from "../lists/composition.ts";
import type { Words } from "../words/en.ts";
import { asTypedFollowUp, followUpFields, readFollowUpForm } from "./follow-up-form.ts";
import type { FollowUpForm } from "./follow-up-form.ts";
import { FormFields } from "./form-fields.ts";
import { asTypedPoll, readPollForm } from "./poll-form.ts";
import type { PollTimes } from "./poll-form.ts";
import { rowId } from "./row-id.ts";

export const longestSubject = 300;
/** Characters; some 900 KB as a form sends them, where each is Japanese. */
export const longestText = 90_000;
export const mostRows = 20;
const longestValue = 500;

export type FormTimes = PollTimes;

/** Faults stand at the fields; what was read is what a draft keeps. `before`: what the form does not carry stays. */
export function readComposeForm(
  form: URLSearchParams,
  fields: FormFields,
  { words, times, before }: { readonly words: Words; readonly times: FormTimes; readonly before: CompositionContent },
): CompositionContent {
  const { faults: w } = words.compose;
  const subject = fields.line("subject");
  const text = (form.get("text") ?? "").replace(/\r\n?/g, "\n").replaceAll("\0", "");
  if ([...subject].length > longestSubject) fields.fault("subject", w.subjectLong(longestSubject));
  if (text.length > longestText) fields.fault("text", w.textLong(longestText));
  const addressing = readAddressing(form, before.addressing);
  const poll = readPollForm(fields, words, times);
  const asks = { confirmation: form.has("asksConfirmation"), poll: poll !== undefined };
  const followUp = readReminders(form, fields, { words, times, asks });
  return {
    ...before,
    listIds: readLists(form),
    addressing,
    recipients: recipientsOf(addressing),
    senderId: rowId(form.get("sender")),
    subject,
    text,
    asksConfirmation: asks.confirmation,
    askPlace: form.get("askPlace") === "top" ? "top" : "end",
    poll,
    followUp,
    halfTyped: readHalfTyped(form, { poll, followUp, asks }),
    urgent: form.has("urgent"),
  };
}

/** Only what asks something is followed up. Its fields are looked at apart: a fault elsewhere does not undo them. */
function readReminders(
  form: URLSearchParams,
  fields: FormFields,
  { words, times, asks }: Pick<FollowUpForm, "words" | "asks"> & { readonly times: FormTimes },
): CompositionContent["followUp"] {
  if (!form.has("followUp") || (!asks.confirmation && !asks.poll)) return undefined;
  const own = new FormFields(form, words);
  const plan = readFollowUpForm(own, { words, asks, ...times });
  for (const [name, fault] of Object.entries(own.forPage.faults)) fields.fault(name, fault);
  return plan;
}

/** A deadline, or a plan of reminders, that nothing could be made of. */
function readHalfTyped(
  form: URLSearchParams,
  { poll, followUp, asks }: Pick<CompositionContent, "poll" | "followUp"> & Pick<FollowUpForm, "asks">,
): CompositionContent["halfTyped"] {
  const isReminding = form.has("followUp") && followUp === undefined && (asks.confirmation || asks.poll);
  const names = [
    ...(poll !== undefined && poll.closesAt === undefined ? ["closes-at"] : []),
    ...(isReminding ? ["followUp", ...followUpFields] : []),
  ];
  const typed = names.map((name) => [name, form.get(name)?.slice(0, longestValue) ?? ""] as const);
  return Object.fromEntries(typed.filter(([, value]) => value !== ""));
}

export function readLists(form: URLSearchParams): readonly number[] {
  const ids = [...form.keys()].flatMap((name) => rowId(/^list-(\d+)$/.exec(name)?.[1]) ?? []);
  return [...new Set(ids)].slice(0, 1000);
}

/** Who is ticked stands in the draft: the page on which members are ticked writes it. */
export function readAddressing(form: URLSearchParams, before: Addressing): Addressing {
  const rows = Array.from({ length: mostRows }, (_, index): ConditionRow => {
    const text = (name: string): string => (form.get(`${name}-${index}`) ?? "").slice(0, longestValue);
    return {
      field: text("field").replace(/[\0-\x1f]/g, ""),
      relation: relations.find((each) => each === text("relation")) ?? "is",
      value: text("value").replace(/[\0-\x1f]/g, " "),
    };
  });
  return {
    to: addressees.find((each) => each === form.get("to")) ?? "all",
    rows: rows.filter((row) => !isBlank(row)),
    ticked: before.ticked,
  };
}

/** The content as its form would have sent it. */
export function asTypedContent(content: CompositionContent, timezone: string): Readonly<Record<string, string>> {
  const { addressing } = content;
  return {
    ...Object.fromEntries(content.listIds.map((id) => [`list-${id}`, "on"])),
    to: addressing.to,
    ...Object.fromEntries(
      addressing.rows.flatMap(({ field, relation, value }, index) => [
        [`field-${index}`, field],
        [`relation-${index}`, relation],
        [`value-${index}`, value],
      ]),
    ),
    sender: String(content.senderId ?? ""),
    subject: content.subject,
    text: content.text,
    ...(content.asksConfirmation && { asksConfirmation: "on" }),
    askPlace: content.askPlace,
    ...asTypedPoll(content.poll, timezone),
    ...(content.halfTyped["followUp"] === undefined && asTypedFollowUp(content.followUp, timezone)),
    ...(content.followUp && { followUp: "on" }),
    ...content.halfTyped,
    ...(content.urgent && { urgent: "on" }),
  };
}
