/** Mail to a list's own addresses: which verb answers which wish. */
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";

export type RequestVerbs = Readonly<Record<RequestMail["wish"]["kind"], (mail: RequestMail) => Promise<RequestAnswer>>>;

export function answerRequest(verbs: RequestVerbs, mail: RequestMail): Promise<RequestAnswer> {
  return verbs[mail.wish.kind](mail);
}
