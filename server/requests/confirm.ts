/** Mail to `LIST-confirm+TOKEN@`: which verb answers it, by what the token stands for. Whoever has the token may write from any address. */
import type { RequestAnswer, RequestMail } from "../lists/request-mail.ts";
import type { RequestKind } from "../lists/request.ts";
import type { Request } from "../store/joining/requests.ts";
import type { Store } from "../store/store.ts";

export type ConfirmVerb = (request: Request, mail: RequestMail) => Promise<RequestAnswer>;

/** A kind without a verb is confirmed on its page alone. */
export type ConfirmVerbs = Readonly<Partial<Record<RequestKind, ConfirmVerb>>>;

/** A request that was settled, or whose time is over, is not handed on: a used token never does anything again. */
export async function confirm(store: Store, verbs: ConfirmVerbs, mail: RequestMail): Promise<RequestAnswer> {
  if (mail.wish.kind !== "confirm") return "unknown";
  const found = await store.requests.findByToken(mail.wish.token);
  if (found === undefined || !("request" in found) || found.request.listId !== mail.wish.list.id) return "unknown";
  const { request } = found;
  if (request.doneAt !== undefined) return "taken";
  const verb = verbs[request.kind];
  return request.expiresAt <= mail.at || verb === undefined ? "unknown" : verb(request, mail);
}
