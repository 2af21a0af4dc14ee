/**
 * What the words of a refusal mean for the address: whether it is worth sending to again. Servers choose status codes carelessly
 * (5.1.1 for a full mailbox, 5.0.0 for anything), so words come first.
 */
import { hasPhrase } from "./phrases.ts";

export type Permanence = "permanent" | "temporary";

type Meaning = { readonly permanence: Permanence; readonly words: string };

/** In order; the first whose words are in the text decides. All lower case, between bars. */
const meanings: readonly Meaning[] = [
  // the mailbox is full
  {
    permanence: "temporary",
    words: `
      mailbox full | mailbox is full | mail box full | mailbox for user is full | boîte du destinataire pleine |
      mailfolder is full | account is full | mailboxfull | quota | exceeded storage | storage exceeded |
      out of storage | storage allocation | mailbox exceeds allowed size | maximum mailbox size |
      not enough storage | 容量 | insufficient disk | insufficient system | insufficient storage | no space left |
      user is over
    `,
  },
  // the account is gone, or rests
  {
    permanence: "permanent",
    words: `
      discontinued | account has been deleted | account was deleted | account closed | account has been closed
    `,
  },
  {
    permanence: "temporary",
    words: `
      inactive | suspend | disabled | temporarily locked | temporary locked | account is blocked |
      account is locked | account has been locked | is frozen | on hold | not accepting mail | not receiving mail |
      account expired | account that you tried to reach is over | currently unavailable | user cannot receive |
      currently not
    `,
  },
  // too large, too fast
  {
    permanence: "temporary",
    words: `
      too large | message size | too big | size exceeds | recipsizelimit | length exceeds | size limit |
      maximum size | maximum message | too many | rate limit | frequency limit | limit exceeded | at a rate that |
      sending rate | too quickly | throttl | try again later | try later | essayer plus tard
    `,
  },
  // no such host: before the senders' troubles, whose words are looser
  {
    permanence: "temporary",
    words: `
      domain of sender | sender domain | domain of the sender
    `,
  },
  {
    permanence: "permanent",
    words: `
      host unknown | unknown host | domain not found | host or domain name not found | name service error |
      no such domain | unknown domain | domain is not reachable | illegal host | does not accept mail |
      doesn't accept mail | null mx | nullmx | no mail exchanger | unrouteable mail domain | bad domain |
      invalid domain | host not found | doesn't receive email
    `,
  },
  // who sends, and what
  {
    permanence: "temporary",
    words: `
      blacklist | black list | block list | blocklist | blocked | bloqu | spamhaus | spamcop | rbl | reputation |
      banned | is listed | greylist | graylist | access from | spam | virus | phish | malware | junk mail |
      content rejected | filtered | message rejected | rejected by | suspicious | scored as | spf | dmarc | dkim |
      unauthenticated | authentication required | authentication information | starttls | reverse dns |
      rdns | ptr record | no ptr | client host | find your hostname | helo | ehlo | client ip | your ip |
      ip address | dynamic | host network | sender address | sender rejected | sender verify | bad sender |
      invalid sender | return path | envelope sender | mail from | policy | not permitted | not allowed |
      access denied | permission | administratively | prohibited | not authorized | unauthorized | authrequired |
      restricted | refused by | relay access | relay denied | relaying | to relay | open relay | unable to relay |
      rcpthosts | not verified | is not a member | isn't a member | posting to | bad header | header error |
      from: header | malformed | syntax error | sequence of commands | gateway user
    `,
  },
  // programs and lines
  {
    permanence: "temporary",
    words: `
      procmail | maildrop | command failed | local configuration error | mail loop | too many hops | loops back |
      could not create | couldn't create | temporary failure | pipe | system error | timed out | timeout |
      connection refused | connection reset | lost connection | connection lost | no route to host | not connect |
      unable to connect | network unreachable | requests to connect | message expired | time expired |
      delivery time | been in the queue | in queue too long | queue too long | could not be delivered for |
      giving up | after multiple | attempts: | message too old
    `,
  },
  // a user is unknown only after the text was sent: a filter of the member's own, as Japanese carriers have
  {
    permanence: "temporary",
    words: `
      end of data command
    `,
  },
  // nobody is there
  {
    permanence: "permanent",
    words: `
      user unknown | unknown user | no such user | no such recipient | no such mailbox | no such person |
      no such address | no such account | no such local | no mailbox | unknown recipient | usuario desconocido |
      does not exist | doesn't exist | do not exist | not exist | no longer exist | unknown local part |
      unknown address | address unknown | recipient unknown | unknown account | unknown mailbox |
      invalid recipient | recipient invalid | invalid mailbox | mailbox invalid | invalid user | invalid address |
      not a valid | bad destination | bad address | recipnotfound | recipientnotfound | not found |
      could not be found | cannot be found | not listed in | not a known user | unknown username | no account |
      doesn't have a | does not have an account | not our customer | no user | not known | mailbox unavailable |
      account is not | no longer valid | no longer available | no longer in use | no longer active |
      no longer on server | has moved | user has left | undeliverable address | addressee unknown |
      unrouteable address | unroutable address | not recognized | userid | did not exactly match |
      email account that you tried to reach does not | 宛先が | 宛先不明 | 存在しません | 見つかりません
    `,
  },
];

/**
 * docomo and KDDI answer in these words, without an enhanced code, when a filter of the member's own refuses a mail: the address
 * may well be alive.
 */
const carrierFilter = /550[ -]'?unknown user [^\s<>]{1,250}@|550[ -]: user unknown/;

/** What refusing words say about the address; undefined when they say nothing. */
export function meaningOfWords(words: string, status: string | undefined): Permanence | undefined {
  const text = words.toLowerCase().replace(/\s+/g, " ");
  const found = meanings.find((meaning) => hasPhrase(text, meaning.words));
  if (found?.permanence !== "permanent") return found?.permanence;
  const isDoubtful = carrierFilter.test(text) && meaningOfStatus(status) !== "permanent";
  return isDoubtful || status?.startsWith("5.2.") === true ? "temporary" : "permanent";
}

/** What servers say of any failure, for when nothing else is said. */
export function saysPermanent(words: string): boolean {
  return /permanent error|failed permanently|permanent failure|permanent fatal errors/i.test(words);
}

/** RFC 3463: of the permanent codes only those about the address or its host are final. Undefined when it says nothing. */
export function meaningOfStatus(status: string | undefined): Permanence | undefined {
  if (status === undefined || /^[45]\.[05]\.0$/.test(status)) return undefined;
  return /^5\.(?:1\.(?:0|1|2|3|4|6|9|10|351)|4\.4|7\.27)$/.test(status) ? "permanent" : "temporary";
}
