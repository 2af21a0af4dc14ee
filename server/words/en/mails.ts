/** What people read, in English: what the server writes into mail. */

export const mails = {
  footer: {
    /** Above the leave URL at the end of each copy. */
    leave: "To leave this list:",
    /** Above the URL of the member's own page. */
    own: "Your own page: pause, language, your data:",
    sentBy: (title: string): string => `You get this mail as a member of “${title}”.`,
  },

  notices: {
    refusedLists: {
      subject: "Not every list took your message",
      text: ({ subject, lists }: { readonly subject: string; readonly lists: readonly string[] }): string =>
        `Your message “${subject}” was not taken by:\n\n${lists.join("\n")}\n\nYou may not post there, or the list takes no mail of this kind. The other lists took it.\n`,
    },
  },
};
