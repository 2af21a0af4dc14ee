/** The threads in which the panel reads mails and takes out of their HTML what is dangerous. */
import { Apart } from "../mail/apart.ts";
import { MessageReader } from "../mail/message-view.ts";
import type { CleanRequest, Cleaned } from "./clean-html-worker.ts";

export class MailThreads {
  /** Hostile mails are given up after this. */
  readonly reader = new MessageReader({ ms: 5000, megabytes: 256 });
  /** Deep nesting costs the sanitizer the square of its depth. */
  readonly cleaner = new Apart<CleanRequest, Cleaned>(new URL("./clean-html-worker.ts", import.meta.url), {
    ms: 3000,
    megabytes: 128,
  });

  close(): void {
    this.reader.close();
    this.cleaner.close();
  }
}
