/** People on a list: who receives, and since when. */

export const memberStatuses = ["waiting", "active", "paused", "bounced", "left"] as const;
export type MemberStatus = (typeof memberStatuses)[number];

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
  /** Rises with every change; a form that was opened before another change is told. */
  readonly versionId: number;
};

/** A person registered to post to a list, with every address that may appear in From. */
export type Sender = {
  readonly personId: number;
  readonly name: string;
  readonly addresses: readonly string[];
};
