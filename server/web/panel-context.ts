/** What middleware finds out about a request, in the order in which it becomes known, and what route handlers may rely on. */
import type Koa from "koa";
import type { MailingList, Language } from "../lists/mailing-list.ts";
import type { MemberImport } from "../lists/member-import.ts";
import type { Member, Sender } from "../lists/member.ts";
import type { Post } from "../lists/post.ts";
import type { Account } from "../store/accounts/account-rows.ts";
import type { Composition } from "../store/schedules/compositions.ts";
import type { Delivery } from "../store/deliveries/delivery-rows.ts";
import type { KeptForm } from "../store/accounts/kept-forms.ts";
import type { Schedule } from "../store/schedules/schedules.ts";
import type { Dates } from "../words/dates.ts";
import type { Words } from "../words/en.ts";
import type { Notice } from "./notice.ts";

/** A file that comes in with a form. */
export type Upload = {
  /** As the browser calls it: a stranger's text. */
  readonly name: string;
  /** Media type as the browser calls it. */
  readonly type: string;
  /** Ends early, by an error, when the browser goes away. */
  readonly content: AsyncIterable<Buffer>;
  /** When the file was taken, the fields behind it are in the form, too. */
  readonly whole: Promise<void>;
};

/** Of every request to the panel. */
export type PanelState = {
  /** Path of `web.url`, before every path of ours; empty for the root. */
  base: string;
  language: Language;
  words: Words;
  /** In the server's time zone; behind a list's address in the list's. */
  dates: Dates;
  /** Who is signed in; undefined before signing in. */
  account: Account | undefined;
  /** Key of the session; undefined when there is none. */
  sessionId: string | undefined;
  /** Signed in by a link a short while ago: a new password may be chosen without the present one. */
  isFreshByLink: boolean;
  /** What forms carry, so that only our own pages can send them. */
  csrf: string;
  /** What the last change has to say. */
  notice: Notice | undefined;
  /** What was typed into this page's form when the sign-in was over; the page shows it again. */
  kept: KeptForm["fields"] | undefined;
  /** The link that was asked for is none of ours. */
  isUnknownToken: boolean;
  /** The form that came; empty for GET and HEAD. */
  form: URLSearchParams;
  /** The file that comes with the form. */
  upload: Upload | undefined;
};

/** Behind the sign-in. */
export type SignedIn = PanelState & { account: Account; sessionId: string };
/** Behind the guard, which has checked that the account may see the list. */
export type OnList = SignedIn & { list: MailingList };
export type OnSender = OnList & { sender: Sender };
export type OnImport = OnList & { import: MemberImport };
export type OnMember = OnList & { member: Member };
/** Behind the guard for owners: an account that is looked at, which may be the own one. */
export type OnAccount = SignedIn & { target: Account };
/** Behind the guard: a draft, template or what was sent, of the account's own. */
export type OnComposition = SignedIn & { composition: Composition };
/** Behind the guard: what is reserved for a list that the account may see; to change it, all of its lists. Dates are in its zone. */
export type OnSchedule = SignedIn & { schedule: Schedule };
export type OnPost = OnList & { post: Post };
export type OnDelivery = OnPost & { delivery: Delivery };

export type PanelContext<State extends PanelState = PanelState> = Koa.ParameterizedContext<State>;
export type PanelMiddleware = Koa.Middleware<PanelState>;
