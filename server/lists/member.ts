/** People on a list: who receives, and since when. */

export const memberStatuses = ["waiting", "active", "paused", "bounced", "left"] as const;
export type MemberStatus = (typeof memberStatuses)[number];

/** One status, or everybody who has not left. */
export type StatusWish = MemberStatus | "present";

/** How a membership came about: by blank mail answered by mail, answered on the page, or by an administrator's hand or file. */
export type JoinedBy = "mail" | "page" | "administrator";

/** Who ended it. Who left by themselves is not brought back by a file. */
export type EndedBy = "member" | "administrator";

export type Attributes = Readonly<Record<string, string>>;

export type Member = {
  /** Of the membership. */
  readonly id: number;
  readonly listId: number;
  readonly personId: number;
  readonly address: string;
  readonly name: string;
  readonly status: MemberStatus;
  readonly attributes: Attributes;
  readonly createdAt: number;
  readonly joinedBy: JoinedBy;
  /** Of who has left. */
  readonly leftAt: number | undefined;
  readonly endedBy: EndedBy | undefined;
  /** When the member pressed "it arrived" in the test mail. */
  readonly arrivedAt: number | undefined;
  /** Of who is *bounced*: since when, and the other server's words; "" where a file said so. */
  readonly stopped: { readonly since: number; readonly words: string } | undefined;
  /** Rises with every change; a form that was opened before another change is told. */
  readonly versionId: number;
};

/** A person registered to post to a list, with every address that may appear in From. */
export type Sender = {
  readonly personId: number;
  readonly name: string;
  readonly addresses: readonly string[];
};
