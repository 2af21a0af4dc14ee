/** What people read, in Japanese, in the terms of Japanese list services. */
import type { Words } from "./en.ts";
import { accounts } from "./ja/accounts.ts";
import { asking } from "./ja/asking.ts";
import { followUp } from "./ja/follow-up.ts";
import { reports } from "./ja/reports.ts";
import { responses } from "./ja/responses.ts";
import { imports } from "./ja/imports.ts";
import { commandMail } from "./ja/commands.ts";
import { leaving } from "./ja/leaving.ts";
import { compose } from "./ja/compose.ts";
import { joining } from "./ja/joining.ts";
import { backups } from "./ja/backups.ts";
import { history } from "./ja/history.ts";
import { home } from "./ja/home.ts";
import { lists } from "./ja/lists.ts";
import { mails } from "./ja/mails.ts";
import { memberWords } from "./ja/members.ts";
import { ownPage } from "./ja/own-page.ts";
import { pages } from "./ja/pages.ts";
import { panel } from "./ja/panel.ts";
import { pollForm } from "./ja/poll-form.ts";
import { pollResults } from "./ja/poll-results.ts";
import { polls } from "./ja/polls.ts";
import { people } from "./ja/people.ts";
import { posts } from "./ja/posts.ts";
import { schedules } from "./ja/schedules.ts";
import { stoppedMembers } from "./ja/stopped-members.ts";

export const ja: Words = {
  ...panel,
  ...joining,
  ...lists,
  ...home,
  ...posts,
  ...history,
  ...people,
  ...pages,
  ...leaving,
  ...commandMail,
  ...memberWords,
  ...ownPage,
  ...mails,
  ...imports,
  ...accounts,
  ...asking,
  ...compose,
  ...followUp,
  ...reports,
  ...responses,
  ...pollForm,
  ...polls,
  ...schedules,
  ...pollResults,
  ...stoppedMembers,
  ...backups,
};
