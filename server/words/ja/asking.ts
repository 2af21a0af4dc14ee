/** What people read, in Japanese: what copies ask, and the pages behind their links. */
import type { asking as english } from "../en/asking.ts";

export const asking: typeof english = {
  asking: {
    confirm: "【開封確認】読んだことを次のページでお知らせください。",
    poll: (questions) =>
      questions === 1
        ? "【アンケート】次のページでお答えください。"
        : `【アンケート】次のページでお答えください(全${questions}問)。`,
    question: (text) => `【アンケート】${text}`,
    anonymous: "無記名のアンケートです。どなたがどう回答したかは、誰にもわかりません。",
    until: (time) => `回答期限: ${time}`,
    reminder: "【再通知】まだお返事をいただいていない方にお送りしています。",
    reminderSubject: (subject) => `【再通知】${subject}`,
  },

  confirming: {
    title: "開封確認",
    question: "このメールを読みましたか?",
    text: "ボタンを押すと、読んだことが送信者に伝わります。",
    button: "確認しました",
    doneTitle: "ありがとうございました",
    alreadyTitle: "確認済みです",
    done: (time) => `${time}に確認しました。`,
    doneText: "このページは閉じてかまいません。",
    already: (time) => `${time}に確認していただきました。`,
    from: "差出人",
    sentAt: "送信日時",
  },
};
