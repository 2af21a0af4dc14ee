/** What people read, in English: how readers have responded to a post. */

const minute = 60_000;

export const responses = {
  responses: {
    title: "Read confirmation",
    kinds: { confirmed: "Confirmed", answered: "Answered" },
    confirmed: (count: string, all: string): string => `${count} of ${all} have confirmed`,
    answered: (count: string, all: string): string => `${count} of ${all} have answered`,
    families: (count: string, all: string): string => `${count} of ${all} families have confirmed`,
    familiesNote: (by: string, singles: number): string =>
      `Families are told apart by “${by}”: one member who confirms is enough.${singles === 0 ? "" : singles === 1 ? " 1 member without it counts alone." : ` ${singles} members without it count for themselves.`}`,
    family: (by: string, value: string): string => `${by} ${value}`,
    noFamily: (by: string): string => `Without “${by}”`,
    call: (name: string): string => `Call ${name}`,
    filterLabel: "Show who has or has not confirmed",
    silent: "Not yet",
    confirmedOnes: "Confirmed",
    csvSilent: "Who has not, as CSV",
    telephone: "Telephone",
    time: "Confirmed at",
    noneSilent: "Everybody has confirmed",
    noneFound: "Nobody here",
    noneFoundText: "Nobody in this list matches these words.",
    noneYet: "There are no copies yet",
    noneConfirmed: "Nobody has confirmed yet",
    noneConfirmedText: "Whoever presses the button behind the link in their copy appears here at once.",
    cut: "The search has not come to the end yet.",
    onward: "Search on",
    timesTitle: "How soon",
    timesNote:
      "Since the post began to leave, each with all before. Nobody is counted for opening a mail: only for pressing the button.",
    timesByMember: "Members are counted here, not families.",
    timesOfList: (posts: number): string =>
      posts === 1 ? "Of the last post that asked" : `Of the last ${posts} posts that asked`,
    within: (ms: number): string =>
      ms < 60 * minute
        ? `${ms / minute} min`
        : ms < 1440 * minute
          ? `${ms / (60 * minute)} h`
          : ms === 1440 * minute
            ? "1 day"
            : `${ms / (1440 * minute)} days`,
    ever: "So far",
    howToAsk: (address: string): string =>
      `Ask for it by mailing to ${address}, with [confirm] at the start of the subject, or when you write in the panel.`,
    open: "How soon members respond",
  },

  response: {
    title: "Read and answered",
    confirmed: (time: string): string => `Confirmed ${time}`,
    familyConfirmed: (by: string, time: string): string => `Not confirmed; somebody with the same “${by}” did ${time}`,
    notConfirmed: "Not confirmed yet",
    answered: (time: string): string => `Answered ${time}`,
    notAnswered: "Not answered yet",
    anonymous: "The poll is anonymous: nobody can see who answered what.",
  },
};
