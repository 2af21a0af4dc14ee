/** What people read, in English: members who were stopped since their mail kept coming back. */

export type StoppedFacts = {
  readonly list: string;
  readonly count: number;
  readonly members: readonly { readonly address: string; readonly name: string; readonly words: string }[];
  readonly page: string;
};

export type TooManyFacts = {
  readonly list: string;
  readonly failed: number;
  readonly members: number;
  readonly words: string;
  readonly page: string;
};

export const stoppedMembers = {
  tooManyFailed: {
    subject: ({ list, failed }: TooManyFacts): string => `${failed} members of “${list}” were refused at once`,
    text: ({ list, failed, members, words, page }: TooManyFacts): string =>
      [
        `On one day ${failed} of ${members} members of “${list}” were refused as if nobody were at their addresses. So many at once are rather a fault of a mail server, such as the relay, than of these people. So none of it counts against them, and nobody is stopped for it.`,
        "",
        "The other server's words:",
        words,
        "",
        "Ask whoever looks after the server to check the relay. If the addresses are really gone, remove these members. What was sent, and what became of each copy:",
        page,
        "",
      ].join("\n"),
  },
  stoppedMembers: {
    subject: ({ list, count }: StoppedFacts): string =>
      `${count === 1 ? "1 member" : `${count} members`} of “${list}” cannot be reached`,
    text: ({ list, count, members, page }: StoppedFacts): string =>
      [
        `Nobody is at these addresses any more: copies for them came back or were refused on three days. They get nothing more from “${list}”.`,
        "",
        ...members.map(
          ({ address, name, words }) => `${name === "" ? address : `${name} <${address}>`}\n    ${words}\n`,
        ),
        ...(count > members.length ? [`and ${count - members.length} more`, ""] : []),
        "Ask these people for their new address, then correct it and resume them, or remove them:",
        page,
        "",
      ].join("\n"),
    since: (time: string): string => `Stopped since ${time}: mail kept coming back.`,
    whatToDo: "Ask for the new address, correct it here and save, then resume.",
    said: "The other server's words",
  },
};
