/** What the route families share. */
import type { WebDependencies } from "./dependencies.ts";
import type { EventStreams } from "./event-streams.ts";
import type { MailThreads } from "./mail-threads.ts";
import type { Pages } from "./pages.ts";

export type WebParts = WebDependencies & {
  readonly pages: Pages;
  readonly streams: EventStreams;
  readonly mails: MailThreads;
};
