/** What people read, in English: the first page, the lists as a whole, deleting and copying them, one search over all. */

const number = new Intl.NumberFormat("en");

/** Counts on the first page go no further. */
const some = (count: number): string => (count >= 100 ? "99+" : number.format(count));
const counted = (count: number, one: string, many: string): string => `${some(count)} ${count === 1 ? one : many}`;

export const home = {
  nav: { label: "Kairan", home: "Home", lists: "Lists", search: "Search" },

  home: {
    title: "Home",
    send: "Send",
    sendHow:
      "Write here, or in your own mail program from a registered address to the address of the list. Every member gets a copy of their own and sees nobody else's address.",
    write: "In my mail program",
    writeTo: (title: string): string => `to “${title}”`,
    to: (members: number): string => (members === 1 ? "to 1 member" : `to ${number.format(members)} members`),
    from: (addresses: string): string => `Yours: ${addresses}.`,
    or: " or ",
    notSender: "Your address may not post here.",
    becomeSender: "Add a sender",
    noMembers: "Nobody would get it yet.",
    addMembers: "Add members",
    allLists: (count: number): string => `All ${number.format(count)} lists`,
    latest: "Last sent",
    latestNone: "Nothing was sent yet. What goes out is shown here, with what became of every copy.",
    sent: "Sent",
    astray: "Not arrived",
    going: "Still going",
    stopped: "Stopped",
    needs: "Needs a hand",
    needsNone: "Nothing waits for you.",
    needsMore: (count: number): string => (count === 1 ? "and 1 more list" : `and ${number.format(count)} more lists`),
    needKinds: {
      held: (count: number): string =>
        counted(count, "post is held until you approve it", "posts are held until you approve them"),
      refused: (count: number): string => counted(count, "post was refused this week", "posts were refused this week"),
      waiting: (count: number): string =>
        counted(count, "person has not finished joining", "people have not finished joining"),
      bounced: (count: number): string =>
        counted(count, "member gets nothing: mail came back", "members get nothing: mail came back"),
      left: (count: number): string => counted(count, "member left this week", "members left this week"),
    },
    firstTitle: "Welcome",
    firstText: "Three steps to the first mail:",
    first: [
      "Make a list: it needs a title, a name and somebody who may post.",
      "Bring in the members: from a spreadsheet, by hand, or let them join by themselves.",
      "Write the first mail to the list's address, from a registered address.",
    ],
  },

  warnings: {
    title: "The server needs you",
    disk: (free: string): string =>
      `Make room on the server's disk: only ${free} are free. When it is full, no mail comes in.`,
    certificate: {
      smtp: (when: string): string =>
        `Renew the certificate of smtp.tls, then restart Kairan: it ends ${when}. Other servers may then send mail in the clear.`,
      web: (when: string): string =>
        `Renew the certificate of web.tls, then restart Kairan: it ends ${when}. Browsers then warn everybody away.`,
    },
    certificateOver: {
      smtp: (when: string): string => `Renew the certificate of smtp.tls, then restart Kairan: it ended ${when}.`,
      web: (when: string): string =>
        `Renew the certificate of web.tls, then restart Kairan: it ended ${when}, and browsers warn everybody away.`,
    },
    backup: (when: string): string => `Make a backup: the last one is of ${when}.`,
    backupNever: "Make a backup: there is none yet.",
    backupLink: "How to make a backup",
    still: (since: string): string =>
      `Look at the server's log and its connection: copies are due, and none has been tried since ${since}.`,
    manyFailed: (failed: number, members: number): string =>
      `Check the relay (outbound.relay): of ${number.format(members)} members of a list ${number.format(failed)} were refused at once, as if nobody were at their addresses. Nobody is stopped for it. It says:`,
    manyFailedLink: "To the list",
    refused: (since: string): string =>
      `Look at the relay's settings (outbound.relay): since ${since} it has taken no copy. Each is tried again later. It says:`,
  },

  listsPage: {
    previous: "Previous page",
    searchLabel: "Search by title or address",
    sortLabel: "Order",
    sort: { title: "By title", last: "Last sent first" },
    members: "Active members",
    posts: "Sent",
    deleted: "Deleted lists",
    deletedText: "They are hidden and refuse all mail. Until the day named they can be brought back whole.",
    until: (when: string): string => `Until ${when}`,
    restore: "Bring back",
    purge: "Delete for good",
    purgeQuestion: (title: string): string =>
      `Delete “${title}” for good now? Its members, posts and the account of every copy cannot be brought back then.`,
    purgeConfirm: "Yes, for good",
    restored: (title: string): string => `“${title}” is back. What was being sent stays stopped.`,
    purged: (title: string): string => `“${title}” is gone for good. Its name is free.`,
    tooLate: "Look at the list of deleted lists again: this one cannot be brought back any more.",
  },

  newList: {
    administrator: "Administrator",
    administratorHint:
      "Who looks after the list: a user name, or an e-mail address, to which an invitation goes. More can be added later.",
    like: "Settings",
    likeHint: "Who may post, where replies go, what joining asks and the like. All of it can be changed later.",
    likeDefault: "The usual ones",
    likeOf: (title: string): string => `As of “${title}”`,
    takenByDeleted:
      "Choose another name, or look under “Deleted lists”: a list of this name was deleted and can still be brought back.",
    likeGone: "Choose again: that list is not there any more.",
  },

  firstSteps: {
    title: "Three steps to the first mail",
    done: "Done",
    members: "Bring in the members",
    membersText:
      "From a spreadsheet or by hand. Or show people the joining address: a blank mail to it is all they need.",
    membersDone: (count: number): string =>
      count === 1 ? "1 member is here." : `${number.format(count)} members are here.`,
    addMembers: "Add a member",
    importFile: "From a spreadsheet",
    joiningPage: "How people join",
    senders: "Say who may post",
    sendersText: "Only mail from registered addresses goes out.",
    sendersDone: "Somebody is registered.",
    addSender: "Add a sender",
    mail: "Write the first mail",
    mailText: (address: string): string =>
      `From a registered address to ${address}. It appears here as soon as it comes in.`,
  },

  deletion: {
    title: "Delete this list",
    open: "Delete this list…",
    what: (title: string): string => `“${title}” and all that belongs to it go:`,
    members: (count: number): string =>
      count === 1 ? "1 active member, and all others" : `${number.format(count)} active members, and all others`,
    posts: (count: number): string =>
      count === 1
        ? "1 post, with the account of every copy"
        : `${number.format(count)} posts, with the account of every copy`,
    settings: "senders, administrators and settings",
    atOnce: "At once: the list is hidden, mail to it is refused, and what is being sent is stopped.",
    undo: "For seven days it can be brought back; then it is gone for good.",
    confirm: (name: string): string => `To confirm, type the list's name: ${name}`,
    wrong: (name: string): string => `Type ${name}, the part of the address before the @.`,
    button: "Delete the list",
    done: (title: string): string => `“${title}” is deleted. For seven days it can be brought back.`,
  },

  settingGroups: {
    name: "Name and language",
    posting: "Who may post, and who answers",
    copies: "What members get",
    people: "Members",
    nameExplained: "The address cannot be changed: members and their filters know it.",
    languageHint: "Of the mails that the server writes, and of the footer.",
    timezoneNow: (now: string): string => `It is ${now} there now.`,
    postingHint: "Everybody else's mail is refused, and the author is told by their own mail server.",
    replyToHint: "Where an answer goes when a member presses “Reply”.",
    ownCopyHint: "A copy of one's own is a good proof that it went out.",
    reports: "Reports",
    requiredHint: "For lists such as an emergency list of all parents.",
    copyTitle: "Copy from another list",
    copyText: "Takes over all settings of another list but its title. What would change is shown first.",
    copyFrom: "List",
    copyShow: "Show what would change",
    addressesTitle: "Addresses of this list",
  },

  copySettings: {
    title: "Copy settings",
    from: (title: string): string => `From “${title}”`,
    same: "Nothing would change: the settings are the same.",
    setting: "Setting",
    now: "Now",
    then: "Then",
    button: "Take over these settings",
    done: (title: string): string => `The settings are those of “${title}” now.`,
    changed: "Look again: the settings changed meanwhile.",
    on: "Yes",
    off: "No",
    empty: "—",
    joining: "What joining asks",
    joiningDiffers: "as there",
    joiningNow: "as it is",
  },

  search: {
    title: "Search all lists",
    clear: "Clear",
    label: "Address or name",
    hint: "The beginning of an address or a part of a name is enough.",
    none: "Nobody was found",
    noneText: "Try the beginning of the address, or look on the page of members of a list.",
    short: "Type at least two characters.",
    more: "There are more: type more of the address.",
    member: "Member",
    sender: "Sender",
    administrator: "Administrator",
    owner: "Owner of this server",
    account: (username: string): string => `Account ${username}`,
    on: "on",
    nothing: "On no list any more.",
    lists: "Lists",
    found: (count: number): string => (count === 1 ? "1 person" : `${number.format(count)} people`),
  },
};
