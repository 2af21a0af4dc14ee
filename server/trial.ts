/**
 * Trial mode's own world: a list with people on it, a first post that comes in as any mail does, and what the terminal says. After
 * that everything is the ordinary server; that no mail leaves is the outbox's doing.
 */
import { createTransport } from "nodemailer";
import type { Clock } from "./clock.ts";
import { defaultSettings } from "./lists/mailing-list.ts";
import type { Language } from "./lists/mailing-list.ts";
import { parseAddress } from "./mail/address.ts";
import type { Address } from "./mail/address.ts";
import type { Store } from "./store/store.ts";

type Endpoint = { readonly host: string; readonly port: number };

const listName = "hello";
const domain = "localhost";
const listTo = `${listName}@${domain}`;
const senderAddress = "hanako@school.example";
const ownerName = "admin";
const ownerAddress = `${ownerName}@${domain}`;

/**
 * At the first start: a list, a sender, five members and, last, an owner's account; what an interrupted start left undone is
 * done at the next. True while the list still waits for its first post.
 */
export async function seedTrial(
  store: Store,
  clock: Clock,
  { language }: { readonly language: Language },
): Promise<boolean> {
  if ((await store.accounts.findByUsername(ownerName)) === undefined) await seed(store, clock.now(), texts[language]);
  const list = await store.lists.findByAddress(listName, domain);
  return list !== undefined && (await store.posts.page({ listIds: [list.id], limit: 1 })).length === 0;
}

async function seed(store: Store, now: number, { title, sender, members }: Texts): Promise<void> {
  const made = await store.lists.create({ ...defaultSettings, title, name: listName, domain, createdAt: now });
  const list = made ?? (await store.lists.findByAddress(listName, domain));
  if (list !== undefined) {
    await store.senders.add(list.id, { addresses: [known(senderAddress)], name: sender }, now);
    // Whoever tries it is signed in as the owner, and would otherwise read first that they may not post.
    await store.senders.add(list.id, { addresses: [known(ownerAddress)], name: "" }, now);
    await store.members.save(
      list.id,
      members.map(([address, name]) => ({ address: known(address), name, attributes: {} })),
      now,
    );
  }
  await store.accounts.add(
    {
      username: ownerName,
      address: known(ownerAddress),
      passwordHash: undefined,
      isOwner: true,
      listIds: [],
    },
    now,
  );
}

/** The first post, through the SMTP listener as a mail program would send it. Rejects when it is not taken. */
export async function trialPost({ host, port }: Endpoint, language: Language = "en"): Promise<void> {
  const { sender, subject, letter } = texts[language];
  const transport = createTransport({ host, port, ignoreTLS: true, name: domain });
  try {
    await transport.sendMail({
      from: { name: sender, address: senderAddress },
      to: listTo,
      subject,
      text: letter.join("\n\n"),
      html: letter.map((line) => `<p>${line}</p>`).join("\n"),
    });
  } finally {
    transport.close();
  }
}

export type TrialWelcome = {
  readonly smtp: Endpoint;
  readonly webUrl: string;
  readonly link: string;
  readonly language: Language;
};

/** What the terminal says once the trial runs: what to open, and a line to paste that posts a mail. */
export function trialWelcome({ smtp, webUrl, link, language }: TrialWelcome): string {
  const { trial, open, later, paste } = texts[language];
  return [
    "",
    trial,
    "",
    `${open}\n\n    ${link}`,
    "",
    `${later} ${webUrl}`,
    "",
    `${paste}\n\n    ${pasteLine(smtp, language)}`,
    "",
    "",
  ].join("\n");
}

/** With what the checkout has, so that it works in any shell, and as a new message each time it is pasted. No `!`, `$` or backtick, which shells take for theirs. */
export function pasteLine({ host, port }: Endpoint, language: Language): string {
  const { again, hello } = texts[language];
  const url = `smtp://${host.includes(":") ? `[${host}]` : host}:${port}`;
  const mail = `{from:'${senderAddress}',to:'${listTo}',subject:'${again}',text:'${hello}'}`;
  return `node -e "require('nodemailer').createTransport('${url}').sendMail(${mail}).then(r=>console.log(r.response),e=>console.log(e.message))"`;
}

function known(text: string): Address {
  const address = parseAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
}

type Texts = {
  readonly title: string;
  readonly sender: string;
  readonly members: readonly (readonly [address: string, name: string])[];
  readonly subject: string;
  readonly letter: readonly string[];
  readonly again: string;
  readonly hello: string;
  readonly trial: string;
  readonly open: string;
  readonly later: string;
  readonly paste: string;
};

const texts: Readonly<Record<Language, Texts>> = {
  en: {
    title: "Hello, Kairan",
    sender: "Hanako Yamada",
    members: [
      ["anne@north.example", "Anne Novak"],
      ["bart@south.example", "Bart de Vries"],
      ["carla@east.example", "Carla Rossi"],
      ["emi@west.example", "Emi Sato"],
      ["noah@home.example", "Noah Martin"],
    ],
    subject: "Welcome to Kairan",
    letter: [
      "This post came in by SMTP to hello@localhost, from a registered sender.",
      "Each of the five members got a copy of their own: look at them on this post's page. In trial mode they are kept here, not sent.",
    ],
    again: "A second post",
    hello: "Hello to everybody on the list.",
    trial: "Trial mode: nothing leaves this machine. Copies are kept here, not sent.",
    open: "Open this in a browser; it signs you in once (each start makes a new link):",
    later: "Once signed in, the panel is at",
    paste: "Post a mail: paste this line into another terminal, in this folder.",
  },
  ja: {
    title: "はじめての回覧",
    sender: "山田 花子",
    members: [
      ["misaki@north.example", "佐藤 美咲"],
      ["kenta@south.example", "鈴木 健太"],
      ["hina@east.example", "高橋 陽菜"],
      ["ren@west.example", "田中 蓮"],
      ["sakura@home.example", "伊藤 さくら"],
    ],
    subject: "Kairan へようこそ",
    letter: [
      "このメールは、登録された送信者から hello@localhost 宛てに SMTP で届きました。",
      "5人の登録メンバーに1通ずつ作られた控えを、このメールのページで見ることができます。お試しモードのため、外部には送信されていません。",
    ],
    again: "2通目のメール",
    hello: "みなさん、こんにちは。",
    trial: "お試しモード:メールはこのコンピューターの外へ送信されません。",
    open: "ブラウザーで開くと、一度だけログインできます(起動のたびに新しいリンクになります):",
    later: "ログイン後の管理画面:",
    paste: "メールを送ってみるには、別のターミナルのこのフォルダーで次の1行を貼り付けます。",
  },
};
