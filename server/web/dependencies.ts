/** What the panel is given by `app.ts`: it knows stations only through these verbs. */
import type { Confirmations } from "../answers/confirmations.ts";
import type { PollAnswers } from "../answers/poll-answers.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { RemindedNow } from "../reports/follow-up-runner.ts";
import type { Leaving } from "../requests/leave.ts";
import type { SelfService } from "../requests/self-service.ts";
import type { Joinings } from "../requests/joining.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import type { Member } from "../lists/member.ts";
import type { TestQueued } from "../schedules/queue-test.ts";
import type { SentNow } from "../schedules/send-now.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import type { Signal } from "../signal.ts";
import type { Store } from "../store/store.ts";
import type { Warning } from "../upkeep/health-rules.ts";

export type WebDependencies = {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  /** Raised when deliveries, posts or members may have changed; may be often: pages that follow it ask the store at their own pace. */
  readonly changes: Signal;
  /** Tells the stations that a page changed something they should look at now (a post stopped, a held post approved). */
  readonly wake: () => void;
  /** The copy of a delivery exactly as it goes (or would go) to the member; undefined when it is gone. */
  readonly showCopy: (deliveryId: number) => Promise<Buffer | undefined>;
  /** What the leave token of a copy stands for; changes nothing. */
  readonly lookUpLeaving: (token: string) => Promise<Leaving>;
  /** The member leaves, at once. */
  readonly leave: (token: string) => Promise<Leaving>;
  /** What members do for themselves on the pages behind links in their mail. */
  readonly selfService: SelfService;
  /** Joining: by the pages behind links in mail, and by administrators' hands. */
  readonly joining: Joinings;
  /** Readers' "I have read it". */
  readonly confirmations: Confirmations;
  readonly polls: PollAnswers;
  /** One reminder to the silent, beside what is planned. */
  readonly remindNow: (postId: number) => Promise<RemindedNow>;
  readonly composing: ComposingVerbs;
  readonly upkeep: UpkeepVerbs;
  /** A file of members has arrived, or an import may go on. */
  readonly imports: { readonly wake: () => void };
  /** A change of many members has begun, or its way back, and has not come to its end. */
  readonly bulk: { readonly wake: () => void };
};

export type UpkeepVerbs = {
  /** What the owners should look after now; may be asked often. */
  readonly checkHealth: () => Promise<readonly Warning[]>;
  /** A deleted list was given up: take it away soon. */
  readonly purgeLists: () => void;
};

/** What becomes of mails that are written in the panel. */
export type ComposingVerbs = {
  /** `edition`: of what was looked at before the button was pressed. */
  readonly sendNow: (composition: Composition, edition: number) => Promise<SentNow>;
  /** It is a draft again, and nothing was sent; false when it is too late. */
  readonly callBack: (compositionId: number) => Promise<boolean>;
  /** Octets of the copy that the member would get; undefined when it cannot be made. */
  readonly previewCopy: (
    composition: Composition,
    to: { readonly member: Member; readonly list: MailingList },
  ) => Promise<Buffer | undefined>;
  /** The copy that the member would get, mailed to the account instead, under this subject. At most one in ten seconds. */
  readonly sendTest: (
    composition: Composition,
    as: { readonly member: Member; readonly list: MailingList; readonly account: Account; readonly subject: string },
  ) => Promise<TestQueued>;
};
