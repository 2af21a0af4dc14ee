/** What people read, in Japanese: how readers have responded to a post. */
import type { responses as english } from "../en/responses.ts";

const minute = 60_000;

export const responses: typeof english = {
  responses: {
    title: "開封確認",
    kinds: { confirmed: "確認済み", answered: "回答済み" },
    confirmed: (count, all) => `確認済み ${count}/${all}人`,
    answered: (count, all) => `回答済み ${count}/${all}人`,
    families: (count, all) => `確認済み ${count}/${all}世帯`,
    familiesNote: (by, singles) =>
      `「${by}」が同じ人を1世帯と数え、1人が確認すれば確認済みになります。${singles === 0 ? "" : `「${by}」のない${singles}人は、1人を1世帯と数えます。`}`,
    family: (by, value) => `${by} ${value}`,
    noFamily: (by) => `「${by}」なし`,
    call: (name) => `${name}さんに電話をかける`,
    filterLabel: "確認済み・未確認で絞り込む",
    silent: "未確認者",
    confirmedOnes: "確認済み",
    csvSilent: "未確認者のCSV書き出し",
    telephone: "電話",
    time: "確認日時",
    noneSilent: "全員が確認済みです",
    noneFound: "該当する人はいません",
    noneFoundText: "この一覧には、入力した言葉に合う人がいません。",
    noneYet: "配信はまだありません",
    noneConfirmed: "確認した人はまだいません",
    noneConfirmedText: "メールのリンク先で「確認しました」を押した人が、すぐにここへ表示されます。",
    cut: "まだ最後まで検索していません。",
    onward: "続きを検索",
    timesTitle: "確認・回答までの時間",
    timesNote: "送信開始からの時間ごとの累計です。メールを開いただけでは数えず、ボタンを押した人だけを数えます。",
    timesByMember: "ここでは世帯ではなく、メンバーを数えます。",
    timesOfList: (posts) => `確認・回答を求めた直近${posts}件の合計`,
    within: (ms) =>
      ms < 60 * minute
        ? `${ms / minute}分`
        : ms < 1440 * minute
          ? `${ms / (60 * minute)}時間`
          : `${ms / (1440 * minute)}日`,
    ever: "現在まで",
    howToAsk: (address) =>
      `${address} へ送るか、件名の先頭に [開封確認] と付けるか、管理画面から送るときに選ぶと、開封確認を求められます。`,
    open: "確認・回答までの時間",
  },

  response: {
    title: "確認・回答",
    confirmed: (time) => `${time}に確認済み`,
    familyConfirmed: (by, time) => `ご本人は未確認(同じ「${by}」の方が${time}に確認済み)`,
    notConfirmed: "未確認",
    answered: (time) => `${time}に回答済み`,
    notAnswered: "未回答",
    anonymous: "無記名のアンケートのため、回答の内容は誰にもわかりません。",
  },
};
