/** What people read, in English: the table that gives the keys, one file a part of the house. Its Japanese twin must have the same ones, which the types enforce. */
import { accounts } from "./en/accounts.ts";
import { asking } from "./en/asking.ts";
import { followUp } from "./en/follow-up.ts";
import { reports } from "./en/reports.ts";
import { responses } from "./en/responses.ts";
import { imports } from "./en/imports.ts";
import { commandMail } from "./en/commands.ts";
import { leaving } from "./en/leaving.ts";
import { compose } from "./en/compose.ts";
import { joining } from "./en/joining.ts";
import { backups } from "./en/backups.ts";
import { history } from "./en/history.ts";
import { home } from "./en/home.ts";
import { lists } from "./en/lists.ts";
import { mails } from "./en/mails.ts";
import { memberWords } from "./en/members.ts";
import { ownPage } from "./en/own-page.ts";
import { pages } from "./en/pages.ts";
import { panel } from "./en/panel.ts";
import { pollForm } from "./en/poll-form.ts";
import { pollResults } from "./en/poll-results.ts";
import { polls } from "./en/polls.ts";
import { people } from "./en/people.ts";
import { posts } from "./en/posts.ts";
import { schedules } from "./en/schedules.ts";
import { stoppedMembers } from "./en/stopped-members.ts";

export const en = {
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

export type Words = typeof en;
