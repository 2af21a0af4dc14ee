/** What people read, in Japanese: the page of a poll. */
import type { polls as english } from "../en/polls.ts";

export const polls: typeof english = {
  polling: {
    title: "アンケート",
    unfinished: "印の付いた質問をご確認ください。回答はまだ送信されていません。",
    questions: (count) => `アンケート(全${count}問)`,
    many: "いくつでも選べます。",
    send: "回答する",
    change: "この回答に変更する",
    anonymous: "このアンケートは無記名です。",
    anonymousText:
      "回答したかどうかは送信者に伝わりますが、どう回答したかは伝わりません。送信後は変更できません(どれがあなたの回答か、誰にもわからないためです)。",
    named: "回答は、お名前とともに送信者とリストの管理者に伝わります。",
    before: (time) => `${time}に回答済みです。新しい回答に置き換わります。`,
    until: (time) => `${time}まで、回答と変更ができます。`,
    untilFinal: (time) => `${time}まで回答できます。`,
    anyTime: "回答はいつでも変更できます。",
    doneTitle: "ありがとうございました",
    done: "回答を受け付けました。",
    answeredTitle: "回答済みです",
    answered: (time) => `${time}に回答しました。`,
    final: "無記名のアンケートに回答済みです。回答の変更や表示はできません。",
    closedTitle: "回答の受付は終了しました",
    closed: (time) => `回答期限は${time}でした。`,
    notAnswered: "回答はいただいていません。",
    own: "あなたの回答",
    nothing: "回答なし",
    edit: "回答を変更する",
    faults: {
      missing: "1つ選んでください。",
      long: (most) => `${most}文字以内で入力してください。`,
      nothing: "1つ以上の質問にお答えください。",
    },
  },
};
