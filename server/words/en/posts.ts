/** What people read, in English: the sending history, a post, its deliveries and its mail. */
import type { RefusalReason } from "../../lists/decision.ts";
import type { CancelReason, DeliveryState } from "../../lists/delivery.ts";
import type { PostState } from "../../lists/post.ts";
import type { TroubleKind } from "../../mail/trouble-kind.ts";

const number = new Intl.NumberFormat("en");

export const posts = {
  history: {
    title: "Sending history",
    none: "Nothing was sent yet",
    noneText: (address: string): string =>
      `Send an e-mail from a registered sender's address to ${address}. It appears here at once, and its progress too.`,
    noneNoSender: "First register a sender: only mail from registered senders goes out.",
    addSender: "Register a sender",
    noSubject: "(no subject)",
    heldTitle: "Waiting for you",
    heldText: "These posts go out when you approve them.",
    approve: "Approve and send",
    reject: "Reject",
    approved: "Approved: the post is on its way.",
    rejected: "Rejected: the post goes to nobody.",
    noLonger: "Somebody else has decided about this post already.",
    newer: "To the newest",
  },

  postState: {
    held: "Held",
    rejected: "Rejected",
    waiting: "Waiting",
    sending: "Sending",
    sent: "Sent",
    stopped: "Stopped",
  } satisfies Record<PostState, string>,

  deliveryState: {
    pending: "Pending",
    sending: "Sending",
    sent: "Sent",
    deferred: "Deferred",
    failed: "Failed",
    bounced: "Bounced",
    cancelled: "Cancelled",
  } satisfies Record<DeliveryState, string>,

  deliveryMeaning: {
    pending: "has not left yet",
    sending: "is on its way to the next server",
    sent: "the next server took it; no proof that it arrived",
    deferred: "the next server asked to try again later",
    failed: "was refused, or given up after the last try",
    bounced: "was sent and came back",
    cancelled: "did not leave",
  } satisfies Record<DeliveryState, string>,

  trouble: {
    nobody: "Nobody is at this address any more. Ask for the new one.",
    full: "The mailbox is full.",
    large: "The mail was too large for this mailbox.",
    refused: "The other server refused it: a filter, or a wrong address.",
    later: "The other server could not take it then.",
    unreachable: "The other server did not answer.",
  } satisfies Record<TroubleKind, string>,

  cancelReason: {
    stopped: "sending was stopped",
    left: "the member had left",
    paused: "the member had paused",
    bounced: "mail to this address kept coming back",
    removed: "the member was removed",
    restored: "the server was restored from a backup; it may have left before",
  } satisfies Record<CancelReason, string>,

  post: {
    number: (value: number): string => `No. ${value}`,
    by: "Sender",
    at: "Received",
    sentBut: (astray: number): string => `Sent, ${number.format(astray)} failed`,
    progress: (done: number, all: number): string => `sent to ${number.format(done)} of ${number.format(all)}`,
    done: (count: number, all: number): string =>
      count === all ? `sent to all ${number.format(all)}` : `sent to ${number.format(count)} of ${number.format(all)}`,
    nobody:
      "Nobody was sent a copy for this list: it had no active members, or all of them got theirs by another list of the same mail.",
    remindsOf: "A reminder: answers and confirmations count for the first mail.",
    toReminded: "Show it",
    besides: "Also to these lists, one copy a person:",
    gathering: "The recipients are being written down.",
    waits: (time: string): string => `The first copy leaves at ${time}. Until then all of it can be called back.`,
    stop: "Stop sending",
    callBack: "Call back",
    stopQuestion:
      "Stop now? Copies that have not left yet will not leave any more. Those already sent cannot be taken back.",
    stopConfirm: "Yes, stop sending",
    stopKeep: "No, go on",
    stopped: (time: string): string => `Stopped at ${time}. What had not left by then is cancelled.`,
    stopDone: "Sending is stopped.",
    stopTooLate: "There was nothing left to stop.",
    parts: "Parts of this post",
    deliveries: "Deliveries",
    mail: "The mail",
    original: "Original (.eml)",
    heldNote: "This post is held: it goes to nobody until an administrator approves it.",
    rejectedNote: "This post was rejected. It went to nobody.",
    sentNote: "“Sent” means that the next mail server took the copy. It is no proof that it arrived.",
    keptNote: "This server keeps all copies and sends none. “Sent” means that the copy was made and is kept here.",
  },

  deliveries: {
    title: "Deliveries",
    searchLabel: "Search by address, name or attribute",
    all: "All",
    filterLabel: "Show only one state",
    member: "Member",
    state: "State",
    reply: "Last reply",
    times: "Last try",
    attempts: "Tries",
    nextTry: "Next try",
    none: "Nobody here",
    noneText: "No delivery matches this state and these words.",
    noneSoFar: "Nobody among those looked at so far",
    cut: "The post went to many members, so the search paused here.",
    searchOn: "Search on",
    noneYet: "The deliveries appear here as soon as the post goes out.",
    csv: "Download as CSV",
    saidBy: (host: string): string => `said ${host}`,
    attemptsCount: (count: number): string => (count === 1 ? "1 try" : `${number.format(count)} tries`),
    columns: {
      name: "Name",
      address: "Address",
      state: "State",
      reason: "Reason",
      attempts: "Tries",
      reply: "Last reply",
      host: "Server",
      first: "First try",
      last: "Last try",
      next: "Next try",
      sent: "Sent",
      bounced: "Bounced",
    },
    erased: "erased member",
  },

  delivery: {
    facts: "What happened",
    to: "To",
    created: "Written down",
    first: "First try",
    last: "Last try",
    next: "Next try",
    sent: "Sent",
    bouncedAt: "Came back",
    reason: "Reason",
    server: "Next server",
    reply: "Its words",
    bounces: "What came back",
    permanent: "permanent",
    temporary: "temporary",
    report: "The report as it came (.eml)",
    copy: "The copy as it goes",
    copyText: "The first part of what this member gets, octet by octet.",
    copyGone: "The copy can no longer be made: the post is gone.",
    copyDownload: "Download the whole copy (.eml)",
    cut: "(the rest is left out here)",
    toMember: "Show the member",
    show: "Show the copy",
  },

  mail: {
    frame: "The mail as members see it",
    from: "From",
    date: "Date",
    subject: "Subject",
    html: "Formatted",
    text: "As text",
    viewLabel: "How to show the mail",
    remote: "Pictures that would be loaded from elsewhere are not shown.",
    attachments: "Attachments",
    size: (octets: number): string => sizeText(octets),
    unnamed: (index: number): string => `attachment-${index}`,
    unreadable: "Open the original in a mail program: this mail could not be read here.",
    unreadableHow: "The mail is kept whole, and its copies went out as they are.",
    noText: "This mail has no text.",
    tooComplex: "Look at the text or at the original: the formatted view of this mail is too complex to show.",
  },

  refused: {
    title: "Refused posts",
    intro: "Mail that was turned away before it reached anybody. Its sender's mail server was told why.",
    none: "Nothing was refused",
    noneText: "When mail to this list is turned away, it is shown here.",
    reply: "What the other server was told",
    client: "Came from",
    envelope: "Envelope sender",
    addSender: "Add this address as sender",
    isSender: "is a sender now",
    reasons: {
      "author-unreadable": "The From field does not hold exactly one plain address.",
      automatic: "It is automatic mail, such as an absence notice or another list's mail.",
      "null-sender": "It is a bounce or another notice of a mail server.",
      "too-many-hops": "It has passed too many servers and seems to run in a loop.",
      "not-a-sender": "The author is not a registered sender of this list.",
    } satisfies Record<RefusalReason, string>,
    otherReason: "It broke a rule of this server; the reply says which.",
    nobody: "(unreadable)",
  },
};

function sizeText(octets: number): string {
  if (octets < 1000) return `${octets} bytes`;
  if (octets < 1_000_000) return `${Math.round(octets / 1000)} kB`;
  return octets < 1_000_000_000 ? `${(octets / 1_000_000).toFixed(1)} MB` : `${(octets / 1_000_000_000).toFixed(1)} GB`;
}
