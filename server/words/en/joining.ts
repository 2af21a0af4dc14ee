/** What people read, in English: joining by blank mail, the pages and mails around it, and who waits. */
import type { JoiningMode, NameMode } from "../../lists/joining.ts";

const number = new Intl.NumberFormat("en");

export const joining = {
  joinMail: {
    confirmSubject: (title: string): string => `Please confirm: join “${title}”`,
    confirmText: ({ title, address, url, until, byReply }: JoinConfirmation): string =>
      [
        `Somebody, probably you, asked by mail that this address joins the list “${title}” (${address}).`,
        "",
        `To join, open this page and press its button, until ${until}:`,
        "",
        url,
        "",
        ...(byReply ? ["Or just reply to this mail, as it is.", ""] : []),
        "If it was not you, do nothing: nobody is added.",
        "",
      ].join("\n"),
    alreadySubject: (title: string): string => `You are a member of “${title}” already`,
    alreadyText: ({ title, address, url }: JoinNotice): string =>
      `This address is a member of the list “${title}” (${address}) already; there is nothing more to do.\n\nTo pause, or to leave the list:\n\n${url}\n`,
    awaitsSubject: (title: string): string => `“${title}”: an administrator has the last word`,
    awaitsText: ({ title, address }: JoinNotice): string =>
      `You have confirmed that you want to join the list “${title}” (${address}). An administrator of the list has the last word; we write to you as soon as you are a member.\n`,
    closedSubject: (title: string): string => `“${title}” takes nobody in by mail`,
    closedText: ({ title, address, owner }: JoinNotice): string =>
      `Nobody can join the list “${title}” (${address}) by mail now, so nothing was done. To be a member, write to its administrators: ${owner}\n`,
    pageSubject: (title: string): string => `To join “${title}”, open the page`,
    pageText: ({ title, url }: JoinNotice): string =>
      `Thank you for the reply. The list “${title}” asks for something more: please open this page and finish there.\n\n${url}\n`,
    approvalSubject: (title: string): string => `“${title}”: somebody waits to be let in`,
    approvalText: ({
      title,
      count,
      url,
    }: {
      readonly title: string;
      readonly count: number;
      readonly url: string;
    }): string =>
      `${count === 1 ? "One person has" : `${number.format(count)} people have`} confirmed that they want to join the list “${title}”, and wait for an administrator:\n\n${url}\n`,
    welcomeSubject: (title: string): string => `Welcome to “${title}”`,
    welcomeText: ({ title, address, arrived, page }: JoinWelcome): string =>
      [
        `You are a member of the list “${title}” now. Its mail comes from ${address}.`,
        "",
        "Please open this page and press its button, so that the administrators know that mail reaches you:",
        "",
        arrived,
        "",
        "To pause, or to leave the list, at any time:",
        "",
        page,
        "",
      ].join("\n"),
  },

  joinPage: {
    title: "Join the list",
    question: (list: string): string => `Join “${list}”`,
    intro: (address: string): string => `Mail from this list will go to ${address}.`,
    name: "Your name",
    choose: "Please choose",
    code: "Code",
    codeHint: "The word you were given with the invitation.",
    until: (time: string): string => `This link is good until ${time}.`,
    approval: "An administrator of the list has the last word.",
    button: "Join the list",
    choiceMissing: "Choose one.",
    answerLong: "Shorten this: at most 200 characters.",
    codeWrong: "Type the code again: this is not the one.",
    doneTitle: "You are a member",
    done: (address: string, list: string): string => `${address} gets the mail of “${list}” from now on.`,
    alreadyTitle: "You are a member already",
    approvalTitle: "Confirmed. Now an administrator looks at it",
    approvalText: (list: string): string =>
      `The administrators of “${list}” have been told. You get a mail as soon as you are a member.`,
    test: "Send me a test mail",
    testText: "Some phones hide mail from new senders. A test mail shows whether it reaches you.",
    testSent: (address: string): string =>
      `A test mail is on its way to ${address}. If it does not come within some minutes, look among the junk mail and see the help below.`,
    testWait: "A test mail went a short while ago. Wait some minutes, and look among the junk mail too.",
    memberPage: "Pause, leave, change language",
    help: "If mail does not come",
    overTitle: "Ask again, please",
    over: (address: string): string =>
      `This link has been used or its time is over. To join, send an empty mail to ${address}; a new link comes back.`,
    closedTitle: "Nobody can join now",
    closed: (owner: string): string => `This list takes nobody in at the moment. Its administrators: ${owner}`,
    arrivedTitle: "Did the mail reach you?",
    arrivedText: (list: string): string =>
      `Press the button, and the administrators of “${list}” know that its mail reaches you.`,
    arrivedButton: "It arrived",
    arrivedDoneTitle: "Thank you",
    arrivedDone: (list: string): string => `Now it is known that the mail of “${list}” reaches you.`,
  },

  joinHelp: {
    title: (list: string): string => `How to join “${list}”`,
    lead: "An empty mail is enough.",
    stepAllow: (domain: string): string => `Let mail from ${domain} in`,
    stepAllowText: "Phones with a mail filter throw the first mail away otherwise. How it is done is told below.",
    stepSend: "Send an empty mail",
    stepSendText: "Read the code with the camera, or write to this address. Subject and text may stay empty.",
    stepConfirm: "Answer the mail that comes back",
    stepConfirmText: "Within some minutes a mail asks whether it was you. Press the button of its page, or just reply.",
    stepConfirmPage:
      "Within some minutes a mail asks whether it was you. Open its page, fill it in and press the button.",
    stepDone: "Done",
    stepDoneText: "From now on the mail of the list comes to you. You can leave at any time by the link at its end.",
    stepApproval: "An administrator looks at it, and a mail tells you when you are a member.",
    button: "Write the empty mail",
    address: "Joining address",
    domain: "Domain to let in",
    qr: "QR code that begins a mail to the joining address",
    until: (time: string): string => `Open until ${time}.`,
    filters: "If your phone or mail service filters mail",
    filtersText: (domain: string): string =>
      `Put the domain ${domain} on the list of senders that are let in. The names of menus change now and then.`,
    notCome: "If no mail comes back",
    notComeText:
      "Look among the junk mail first, then let the domain in as told above and send the empty mail again after ten minutes.",
    contact: (owner: string): string => `Questions: ${owner}`,
    print: "Page to print (A4)",
    closedTitle: "Nobody can join by mail now",
    closed: (owner: string): string => `This list takes nobody in by mail at the moment. Its administrators: ${owner}`,
    carriers: {
      docomo: {
        name: "docomo (@docomo.ne.jp)",
        steps: [
          "Open “My docomo” or the docomo mail app, then the mail settings (メール設定).",
          "Open the list of senders to let in and to refuse (受信リスト/拒否リスト設定) and switch it on.",
          "Under the senders to let in (受信するメールの登録) add the domain, and save.",
        ],
      },
      au: {
        name: "au, UQ mobile (@au.com, @ezweb.ne.jp, @uqmobile.jp)",
        steps: [
          "Open the mail app's settings, then address changes and filters (アドレス変更・迷惑メール設定).",
          "Open the filter's list of senders to let in (受信リスト).",
          "Add the domain, as a domain (ドメイン) and with “always let in” (必ず受信), and save.",
        ],
      },
      softbank: {
        name: "SoftBank, Y!mobile (@softbank.ne.jp, @i.softbank.jp, @ymobile.ne.jp)",
        steps: [
          "Sign in to “My SoftBank” or “My Y!mobile” and open the mail settings (メール設定, メール管理).",
          "Open the measures against junk mail (迷惑メール対策), then the list of senders to let in (受信許可リスト).",
          "Add the domain, and save. Where mail with links is refused, let it in.",
        ],
      },
      gmail: {
        name: "Gmail",
        steps: [
          "Look in “Spam”, and in the tabs beside “Primary”. Open the mail there and press “Not spam”.",
          "On a computer: Settings, “Filters and blocked addresses”, new filter; type @ and the domain under “From”; choose “Never send it to Spam”.",
        ],
      },
      icloud: {
        name: "iCloud (@icloud.com, @me.com)",
        steps: [
          "Look in the folder “Junk”. Open the mail there and move it to the inbox, or press “Not Junk”.",
          "Add the list's address to your contacts.",
        ],
      },
    },
  },

  waiting: {
    title: "Joining",
    publicPage: "Page for new members",
    publicText:
      "Give people this address or the printed page: how to join, with a QR code and help for phones with filters.",
    open: "Open the page",
    print: "Page to print (A4)",
    copy: "Copy the address",
    people: "Who waits",
    none: "Nobody waits",
    noneText: (address: string): string =>
      `Whoever sends an empty mail to ${address} is seen here until the confirmation comes.`,
    all: "All",
    confirmed: "To be approved",
    filterLabel: "Filter",
    pick: (address: string): string => `Choose ${address}`,
    person: "Person",
    asked: "Asked",
    mail: "Confirmation mail",
    state: "State",
    noMail: "none was sent",
    unconfirmed: "has not confirmed yet",
    toApprove: "confirmed, waits for you",
    returning: "was a member before",
    expires: (time: string): string => `until ${time}`,
    again: "Send the mail again",
    add: "Make a member now",
    approve: "Approve",
    dismiss: "Dismiss",
    dismissQuestion: "Dismiss those chosen? Their links stop working, and nobody is told. They can ask again.",
    dismissConfirm: "Dismiss them",
    nobody: "Choose at least one person first.",
    added: (count: number): string =>
      count === 0
        ? "Nobody was let in: it was settled already."
        : count === 1
          ? "One person is a member now, and is told by mail."
          : `${number.format(count)} people are members now, and are told by mail.`,
    dismissed: (count: number): string =>
      count === 1 ? "One person was dismissed." : `${number.format(count)} people were dismissed.`,
    sentAgain: (sent: number, held: number): string =>
      `${sent === 1 ? "One confirmation mail is" : `${number.format(sent)} confirmation mails are`} on the way.${held === 0 ? "" : ` ${number.format(held)} went a short while ago or several times today, and were not sent again.`}`,
    settings: "What joining asks",
    saved: "Saved.",
    mode: "Who may join by empty mail",
    modes: {
      open: "Everybody who confirms",
      approval: "Everybody, after an administrator's approval",
      closed: "Nobody",
    } satisfies Record<JoiningMode, string>,
    name: "Name",
    names: {
      asked: "The page asks for it",
      required: "The page insists on it",
      no: "The page does not ask",
    } satisfies Record<NameMode, string>,
    attributes: "Attributes to ask for",
    attributesHint:
      "One a line. A star: must be answered. After a colon: the choices. For example “Year*: 1, 2, 3” or “Street”.",
    attributesWrong: (line: string): string =>
      `Write each line as “Name: choice, choice”, each name once; name, address and status are no attributes. This one is not: “${line}”`,
    code: "Code",
    codeHint:
      "A word that the page asks for, so that only those who were told it can join. Then a bare reply is not enough. Empty: none.",
    codeLong: "Choose a shorter code: at most 50 characters.",
    until: "Open until",
    untilHint: (zone: string): string => `Time of ${zone}. Empty: for ever.`,
    untilWrong: "Write a day and time such as 2026-04-08 17:00, or leave it empty.",
    byReply: "joined by reply, without a name",
    arrived: (time: string): string => `test mail arrived ${time}`,
  },
};

export type JoinConfirmation = {
  readonly title: string;
  /** The list's. */
  readonly address: string;
  readonly url: string;
  readonly until: string;
  /** Whether a reply alone confirms. */
  readonly byReply: boolean;
};

export type JoinNotice = {
  readonly title: string;
  readonly address: string;
  readonly owner: string;
  readonly url: string;
};

export type JoinWelcome = {
  readonly title: string;
  readonly address: string;
  readonly arrived: string;
  readonly page: string;
};
