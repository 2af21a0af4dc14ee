/** What people read, in English: accounts, administrators, invitations, and signing in again. */

type About = { readonly url: string; readonly until: string; readonly server: string; readonly username: string };
type AboutList = About & { readonly title: string; readonly address: string };

type AboutAdded = Pick<AboutList, "url" | "title" | "address">;

export const accounts = {
  keptForm: {
    typed: "Look at what you typed and press the button again: you had been signed out, so nothing was saved yet.",
    button: "Press the button again: you had been signed out, so nothing was changed yet.",
    signIn: "You were signed out. Sign in, and what you typed is there again.",
  },

  forgotten: {
    link: "Password forgotten, or none yet?",
    title: "A link by mail",
    text: "Type your user name or your e-mail address. A link that signs you in once goes to the address of your account; with it you choose a new password.",
    who: "User name or e-mail address",
    button: "Send me a link",
    doneTitle: "Look into your mailbox",
    done: "If there is such an account, a mail with a link is on its way to its address. It is good for two hours.",
    doneMore:
      "No mail after some minutes? Look among the unwanted mail. One goes out in ten minutes at most, and three a day.",
    operator: "No mail at all? The server's operator makes a link with:",
  },

  signInMail: {
    invitation: {
      subject: ({ server }: About): string => `Your account at ${server}`,
      text: ({ url, until, server, username }: About): string =>
        `You have an account for the mailing lists at ${server}.\n\nOpen this link to sign in and choose a password:\n\n${url}\n\nIt signs in once, until ${until}.\nYour user name: ${username}\n\nYou expected no such mail? Then do nothing; without the link nobody signs in.\n`,
    },
    listInvitation: {
      subject: ({ title }: AboutList): string => `You are to administer “${title}”`,
      text: ({ url, until, server, username, title, address }: AboutList): string =>
        `You have been made an administrator of the mailing list “${title}” (${address}).\n\nOpen this link to sign in at ${server} and choose a password:\n\n${url}\n\nIt signs in once, until ${until}.\nYour user name: ${username}\n\nYou expected no such mail? Then do nothing; without the link nobody signs in.\n`,
    },
    forgotten: {
      subject: ({ server }: About): string => `Signing in at ${server}`,
      text: ({ url, until, server, username }: About): string =>
        `Somebody, most likely you, asked for a link to sign in at ${server}.\n\nOpen it and choose a new password:\n\n${url}\n\nIt signs in once, until ${until}.\nYour user name: ${username}\n\nYou did not ask? Then do nothing: your password stays as it is.\n`,
    },
    added: {
      subject: ({ title }: AboutAdded): string => `You now administer “${title}”`,
      text: ({ url, title, address }: AboutAdded): string =>
        `You have been made an administrator of the mailing list “${title}” (${address}).\n\nYou find it here:\n\n${url}\n`,
    },
  },

  accounts: {
    title: "Accounts",
    intro: "Who may sign in to this panel. Owners run the whole server; administrators run the lists that are theirs.",
    add: "Invite somebody",
    owner: "Owner",
    administrator: "Administrator",
    you: "you",
    role: "May do",
    roles: {
      owner: "Everything on this server (owner)",
      administrator: "Only what belongs to the own lists (administrator)",
    },
    lists: "Lists",
    everyList: "Every list",
    noList: "No list yet",
    lastSignIn: "Last sign-in",
    never: "Never yet",
    password: "Password",
    hasPassword: "Chosen",
    noPassword: "None yet",
    invited: "Invitation",
    invitedAt: (when: string): string => `Invited ${when}`,
    name: "Name",
    username: "User name",
    usernameHint: "Typed at signing in. Left empty, it is the e-mail address.",
    usernameWrong: "Use 1 to 64 letters, digits, dots, hyphens, underscores and @.",
    usernameTaken: "Choose another user name: this one is taken.",
    address: "E-mail address of the account",
    addressHint: "Invitations and links to sign in go there.",
    firstList: "First list",
    noFirstList: "None yet",
    newTitle: "Invite somebody",
    newText: "They get a mail with a link that signs in once within seven days, and choose a password themselves.",
    inviteButton: "Send the invitation",
    invitedNow: (address: string): string => `The invitation to ${address} is on its way.`,
    linkTitle: "A link that signs in once",
    linkText: (until: string): string =>
      `Hand it over in a way that nobody else reads. It is shown only now, and signs in once, until ${until}.`,
    copyLink: "Copy the link",
    linkKept: "No mail leaves this server, so that the link is shown here.",
    makeLink: "Make a link to sign in",
    mailLink: "Mail an invitation",
    mailAgain: "Mail the invitation again",
    tooSoon: "Wait a while: a mail went to this address less than ten minutes ago, or three did today.",
    endSessions: "End all sign-ins",
    ended: "All sign-ins of this account have ended, and links that waited for it.",
    saved: "Saved.",
    conflict:
      "Look at the account again and repeat your change: somebody else changed it meanwhile. What you see below is what you typed.",
    lastOwner: "Make somebody else an owner first: this is the last one.",
    remove: "Remove the account",
    removeQuestion: (name: string): string =>
      `Remove the account of ${name}? The sign-ins end at once. The person stays a sender or member where they are one.`,
    removeConfirm: "Yes, remove the account",
    removed: (name: string): string => `The account of ${name} is removed.`,
    notYourself: "Ask another owner: nobody removes the own account.",
    addToList: "Make administrator of",
    addToListButton: "Add",
    toList: (title: string): string => `To “${title}”`,
    fromList: (title: string): string => `No longer of “${title}”`,
    addedToList: (title: string): string => `Now administers “${title}”.`,
    takenFromList: (title: string): string => `No longer administers “${title}”.`,
    reply: "The other server's own words",
    actions: "Signing in",
  },

  administrators: {
    title: "Administrators",
    intro:
      "Administrators see and change everything of this list: members, senders, posts, settings, and who administers it. Mail to the people behind the list goes to them.",
    owners: "The server's owners may do the same on every list.",
    none: "No administrator yet: the server's owners look after this list.",
    add: "Add an administrator",
    who: "E-mail address or user name",
    whoHint: "Whoever has no account yet gets an invitation by mail, with a link that signs in once within seven days.",
    whoUnknown: "Write an e-mail address: there is no account of this name.",
    name: "Name",
    addButton: "Add",
    added: (who: string): string => `${who} administers this list now.`,
    invited: (address: string): string => `An invitation to ${address} is on its way.`,
    already: (who: string): string => `${who} administers this list already.`,
    notAdded: "Add the administrator once more: the account could not be made just now.",
    askOwner: "No mail leaves this server: an owner makes a link for them on the page “Accounts”.",
    remove: "Remove",
    removeQuestion: (name: string): string => `${name} shall no longer administer this list?`,
    removeSelf: "You yourself shall no longer administer this list? You cannot take that back.",
    removeConfirm: "Yes, remove",
    removed: (name: string): string => `${name} no longer administers this list.`,
    again: "Mail the invitation again",
    waiting: "Has not signed in yet",
  },

  accountPage: {
    choose: "Welcome. Choose a password now, so that you can sign in next time.",
    chooseNew: "You are signed in by the link. Choose a new password, if you have forgotten yours.",
    settings: "Language and time",
    language: "Language",
    timezone: "Time zone",
    timezoneHint: (server: string): string =>
      `For pages that belong to no list; left empty, the server's (${server}). A list's pages show the list's own time.`,
    saved: "Saved.",
  },

  senderPage: {
    editTitle: "Edit a sender",
    back: "To the senders",
    saved: "Saved.",
    restored: (address: string): string => `${address} may post again.`,
    many: "Several senders at once",
    people: "One sender a line",
    peopleHint: "An address, with the name before or after it: Hanako Yamada <hanako@example.org>",
    lineFault: (line: string): string =>
      `Write one address in each line, and the name beside it. This one is different: “${line}”.`,
    tooMany: (most: number): string => `Write at most ${most} at once.`,
    addedMany: (added: number, known: number): string =>
      `${added} added.${known > 0 ? ` ${known} could post already.` : ""}`,
    takenFault: "Look below: somebody has such an address already. Nothing was changed yet.",
    taken: {
      possible: (name: string): string => `belongs to ${name === "" ? "a person without a name" : name}.`,
      "out-of-reach": (): string =>
        "belongs to somebody on a list that you do not administer. An owner of the server can join the two.",
      members: (name: string): string =>
        `belongs to ${name === "" ? "a person without a name" : name}. Both are, or were, members of the same list, and stay two persons.`,
    },
    merge: "This is the same person: make the two one",
    mergeHint: "The one keeps all addresses, memberships and rights of both, on every list. This cannot be undone.",
    inUse: (addresses: string): string =>
      `Leave ${addresses} as it is: a list sends to it. Change the member's address there first.`,
    outOfReach:
      "This person is known on lists that you do not administer. Ask an owner of the server to change the name or the addresses; here you can add and remove them as a sender.",
    outOfReachAdd:
      "Write the first address alone: that person is known on lists that you do not administer, so that only an owner of the server can add addresses to them.",
  },
};
