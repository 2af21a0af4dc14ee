/** A post's row as the house knows posts. */
import type { Selectable } from "kysely";
import { emptyTally, noResponses } from "../../lists/post.ts";
import type { Post } from "../../lists/post.ts";
import type { Recipients } from "../../lists/recipients.ts";
import type { Schema } from "../schema/schema.ts";

export type PostRow = Selectable<Schema["post"]> & { list_name: string };

export function toPost(
  row: PostRow,
  tally: Post["tally"] = emptyTally,
  responses: Post["responses"] = noResponses,
): Post {
  return {
    id: row.id,
    listId: row.list_id,
    listName: row.list_name,
    number: row.number,
    messageId: row.message_id,
    authorAddress: row.author_address,
    authorName: row.author_name,
    subject: row.subject,
    disposition: row.disposition,
    asksConfirmation: row.asks_confirmation === 1,
    countBy: row.count_by,
    families: row.families,
    singles: row.singles,
    acceptedAt: row.accepted_at,
    startsAt: row.starts_at,
    expandedAt: row.expanded_at ?? undefined,
    stoppedAt: row.stopped_at ?? undefined,
    tally,
    responses,
    origin: row.origin,
    recipients: readRecipients(row.recipients_json),
    pollId: row.poll_id ?? undefined,
    reminds: row.reminds ?? undefined,
    compositionId: row.composition_id ?? undefined,
    askPlace: row.ask_place,
  };
}

/** Written by this program only. */
export function readRecipients(json: string | null): Recipients | undefined {
  return json === null ? undefined : (JSON.parse(json) as Recipients);
}
