/** What the page of a poll's results reads from its query: whom it shows, and the key after which it begins. */
import type { Poll } from "../lists/poll.ts";
import type { RespondentKey, RespondentsShown } from "../store/answers/poll-respondents.ts";
import type { PanelContext } from "./panel-context.ts";

/** `who=silent`, `who=CHOICE` by its id, which must be one of the poll's and not of an anonymous one; else who has answered. */
export function readShown(ctx: PanelContext, poll: Poll): RespondentsShown {
  const who = String(ctx.query["who"] ?? "");
  if (who === "silent") return { kind: "silent" };
  const choices = poll.anonymous ? [] : poll.questions.flatMap((question) => question.choices);
  const choice = choices.find(({ id }) => String(id) === who);
  return choice === undefined ? { kind: "answered" } : { kind: "choice", choiceId: choice.id };
}

/** As `readShown` reads it; undefined for who has answered. */
export function shownText(shown: RespondentsShown): string | undefined {
  if (shown.kind === "choice") return String(shown.choiceId);
  return shown.kind === "silent" ? "silent" : undefined;
}

/** TIME.ID of the last row on the page before. */
export function readKey(ctx: PanelContext): RespondentKey | undefined {
  const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(String(ctx.query["after"] ?? "")) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id: Number(id) };
}

export function keyText({ at, id }: RespondentKey): string {
  return `${at}.${id}`;
}
