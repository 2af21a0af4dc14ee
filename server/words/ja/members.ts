/** What people read, in Japanese: the list of members, a member's form and page, and changes of many at once. */
import type { memberWords as english } from "../en/members.ts";

const number = new Intl.NumberFormat("ja");
const people = (count: number): string => `${number.format(count)}人`;

export const memberWords: typeof english = {
  memberList: {
    sort: "並べ替え",
    sortButton: "並べ替える",
    sortedBy: (label) => `${label}で並べ替える`,
    upward: (label) => `${label}(昇順)`,
    downward: (label) => `${label}(降順)`,
    others: "その他",
    previous: "前のページ",
    importFile: "CSV読み込み",
    exportFile: "CSV書き出し",
    whoLeft: "登録解除の履歴",
    cut: "まだ全員を調べていません。この並び順では、該当する人が離れています。続けて検索するか、別の項目で並べ替えてください。",
    searchOn: "続けて検索",
    firstSteps: "はじめの3つの方法",
    stepHand: "1人ずつ追加する",
    stepHandText: "アドレスだけで登録できます。氏名や、組などの登録項目があると、あとで探しやすくなります。",
    stepFile: "Excelの名簿を読み込む",
    stepFileText:
      "アドレスの列があれば、Excel(.xlsx)でもCSVでも、そのまま読み込めます。変更内容を確認してから登録できます。",
    stepJoin: "空メールで登録してもらう",
    stepJoinText: "登録用アドレスかQRコードを配ってください。空メールを送るだけで登録できます。",
    joiningPage: "登録の案内へ",
  },

  memberForm: {
    attributesHint: "例:「組」に「3-B」。値が空の行は登録されません。",
    keyLabel: (row) => `登録項目${row}の名前`,
    valueLabel: (row) => `登録項目${row}の値`,
    key: "項目名",
    value: "値",
    keyMissing: "この値の項目名を入力してください。",
    keyLong: "もっと短い項目名にしてください(100文字まで)。",
    valueLong: "もっと短くしてください(1,000文字まで)。",
    keyTwice: (key) => `同じ項目名は1回だけ使えます。「${key}」が2回あります。`,
    addressLong: "アドレスをご確認ください。254文字を超えるアドレスは使えません。",
    leftTitle: "ご本人に確認してください",
    leftText: (date) =>
      `この方は${date}に、ご自分で登録解除しています。ご本人が希望する場合だけ、もう一度登録してください。`,
    leftSure: "ご本人が希望しています",
  },

  memberPage: {
    facts: "これまでの経過",
    edit: "氏名・アドレス・登録項目",
    arrived: "テストメールの到着確認",
    left: "登録解除",
    joinedBy: {
      mail: "空メールで登録",
      page: "登録ページで登録",
      administrator: "管理者が登録",
    },
    endedBy: {
      member: "ご本人による登録解除",
      administrator: "管理者による削除",
    },
    deliveries: "最近の配信状況",
    noDeliveries: "最近の一斉配信は、この方に送られていません。",
    elsewhere: "ほかに登録しているリスト",
  },

  bulk: {
    label: "選択したメンバーの一括操作",
    pick: (address) => `${address} を選択`,
    pickAll: "このページの全員を選択",
    all: (count) => `全員(${people(count)})`,
    allFound: "検索に該当する全員",
    picked: "人を選択中",
    verbs: { pause: "一時停止", resume: "配信再開", remove: "削除", set: "登録項目を設定" },
    nobody: "先にメンバーを選択するか、「全員」にチェックを入れてください。",
    people: (count) => (count === undefined ? "検索に該当する全員" : people(count)),
    ask: {
      pause: (who) => `${who}への配信を一時停止しますか?`,
      resume: (who) => `${who}への配信を再開しますか?`,
      remove: (who) => `${who}を削除しますか?`,
      set: (who) => `${who}の登録項目を設定`,
    },
    askText: {
      pause: "再開するまで何も送信されません。対象は配信中の人だけです。",
      resume: "対象は一時停止中の人と、不達で止まっている人だけです。確認待ちの人や登録解除した人には送信されません。",
      remove: "以後は何も送信されません。7日間は元に戻せます。",
      set: "値を空にすると、その項目を取り除きます。",
    },
    found: (search) => `検索:「${search}」`,
    yes: { pause: "一時停止する", resume: "再開する", remove: "削除する", set: "設定する" },
    done: {
      pause: (count) => `${people(count)}への配信を一時停止しました。`,
      resume: (count) => `${people(count)}への配信を再開しました。`,
      remove: (count) => `${people(count)}を削除しました。`,
      set: (count) => `${people(count)}の登録項目を変更しました。`,
    },
    restored: (count) => `${people(count)}を元に戻しました。その後に変更された人は、そのままです。`,
    running: "処理しています。このページは自動で更新されます。離れても処理は続きます。",
    soFar: (count) => `ここまで${people(count)}`,
    back: "メンバー一覧に戻る",
    tooLate: "元に戻せるものはありません。すでに元に戻したか、7日を過ぎています。",
  },
};
