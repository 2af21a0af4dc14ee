/** What people read, in English: reminders to who has not read or answered. */

type SilentFacts = {
  readonly subject: string;
  readonly list: string;
  readonly count: number;
  readonly names: readonly string[];
  readonly more: number;
  readonly page: string;
};

const people = (count: number): string => `${count} ${count === 1 ? "member" : "members"}`;

export const followUp = {
  followUpMail: {
    subject: ({ subject, count }: SilentFacts): string => `${count} still silent: ${subject}`,
    text: ({ subject, list, count, names, more, page }: SilentFacts): string =>
      `${people(count)} of “${list}” ${count === 1 ? "has" : "have"} not confirmed or answered “${subject}”, and all reminders are over:\n\n${names.join("\n")}\n${more > 0 ? `and ${more} more\n` : ""}\nAll of them, with what is known of them, stand in the file. How it stands now:\n\n${page}\n`,
    columns: { name: "Name", address: "Address" },
  },
};
