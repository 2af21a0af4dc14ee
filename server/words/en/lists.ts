/** What people read, in English: lists and their settings. */
import type { ReportTarget } from "../../lists/report.ts";
import type { PostingMode, Proof, ReplyTarget } from "../../lists/mailing-list.ts";

const number = new Intl.NumberFormat("en");

export const lists = {
  lists: {
    title: "Lists",
    searchLabel: "Search by name or title",
    create: "New list",
    none: "No list yet",
    noneOwner: "Make the first one: it needs a name and somebody who may post.",
    noneAdministrator: "You administer no list yet. Ask an owner of this server to make you an administrator of one.",
    notFound: "No list matches. Try another word.",
    lastPost: "Last sent",
    never: "nothing yet",
    memberCount: (count: number): string => (count === 1 ? "1 member" : `${number.format(count)} members`),
    postCount: (count: number): string => (count === 1 ? "1 post" : `${number.format(count)} posts`),
    newTitle: "New list",
    name: "Name",
    nameHint: "The part before the @: small letters a-z, digits, dot, underline and hyphen, at most 30.",
    nameHintAt: (domain: string): string =>
      `The part before @${domain}: small letters a-z, digits, dot, underline and hyphen, at most 30.`,
    domain: "Domain",
    listTitle: "Title",
    titleHint: "What members read as the sender's place, for example “Maple Street Primary, year 3”.",
    firstSender: "First sender",
    firstSenderHint: "The address from which mail to the list is accepted. More can be added later.",
    firstSenderName: "Sender's name",
    createButton: "Make the list",
    created: (address: string): string => `The list is ready. Mail to ${address} goes to all its members.`,
    taken: "Choose another name: a list of this name is there already.",
    nameFaults: {
      "list-name-shape":
        "Use only small letters a-z, digits, dot, underline and hyphen, 1 to 30 of them, with no dot at either end.",
      "list-name-reserved": "Choose another name: this one is needed for the server's own addresses.",
    },
    addressLabel: "List address",
    copyAddress: "Copy the address",
    copied: "Copied",
  },

  tabs: {
    label: "Parts of this list",
    history: "History",
    schedules: "Coming",
    members: "Members",
    joining: "Joining",
    senders: "Senders, administrators",
    refused: "Refused",
    settings: "Settings",
  },

  settings: {
    title: "Settings",
    saved: "Saved. It counts from the next post on.",
    listTitle: "Title",
    titleMissing: "Write a title: members see it as the sender's place.",
    titleLong: "Choose a shorter title: at most 100 characters.",
    language: "Language of this list",
    timezone: "Time zone",
    timezoneHint: (server: string): string => `For example Asia/Tokyo. Empty: as the server (${server}).`,
    timezoneWrong: "Write a time zone such as Asia/Tokyo, or leave the field empty.",
    posting: "Who may post",
    postingModes: {
      senders: "Registered senders",
      members: "Registered senders and every member",
      "members-held": "Members too, after an administrator's approval",
    } satisfies Record<PostingMode, string>,
    proof: "What proves the author",
    proofs: { "from-only": "The From field alone" } satisfies Record<Proof, string>,
    replyTo: "Reply goes to",
    replyTargets: { owner: "The administrators", author: "The author", list: "The list" } satisfies Record<
      ReplyTarget,
      string
    >,
    prefix: "Before the subject",
    prefixHint: "For example [news:%n], where %n becomes the post's number. Empty: nothing.",
    prefixLong: "Choose a shorter prefix: at most 50 characters.",
    ownCopy: "A sender who is a member gets a copy too",
    countBy: "Count confirmations by",
    countByHint:
      "An attribute, such as a child's number: a family has confirmed when one of its members has. Empty: each member is counted.",
    countByLong: "This is too long: 100 characters at most.",
    reportTo: "Report by mail how each post went",
    reportToHint: "When it has been sent, and again when copies came back, with a file of all recipients.",
    reportTargets: {
      nobody: "To nobody",
      sender: "To whoever sent it",
      administrators: "To the administrators",
      both: "To the sender and the administrators",
    } satisfies Record<ReportTarget, string>,
    reportNews: "Tell the administrators by mail, at most once an hour, when the history has something new",
    required: "Everybody should be on this list: tell the administrators at once when somebody leaves",
    cooloff: "Time to call back (cool-off)",
    cooloffHint: "How long copies wait after a mailed post came in, so that it can still be called back in the panel.",
    cooloffWrong: "Choose one of these times.",
    cooloffText: (ms: number): string => {
      if (ms === 0) return "None: copies leave at once";
      const units = [
        ["day", 86_400_000],
        ["hour", 3_600_000],
        ["minute", 60_000],
      ] as const;
      const [unit, size] = units.find(([, each]) => ms % each === 0) ?? ["second", 1000];
      const amount = ms / size;
      return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
    },
    posts: "goes to all members",
    confirmAddress: "the same, and asks everybody to confirm that they have read it",
    joinAddress: "an empty mail to it asks to join",
    leaveAddress: "an empty mail to it leaves the list",
    requestAddress: "takes commands, such as help, pause and resume",
    ownerAddress: "goes to the administrators",
  },
};
