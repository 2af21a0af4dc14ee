/** Where a form of a members' page leads back to: the same page of the same members, which the form names. */
import { localPath } from "./local-path.ts";
import type { OnList, PanelContext } from "./panel-context.ts";

export function placeOfMembers(ctx: PanelContext<OnList>): string {
  const members = `/lists/${ctx.state.list.id}/members`;
  const back = localPath(ctx.state.form.get("back") ?? "");
  return back === members || back.startsWith(`${members}?`) || back.startsWith(`${members}/`) ? back : members;
}
