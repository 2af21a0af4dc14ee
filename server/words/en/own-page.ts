/** What people read, in English: the member's own page, and the mails that belong to it. */

export const ownPage = {
  ownPage: {
    title: "Your membership",
    stateOf: {
      waiting: "You have not confirmed yet: answer the mail that you got.",
      active: "You get all mail of this list.",
      paused: "Mail of this list is paused for you.",
      bounced: "Mail to you came back, so nothing is sent to you any more.",
      left: "You are not on this list any more.",
    },
    pause: "Pause the mails",
    resume: "Get mails again",
    leave: "Leave the list",
    comeBack: "Come back",
    language: "Language of pages and mails",
    useLanguage: "Use this language",
    data: "Name, address, further addresses",
    dataText: "For these we send a link to your address, so that nobody but you gets at them.",
    mailLink: "Mail me the link",
    paused: "Paused: you get nothing until you press “Get mails again”.",
    resumed: "You get mails again.",
    left: "You have left the list. A goodbye is on its way to you.",
    returned: "You are back on the list.",
    languageDone: "From now on it is this language.",
    mailed: "The link is on its way. It works for one hour.",
    lately: "A link went to you a short while ago: look into your mailbox, in the spam folder too.",
    nothing: "Nothing was changed: things stand as you see here.",
    rejoin: "To join again, send an empty mail to:",
  },

  ownMail: {
    edit: {
      subject: (list: string): string => `Your link: name and addresses in “${list}”`,
      text: ({ list, url, until }: { readonly list: string; readonly url: string; readonly until: string }): string =>
        `On this page you see and change your name and your addresses for “${list}”. It opens until ${until}:\n\n${url}\n\nWas it not you who asked for it? Then there is nothing to do. Pass this mail on to nobody.\n`,
    },
  },
};
