/** What people read, in English: the list of members, a member's form and page, and changes of many at once. */
import type { BulkVerb } from "../../lists/bulk-change.ts";
import type { EndedBy, JoinedBy } from "../../lists/member.ts";

const number = new Intl.NumberFormat("en");
const members = (count: number): string => `${number.format(count)} ${count === 1 ? "member" : "members"}`;

export const memberWords = {
  memberList: {
    sort: "Sort by",
    sortButton: "Sort",
    sortedBy: (label: string): string => `Sort by ${label}`,
    upward: (label: string): string => `${label} ↑`,
    downward: (label: string): string => `${label} ↓`,
    others: "More",
    previous: "Previous page",
    importFile: "Import a file",
    exportFile: "Export",
    whoLeft: "Who left",
    cut: "Not everybody was looked at yet: the word is frequent, but not in this order. Search on, or sort by another column.",
    searchOn: "Search on",
    firstSteps: "The first three steps",
    stepHand: "Add a few people by hand",
    stepHandText: "An address is enough; a name and attributes such as a class help you to find them.",
    stepFile: "Import a list from Excel",
    stepFileText:
      "A workbook (.xlsx) or CSV file with a column of addresses. You see what changes before anything does.",
    stepJoin: "Let people join by mail",
    stepJoinText: "Hand out the joining address or its QR code: an empty mail is enough.",
    joiningPage: "Help to join",
  },

  memberForm: {
    attributesHint: "For example “Class” and “3-B”. A row without a value is left out.",
    keyLabel: (row: number): string => `Attribute ${row}`,
    valueLabel: (row: number): string => `Value of attribute ${row}`,
    key: "Attribute",
    value: "Value",
    keyMissing: "Name the attribute that this is a value of.",
    keyLong: "Choose a shorter name: at most 100 characters.",
    valueLong: "Write less: at most 1,000 characters.",
    keyTwice: (key: string): string => `Use each attribute once: “${key}” stands here twice.`,
    addressLong: "Check the address: at most 254 characters can be an address.",
    leftTitle: "Ask this person first",
    leftText: (date: string): string =>
      `They left this list by themselves on ${date}. Add them back only if they want it.`,
    leftSure: "They want to be back",
  },

  memberPage: {
    facts: "What happened",
    edit: "Name, address and attributes",
    arrived: "Test mail arrived",
    left: "Left",
    joinedBy: {
      mail: "joined by mail",
      page: "joined on the page",
      administrator: "added by an administrator",
    } satisfies Record<JoinedBy, string>,
    endedBy: {
      member: "by themselves",
      administrator: "removed by an administrator",
    } satisfies Record<EndedBy, string>,
    deliveries: "Of the last posts",
    noDeliveries: "None of the list's last posts went to this member.",
    elsewhere: "Also on",
  },

  bulk: {
    label: "Change the selected members",
    pick: (address: string): string => `Select ${address}`,
    pickAll: "Select everybody on this page",
    all: (count: number): string => `All ${members(count)}`,
    allFound: "Everybody whom the search finds",
    picked: "selected",
    verbs: { pause: "Pause", resume: "Resume", remove: "Remove", set: "Set an attribute" } satisfies Record<
      BulkVerb,
      string
    >,
    nobody: "Tick the members first, or “all”.",
    people: (count: number | undefined): string =>
      count === undefined ? "everybody whom the search finds" : members(count),
    ask: {
      pause: (who: string): string => `Pause ${who}?`,
      resume: (who: string): string => `Let ${who} receive again?`,
      remove: (who: string): string => `Remove ${who}?`,
      set: (who: string): string => `Set an attribute of ${who}`,
    } satisfies Record<BulkVerb, (who: string) => string>,
    askText: {
      pause: "They get nothing until they are resumed. Only who is active is paused.",
      resume:
        "Only who is paused or stopped after bounces receives again; not who waits for a confirmation, and not who left.",
      remove: "They get nothing more. You can take it back for 7 days.",
      set: "An empty value takes the attribute away.",
    } satisfies Record<BulkVerb, string>,
    found: (search: string): string => `Search: “${search}”`,
    yes: { pause: "Yes, pause", resume: "Yes, resume", remove: "Yes, remove", set: "Set" } satisfies Record<
      BulkVerb,
      string
    >,
    done: {
      pause: (count: number): string => `${members(count)} paused.`,
      resume: (count: number): string => `${members(count)} receive again.`,
      remove: (count: number): string => `${members(count)} removed.`,
      set: (count: number): string => `${members(count)} changed.`,
    } satisfies Record<BulkVerb, (count: number) => string>,
    restored: (count: number): string => `Taken back: ${members(count)} as before. Who was changed since stays so.`,
    running: "Working: this page follows, and you can leave it.",
    soFar: (count: number): string => `${members(count)} so far`,
    back: "Back to the members",
    tooLate: "Nothing is left to take back: it was taken back already, or more than 7 days ago.",
  },
};
