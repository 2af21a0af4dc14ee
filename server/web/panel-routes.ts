/** Every family of routes behind the session. */
import type { Router } from "@koa/router";
import type { PanelState } from "./panel-context.ts";
import { accountActionRoutes } from "./routes/account-actions.ts";
import { accountRoutes } from "./routes/account.ts";
import { accountsRoutes } from "./routes/accounts.ts";
import { administratorRoutes } from "./routes/administrators.ts";
import { backupRoutes } from "./routes/backups.ts";
import { composeRoutes } from "./routes/compose.ts";
import { allHistoryRoutes } from "./routes/all-history.ts";
import { attachmentRoutes } from "./routes/attachments.ts";
import { composeMembersRoutes } from "./routes/compose-members.ts";
import { composeSendRoutes } from "./routes/compose-send.ts";
import { confirmationRoutes } from "./routes/confirmations.ts";
import { copySettingsRoutes } from "./routes/copy-settings.ts";
import { deleteListRoutes } from "./routes/delete-list.ts";
import { deliveriesCsvRoutes, deliveryRoutes } from "./routes/deliveries.ts";
import { draftRoutes } from "./routes/drafts.ts";
import { eventRoutes } from "./routes/events.ts";
import { followUpRoutes } from "./routes/follow-up.ts";
import { forgottenRoutes } from "./routes/forgotten.ts";
import { historyRoutes } from "./routes/history.ts";
import { joiningRoutes } from "./routes/joining.ts";
import { importRoutes } from "./routes/imports.ts";
import { homeRoutes } from "./routes/home.ts";
import { languageRoutes } from "./routes/language.ts";
import { leftRoutes } from "./routes/left.ts";
import { listSettingsRoutes } from "./routes/list-settings.ts";
import { listsRoutes } from "./routes/lists.ts";
import { membersCsvRoutes } from "./routes/members-csv.ts";
import { newListRoutes } from "./routes/new-list.ts";
import { memberActionRoutes } from "./routes/member-actions.ts";
import { memberBulkRoutes } from "./routes/member-bulk.ts";
import { memberFormRoutes } from "./routes/member-form.ts";
import { membersRoutes } from "./routes/members.ts";
import { pollDeadlineRoutes } from "./routes/poll-deadline.ts";
import { postMailRoutes } from "./routes/post-mail.ts";
import { postPollRoutes } from "./routes/post-poll.ts";
import { postRoutes } from "./routes/posts.ts";
import { refusedRoutes } from "./routes/refused.ts";
import { reserveRoutes } from "./routes/reserve.ts";
import { scheduleActionRoutes } from "./routes/schedule-actions.ts";
import { scheduleTimesRoutes } from "./routes/schedule-times.ts";
import { schedulesRoutes } from "./routes/schedules.ts";
import { searchRoutes } from "./routes/search.ts";
import { senderRoutes } from "./routes/senders.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import type { WebParts } from "./web-parts.ts";

const families = [
  signInRoutes,
  forgottenRoutes,
  languageRoutes,
  accountRoutes,
  accountsRoutes,
  accountActionRoutes,
  homeRoutes,
  listsRoutes,
  newListRoutes,
  searchRoutes,
  eventRoutes,
  historyRoutes,
  allHistoryRoutes,
  leftRoutes,
  membersCsvRoutes,
  importRoutes,
  membersRoutes,
  memberBulkRoutes,
  memberFormRoutes,
  memberActionRoutes,
  joiningRoutes,
  senderRoutes,
  administratorRoutes,
  refusedRoutes,
  listSettingsRoutes,
  copySettingsRoutes,
  deleteListRoutes,
  postRoutes,
  followUpRoutes,
  confirmationRoutes,
  postMailRoutes,
  postPollRoutes,
  pollDeadlineRoutes,
  deliveryRoutes,
  deliveriesCsvRoutes,
  composeRoutes,
  attachmentRoutes,
  composeMembersRoutes,
  composeSendRoutes,
  draftRoutes,
  reserveRoutes,
  schedulesRoutes,
  scheduleTimesRoutes,
  scheduleActionRoutes,
  backupRoutes,
] as const;

/** Behind `requireSignIn`, which makes sure of the account that most of them rely on. */
export function panelRoutes(parts: WebParts): readonly Router<PanelState>[] {
  return families.map((family) => family(parts) as unknown as Router<PanelState>);
}
