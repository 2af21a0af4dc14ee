/** What people read, in English: reports by mail of how posts went. */

type PostFacts = {
  readonly list: string;
  readonly number: number;
  readonly subject: string;
  readonly author: string;
  readonly at: string;
  readonly all: number;
  readonly sent: number;
  readonly open: number;
  readonly astray: number;
  readonly states: readonly string[];
  /** How many have confirmed and answered, as the pages say it. */
  readonly responses: readonly string[];
  readonly named: readonly string[];
  readonly checkedAt: string;
  readonly watchedUntil: string | undefined;
  readonly page: string;
  /** Undefined: there is no file. */
  readonly isFileWhole: boolean | undefined;
};

type LineFacts = Pick<PostFacts, "number" | "subject" | "at" | "all" | "sent" | "astray" | "responses"> & {
  readonly state: string;
};
type PeriodFacts = {
  readonly list: string;
  readonly period: string;
  readonly count: number;
  readonly lines: readonly string[];
  readonly isMore: boolean;
  readonly page: string;
};
type NewsFacts = {
  readonly list: string;
  readonly count: number;
  readonly lines: readonly string[];
  readonly page: string;
};

const posts = (count: number): string => `${count} ${count === 1 ? "post" : "posts"}`;

export const reports = {
  report: {
    confirmed: "Confirmed",
    familyConfirmed: "Family confirmed",
    answered: "Answered",
    yes: "yes",
    columns: {
      number: "Number",
      at: "Sent at",
      subject: "Subject",
      name: "Sender",
      address: "Sender's address",
      state: "State",
    },

    subject: ({ subject, all, sent, astray }: PostFacts): string =>
      `Sent to ${sent} of ${all}${astray > 0 ? `, ${astray} astray` : ""}: ${subject}`,
    text: (facts: PostFacts): string =>
      [
        `“${facts.subject}”, number ${facts.number} on “${facts.list}”, by ${facts.author} at ${facts.at}:`,
        "",
        ...facts.states,
        ...facts.responses,
        ...(facts.open > 0 ? ["", `${facts.open} will be tried again.`] : []),
        ...(facts.named.length > 0
          ? [
              "",
              facts.astray > facts.named.length
                ? `${facts.named.length} of the ${facts.astray} that went astray:`
                : "These went astray:",
              ...facts.named,
            ]
          : []),
        "",
        `Looked for returned mail until ${facts.checkedAt}.`,
        ...(facts.watchedUntil === undefined
          ? []
          : [`It is watched for until ${facts.watchedUntil}; should any come, you hear again.`]),
        "“Sent” means that the next mail server took it, which is no proof that it arrived.",
        ...(facts.isFileWhole === undefined
          ? []
          : [
              "",
              facts.isFileWhole
                ? "All recipients stand in the file."
                : "The file has the first 20,000 recipients; the page has all:",
              facts.page,
            ]),
        "",
      ].join("\n"),

    noneSubject: (list: string): string => `No such post: “${list}”`,
    noPost: (number: number): string => `There is no post number ${number} on this list.\n`,

    period: (since: string, until: string): string => `${since} to ${until}`,
    periodSubject: (list: string, period: string): string => `“${list}”, ${period}`,
    periodText: ({ list, period, count, lines, isMore, page }: PeriodFacts): string =>
      `“${list}”, ${period}: ${count === 0 ? "nothing was sent" : posts(count)}.\n\n${lines.join("\n")}${lines.length > 0 ? "\n\n" : ""}${
        isMore ? "There were more; the newest are listed. " : ""
      }${count > 0 ? `All of them stand in the file. For one post in full, write “report” and its number.\n\n` : ""}${page}\n`,
    line: ({ number, subject, at, state, all, sent, astray, responses }: LineFacts): string =>
      `${number}  ${at}  ${subject}\n    ${all === 0 ? state : `sent to ${sent} of ${all}`}${astray > 0 ? `, ${astray} astray` : ""}${responses.map((each) => `, ${each}`).join("")}`,

    newsSubject: ({ list, count }: NewsFacts): string => `${posts(count)} on “${list}”`,
    newsText: ({ list, lines, page }: NewsFacts): string =>
      `New in the history of “${list}”:\n\n${lines.join("\n")}\n\n${page}\n`,
    newsLine: ({
      number,
      subject,
      author,
      at,
    }: {
      readonly number: number;
      readonly subject: string;
      readonly author: string;
      readonly at: string;
    }): string => `${number}  ${at}  ${subject} (${author})`,
  },
};
