/** Messages as received, and posts as lists took them. */
import type { Generated } from "kysely";
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Disposition, PostOrigin } from "../../lists/post.ts";
import type { AskPlace } from "../../lists/composition.ts";

export type PostsTables = {
  message: {
    id: Generated<number>;
    fingerprint: string | null;
    message_id_field: string;
    mail_from: string;
    size: number;
    received_at: number;
    complete: number;
    content_of: Generated<number | null>;
  };
  message_chunk: { message_id: number; seq: number; bytes: Buffer };
  post: {
    id: Generated<number>;
    list_id: number;
    message_id: number;
    number: number;
    fingerprint: string;
    poster_id: number | null;
    author_address: string;
    author_name: string;
    subject: string;
    disposition: Disposition;
    asks_confirmation: number;
    accepted_at: number;
    starts_at: number;
    rank_base: number | null;
    expanded_to: Generated<number>;
    recipients: Generated<number>;
    expanded_at: number | null;
    stopped_at: number | null;
    origin: Generated<PostOrigin>;
    recipients_json: Generated<string | null>;
    poll_id: Generated<number | null>;
    reminds: Generated<number | null>;
    composition_id: Generated<number | null>;
    count_by: Generated<string>;
    ask_place: Generated<AskPlace>;
    in_search: Generated<number>;
    families: Generated<number>;
    singles: Generated<number>;
  };
  post_text: { post_id: number; author: string; text: string };
  tally: { post_id: number; state: DeliveryState; count: number };
  post_report: { post_id: number; stage: Generated<number>; astray: Generated<number>; next_at: number | null };
};
