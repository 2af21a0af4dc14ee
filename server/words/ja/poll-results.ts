/** What people read, in Japanese: what members answered to a poll. */
import type { pollResults as english } from "../en/poll-results.ts";

const number = new Intl.NumberFormat("ja");

export const pollResults: typeof english = {
  pollResults: {
    title: "アンケート",
    sum: (answered, asked) => `${number.format(asked)}人中 ${number.format(answered)}人が回答`,
    people: (count) => `${number.format(count)}人`,
    until: (time) => `回答期限: ${time}`,
    closed: (time) => `回答の受付は終了しました(期限: ${time})`,
    noDeadline: "回答期限なし",
    many: "(複数選択)",
    grid: "質問ごとの集計結果",
    best: "★ 最有力",
    noTexts: "まだ記述はありません。",
    allTexts: (count) => `${count}件すべて読む`,
    who: "メンバーの回答",
    answer: "回答",
    answered: "回答済み",
    silent: "未回答",
    chose: (choice) => `「${choice}」を選択`,
    noAnswer: "まだ回答はありません",
    noSilent: "全員が回答済みです",
    noneHere: "ここまでの範囲に該当者はいません",
    cut: "メンバーが多いため、途中まで探しました。",
    onward: "続きを探す",
    answersCsv: "回答一覧(CSV)",
    whoCsv: "回答者一覧(CSV)",
    tallyCsv: "集計結果(CSV)",
    print: "印刷",
    back: "集計結果に戻る",
    asOf: (time) => `${time} 現在`,
    paperCut: (count) => `最新の${number.format(count)}件です。すべての回答はCSVをご覧ください。`,
    anonymous: "無記名のアンケートです。",
    anonymousText:
      "誰が回答したかと集計結果は見られますが、誰がどう回答したかはわかりません。新しい集計結果は、ページを開き直すと表示されます。",
    noOrder: "無記名のため、順不同です。",
    byMember: "開封確認を世帯ごとに数えるリストでも、回答はメンバーごとに数えます。",
    yes: "済",
    no: "未",
    columns: {
      name: "氏名",
      address: "メールアドレス",
      answered: "回答",
      answeredAt: "回答日時",
      question: "質問",
      choice: "選択肢",
      count: "回答数",
      percent: "割合",
    },
  },

  pollDeadline: {
    change: "回答期限を変更",
    hint: (timezone) =>
      `時間帯は ${timezone} です。メンバーの回答ページには新しい期限が表示されます(送信済みのメールの文面は変わりません)。空欄にすると期限はなくなります。`,
    save: "回答期限を保存",
    end: "今すぐ締め切る",
    moved: (time) => `回答期限を${time}に変更しました。`,
    ended: (time) => `アンケートを締め切りました(${time})。`,
    none: "回答期限をなくしました。",
    conflict: "ほかの人が回答期限を変更しました。現在の期限を確認して、もう一度変更してください。",
  },
};
