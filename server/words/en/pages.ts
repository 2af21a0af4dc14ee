/** What people read, in English: the pages behind links in mail, which need no account. */

export const pages = {
  leave: {
    title: "Leave this list",
    question: (list: string): string => `Leave “${list}”?`,
    text: (address: string): string => `${address} will get no more mail from this list.`,
    button: "Leave the list",
    doneTitle: "You have left",
    done: (address: string, list: string): string => `${address} gets no more mail from “${list}”.`,
    alreadyTitle: "You have left already",
    contact: (address: string): string => `By mistake? Write to ${address}.`,
    sampleTitle: "This link is a sample",
    sample:
      "It stands in a preview or a test mail, and opens nothing. In the mail that is sent each member has a link of their own.",
    unknownTitle: "Use the newest link you have",
    unknown:
      "This link is not known here. Copy the whole address from the mail, or write to the list's administrators.",
  },
};
