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

    address: {
      subject: (list: string): string => `Shall mail from “${list}” come here?`,
      text: ({ list, member, url, until }: Asking): string =>
        `A member of “${list}” (${member}) named this address: from now on the list's mail shall come here.\n\nIf that is you, just answer this mail, or press the button on this page, until ${until}:\n\n${url}\n\nIf it is not, do nothing: then nothing changes.\n`,
    },

    addressDone: {
      subject: (list: string): string => `Mail from “${list}” comes here now`,
      text: ({ list, address }: Told): string => `From now on mail from “${list}” comes to ${address}.\n`,
    },

    second: {
      subject: (list: string): string => `Is this address yours too? (“${list}”)`,
      text: ({ list, member, url, until }: Asking): string =>
        `A member of “${list}” (${member}) named this as a further address of theirs.\n\nIf that is you, just answer this mail, or press the button on this page, until ${until}:\n\n${url}\n\nIf it is not, do nothing: then nothing changes.\n`,
    },

    secondDone: {
      subject: (list: string): string => `This address is known now (“${list}”)`,
      text: ({ list, address }: Told): string =>
        `${address} is a further address of yours. Mail from “${list}” goes where it went before; what you write from here counts as yours.\n`,
    },

    taken: {
      subject: (list: string): string => `This address could not be entered (“${list}”)`,
      text: ({ address, owner }: Told): string =>
        `${address} is registered already, for somebody else or for you under another entry. Nothing was changed. The people behind the list can help:\n${owner}\n`,
    },

    moved: {
      subject: (list: string): string => `Mail from “${list}” goes to another address now`,
      text: ({ list, address, url, until }: Moved): string =>
        `Mail from “${list}” goes to ${address} from now on, as you wished.\n\nWas it not you? Until ${until} this page brings it back here:\n\n${url}\n`,
    },
  },

  ownLink: {
    address: {
      question: (list: string): string => `Shall mail from “${list}” come to this address?`,
      button: "Yes, send it here",
      done: (list: string): string => `Mail from “${list}” comes to this address now.`,
    },
    "address-back": {
      question: (list: string): string => `Shall mail from “${list}” come to this address again?`,
      button: "Yes, bring it back",
      done: (list: string): string => `Mail from “${list}” comes to this address again.`,
    },
    second: {
      question: (list: string): string => `Is this a further address of yours? (“${list}”)`,
      button: "Yes, it is mine",
      done: (): string => "This address is known as yours now.",
    },
    title: "Confirm an address",
    takenTitle: "Ask the people behind the list",
    taken: "This address is registered already under another entry, so nothing was changed. Write to:",
    overTitle: "Ask for a new link",
    over: "The time of this link has passed, or a newer one has taken its place. Nothing was changed.",
    overHow: "You get a new one from your own page, whose link stands at the end of each mail of the list.",
  },

  ownData: {
    title: "Your data",
    name: "Name",
    data: "What the list knows of you",
    fixed: "Entered by the administrators",
    saved: "Saved.",
    conflict:
      "Look at your entries again and repeat your change: somebody else has changed them meanwhile. You see what you typed.",
    conflictNow: "It now says",
    newAddress: "Change your address",
    newAddressText:
      "We write to the new address first. When it has answered, mail goes there, and the old one hears of it.",
    newAddressLabel: "New e-mail address",
    alsoLists: "Also for these lists",
    ask: "Write to the new address",
    further: "Further addresses of yours",
    furtherText:
      "What you write from them counts as yours: to leave or to pause, for example. The list's mail does not go there.",
    furtherLabel: "Further e-mail address",
    askFurther: "Write to this address",
    noFurther: "None yet.",
    remove: "Remove",
    removed: "The address is removed.",
    notRemoved: "This address stays: mail of a list goes there.",
    mailed: (address: string): string =>
      `We have written to ${address}. Answer the mail there, or press its button, within three days.`,
    same: "This address is entered for you already.",
    taken: (owner: string): string =>
      `This address is on the list already and cannot be entered twice. Choose another, or write to ${owner}.`,
    ours: "This is an address of the mailing lists themselves. Choose your own.",
    lately: "We wrote to this address a short while ago. Look there, in the spam folder too, or try again later.",
    nameLong: "Choose a shorter name: at most 200 characters.",
    long: "Shorten this: at most 1,000 characters.",
  },
};

type Asking = { readonly list: string; readonly member: string; readonly url: string; readonly until: string };
type Told = { readonly list: string; readonly address: string; readonly owner: string };
type Moved = { readonly list: string; readonly address: string; readonly url: string; readonly until: string };
