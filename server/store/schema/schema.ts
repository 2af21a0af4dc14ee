/** The tables as Kysely sees them. Times are UTC milliseconds, booleans 0 or 1, states strings that the database checks. */
import type { AccountsTables } from "./accounts.ts";
import type { AnswersTables } from "./answers.ts";
import type { DeliveriesTables } from "./deliveries.ts";
import type { ImportsTables } from "./imports.ts";
import type { JoiningTables } from "./joining.ts";
import type { ListsTables } from "./lists.ts";
import type { MembersTables } from "./members.ts";
import type { PeopleTables } from "./people.ts";
import type { PostsTables } from "./posts.ts";
import type { SchedulesTables } from "./schedules.ts";
import type { ServerTables } from "./server.ts";

export type Schema = AccountsTables &
  AnswersTables &
  DeliveriesTables &
  ImportsTables &
  JoiningTables &
  ListsTables &
  MembersTables &
  PeopleTables &
  PostsTables &
  SchedulesTables &
  ServerTables;
