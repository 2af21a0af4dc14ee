/** What people read, in Japanese: leaving, the way back, and who left. */
import type { leaving as english } from "../en/leaving.ts";

export const leaving: typeof english = {
  leaving: {
    goodbye: {
      subject: (list) => `「${list}」の登録を解除しました`,
      text: (said) =>
        `${said.address} には、今後「${said.list}」のメールは届きません。\n\nお間違えの場合や、お心当たりのない場合は、${said.until}まで次のページから元に戻せます。\n\n${said.url}\n\nお問い合わせはリストの管理者まで:\n${said.owner}\n`,
    },

    hasLeft: {
      subject: ({ who, list }) => `${who} さんが「${list}」の登録を解除しました`,
      text: ({ who, address, list, at, url }) =>
        `${at}、${who} さん(${address})がご自身で「${list}」の登録を解除しました。\n\n「必須」のリストのため、すぐにお知らせしています。解除した方の一覧と、元に戻す操作はこちらです。\n\n${url}\n`,
    },

    isBack: {
      subject: ({ who, list }) => `${who} さんが「${list}」に戻りました`,
      text: ({ who, address, list, at }) =>
        `${at}、「${list}」の登録を解除していた ${who} さん(${address})が、ご自身で元に戻しました。ご対応は必要ありません。\n`,
    },

    notHere: {
      subject: (list) => `「${list}」へのメールについて`,
      text: ({ address, list, owner }) =>
        `メーリングリスト「${list}」へメールをいただきましたが、このリストから ${address} へのメール送信はありません。\n\nそれでもこのリストのメールが届く場合は、別のアドレスから転送されています。届いたメールの末尾にあるリンクを押してください。どのアドレスからでも使えます。または、リストの管理者にお問い合わせください。\n${owner}\n\nお心当たりのない場合は、何もしなくてかまいません。\n`,
    },

    backQuestion: (list) => `「${list}」に戻りますか?`,
    backText: (address) => `${address} に、このリストのメールがまた届くようになります。`,
    backPausedText: (address) =>
      `${address} は、このリストの登録に戻ります。以前と同じく、再開するまでメールは一時停止のままです。`,
    backButton: "元に戻す",
    backDoneTitle: "元に戻しました",
    backDone: (address, list) => `${address} に、また「${list}」のメールが届きます。`,
    backPaused: (address, list) => `${address} は「${list}」の登録に戻りました。以前と同じく、メールは一時停止中です。`,
    overTitle: "もう一度ご登録ください",
    over: (days) => `元に戻せる期間(${days}日間)は過ぎています。次のアドレスに空メールを送ると、もう一度登録できます。`,

    title: "登録解除の履歴",
    thisWeek: "今週",
    before: "それ以前",
    none: "登録を解除した方はまだいません",
    noneText: "ご自身で解除した方や削除された方が日付とともに表示され、元に戻せます。",
    noneThemselves: "ご自身で登録を解除した方はまだいません",
    all: "すべて",
    themselves: "ご自身で解除",
    filterLabel: "一部だけを表示",
    byMember: "ご自身で解除",
    byAdministrator: "管理者が削除",
    bringBack: "元に戻す",
    broughtBack: (address) => `${address} はふたたび登録メンバーです。`,
    changedMeanwhile: "もう一度ご確認ください。この方の登録はその間に変わっています。",
    ask: "ご自身で解除した方は、ご本人から頼まれた場合にだけ元に戻してください。",
    newest: "最新へ",
  },
};
