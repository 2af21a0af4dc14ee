/** Confirmations and polls. */
import type { Generated } from "kysely";
import type { QuestionKind } from "../../lists/poll.ts";

export type AnswersTables = {
  confirmation: { delivery_id: number; post_id: number; household: Generated<string>; at: number };
  response_tally: { post_id: number; kind: "confirmed" | "households" | "answered"; count: number };
  response_time: { post_id: number; kind: "confirmed" | "answered"; slot: number; count: number };
  poll: { id: Generated<number>; anonymous: number; closes_at: number | null; created_at: number };
  question: { id: Generated<number>; poll_id: number; seq: number; kind: QuestionKind; text: string };
  choice: { id: Generated<number>; question_id: number; seq: number; text: string };
  respondent: { delivery_id: number; post_id: number; at: number | null };
  answer_choice: { delivery_id: number; choice_id: number; post_id: number };
  answer_text: { delivery_id: number; question_id: number; post_id: number; text: string };
  anonymous_text: { post_id: number; question_id: number; seq: number; texts: string };
  poll_tally: { post_id: number; counts: string };
};
