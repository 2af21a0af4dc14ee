/** Mailing lists, what was refused on them, and what their people have been told. */
import type { Generated } from "kysely";
import type { Language, PostingMode, Proof, ReplyTarget } from "../../lists/mailing-list.ts";
import type { ReportTarget } from "../../lists/report.ts";

export type ListsTables = {
  list: {
    id: Generated<number>;
    name: string;
    domain: string;
    title: string;
    language: Language | null;
    timezone: string | null;
    posting: PostingMode;
    proof: Proof;
    reply_to: ReplyTarget;
    prefix: string;
    own_copy: number;
    cooloff_ms: number;
    last_number: Generated<number>;
    joining: Generated<string>;
    count_by: Generated<string>;
    report_to: Generated<ReportTarget>;
    report_news: Generated<number>;
    required: Generated<number>;
    deleted_at: Generated<number | null>;
    created_at: number;
  };
  refusal: {
    id: Generated<number>;
    list_id: number;
    at: number;
    client: string;
    mail_from: string;
    author: string;
    subject: string;
    reason: string;
    reply: string;
  };
  list_news: { list_id: number; last_post: number; told_at: number };
};
