/** What people read, in English: leaving, the way back, and who left. */

type Who = {
  readonly who: string;
  readonly address: string;
  readonly list: string;
  readonly at: string;
  readonly url: string;
};

export const leaving = {
  leaving: {
    goodbye: {
      subject: (list: string): string => `You have left “${list}”`,
      text: (said: {
        readonly address: string;
        readonly list: string;
        readonly until: string;
        readonly url: string;
        readonly owner: string;
      }): string =>
        `${said.address} gets no more mail from “${said.list}”.\n\nBy mistake, or was it not you? Until ${said.until} this page brings you back:\n\n${said.url}\n\nQuestions go to the people behind the list:\n${said.owner}\n`,
    },

    hasLeft: {
      subject: ({ who, list }: Who): string => `${who} has left “${list}”`,
      text: ({ who, address, list, at, url }: Who): string =>
        `${who} (${address}) has left “${list}” by themselves, ${at}.\n\nYou are told at once because the list is marked as required. Who left, and how to bring somebody back:\n\n${url}\n`,
    },

    isBack: {
      subject: ({ who, list }: Who): string => `${who} is back in “${list}”`,
      text: ({ who, address, list, at }: Who): string =>
        `${who} (${address}) had left “${list}” and has come back by themselves, ${at}. There is nothing to do.\n`,
    },

    notHere: {
      subject: (list: string): string => `Your mail to “${list}”`,
      text: ({
        address,
        list,
        owner,
      }: {
        readonly address: string;
        readonly list: string;
        readonly owner: string;
      }): string =>
        `You wrote to the mailing list “${list}”, but it sends no mail to ${address}.\n\nDo you get its mail all the same? Then it goes to another address of yours and is forwarded. Press the link at the end of such a mail: it works from everywhere. Or ask the people behind the list:\n${owner}\n\nWas it not you who wrote? Then there is nothing to do.\n`,
    },

    backQuestion: (list: string): string => `Come back to “${list}”?`,
    backText: (address: string): string => `${address} will get mail from this list again.`,
    backPausedText: (address: string): string =>
      `${address} will be on this list again. Its mail was paused before, and stays so until you resume it.`,
    backButton: "Come back",
    backDoneTitle: "You are back",
    backDone: (address: string, list: string): string => `${address} gets mail from “${list}” again.`,
    backPaused: (address: string, list: string): string =>
      `${address} is on “${list}” again. Its mail is paused, as it was before.`,
    overTitle: "Join the list again",
    over: (days: number): string => `This way back was open for ${days} days. You can still join again by mail:`,

    title: "Who left",
    thisWeek: "This week",
    before: "Before",
    none: "Nobody has left yet",
    noneText: "Whoever leaves, or is removed, stands here with the day, and can be brought back.",
    noneThemselves: "Nobody has left by themselves yet",
    all: "All",
    themselves: "By themselves",
    filterLabel: "Show only some",
    byMember: "left by themselves",
    byAdministrator: "removed by an administrator",
    bringBack: "Bring back",
    broughtBack: (address: string): string => `${address} is a member again.`,
    changedMeanwhile: "Look again: this entry has changed meanwhile.",
    ask: "Bring back who left by themselves only if they ask you to.",
    newest: "To the newest",
  },
};
