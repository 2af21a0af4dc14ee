/** What mail to a list's own addresses does: the verb of each wish. */
import type { RequestVerbs } from "./answer-request.ts";
import { confirmByReply } from "./confirm-address.ts";
import { confirm } from "./confirm.ts";
import type { ConfirmVerbs } from "./confirm.ts";
import type { Joinings } from "./joining.ts";
import { leaveByMail } from "./leave-by-mail.ts";
import type { Needs } from "./needs.ts";
import { obey } from "./obey.ts";
import type { ObeyNeeds } from "./obey.ts";

export function requestVerbs(
  needs: Needs & { readonly joining: Joinings; readonly report: ObeyNeeds["report"] },
): RequestVerbs {
  const { store, joining } = needs;
  const join: RequestVerbs["join"] = (mail) => joining.askByMail(mail);
  // What a reply to a confirmation mail confirms.
  const confirmed: ConfirmVerbs = {
    join: joining.confirmByMail,
    address: confirmByReply(needs, "address"),
    second: confirmByReply(needs, "second"),
  };
  return {
    join,
    leave: (mail) => leaveByMail(needs, mail),
    command: (mail) => obey({ ...needs, join }, mail),
    confirm: (mail) => confirm(store, confirmed, mail),
  };
}
