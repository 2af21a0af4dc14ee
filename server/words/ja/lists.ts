/** What people read, in Japanese: lists and their settings. */
import type { lists as english } from "../en/lists.ts";

const number = new Intl.NumberFormat("ja");

export const lists: typeof english = {
  lists: {
    title: "リスト一覧",
    searchLabel: "リスト名・タイトルで検索",
    create: "リストを作成",
    none: "リストはまだありません",
    noneOwner: "最初のリストを作成しましょう。必要なのは、リスト名と送信者のアドレスだけです。",
    noneAdministrator:
      "管理しているリストはまだありません。サーバー管理者に、リストの管理者としての登録をご依頼ください。",
    notFound: "該当するリストはありません。別の言葉でお試しください。",
    lastPost: "最終送信",
    never: "まだありません",
    memberCount: (count) => `メンバー ${number.format(count)}人`,
    postCount: (count) => `送信 ${number.format(count)}件`,
    newTitle: "リストの作成",
    name: "リスト名",
    nameHint: "アドレスの@より前の部分です。半角の英小文字・数字・ピリオド・アンダーバー・ハイフンで30文字まで。",
    nameHintAt: (domain) =>
      `代表アドレスの @${domain} より前の部分です。半角の英小文字・数字・ピリオド・アンダーバー・ハイフンで30文字まで。`,
    domain: "ドメイン",
    listTitle: "タイトル",
    titleHint: "メンバーに差出人として表示されます。例:「かえで小学校3年」",
    firstSender: "最初の送信者",
    firstSenderHint: "このアドレスからのメールだけが一斉配信されます。あとから追加できます。",
    firstSenderName: "送信者の名前",
    createButton: "リストを作成する",
    created: (address) => `リストができました。${address} に送ったメールが、メンバー全員に一斉配信されます。`,
    taken: "別のリスト名にしてください。同じ名前のリストがあります。",
    nameFaults: {
      "list-name-shape":
        "半角の英小文字・数字・ピリオド・アンダーバー・ハイフンで、1〜30文字にしてください。先頭と末尾にピリオドは使えません。",
      "list-name-reserved": "別のリスト名にしてください。この名前はサーバーが使うアドレスと重なります。",
    },
    addressLabel: "代表アドレス",
    copyAddress: "アドレスをコピー",
    copied: "コピーしました",
  },

  tabs: {
    label: "このリストのページ",
    history: "送信履歴",
    schedules: "送信予約",
    members: "登録メンバー",
    joining: "登録受付",
    senders: "送信者・管理者",
    refused: "受付拒否",
    settings: "設定",
  },

  settings: {
    title: "設定",
    saved: "保存しました。次の送信から有効です。",
    listTitle: "タイトル",
    titleMissing: "タイトルを入力してください。メンバーに差出人として表示されます。",
    titleLong: "もっと短いタイトルにしてください(100文字まで)。",
    language: "このリストの言語",
    timezone: "タイムゾーン",
    timezoneHint: (server) => `例:Asia/Tokyo。空欄の場合はサーバーの設定(${server})に従います。`,
    timezoneWrong: "Asia/Tokyo のようなタイムゾーンを入力するか、空欄にしてください。",
    posting: "送信できる人",
    postingModes: {
      senders: "登録した送信者のみ",
      members: "送信者と登録メンバー全員",
      "members-held": "登録メンバーも可(管理者の承認後に配信)",
    },
    proof: "差出人の確かめ方",
    proofs: { "from-only": "差出人(From)のみ" },
    replyTo: "返信先",
    replyTargets: { owner: "管理者", author: "送信者本人", list: "リスト" },
    prefix: "件名の前につける文字",
    prefixHint: "例:[news:%n](%n は番号になります)。空欄の場合は何もつけません。",
    prefixLong: "もっと短くしてください(50文字まで)。",
    ownCopy: "送信者がメンバーの場合、本人にも配信する",
    countBy: "開封確認の集計単位",
    countByHint:
      "児童番号などの登録項目名を入れると、同じ値のメンバーのうち1人が確認すれば、その家庭は確認済みになります。空欄ならメンバーごとに数えます。",
    countByLong: "長すぎます。100文字以内で入力してください。",
    reportTo: "送信結果をメールで報告",
    reportToHint: "送信が終わったときと、その後エラーで返送されたときに、宛先全員の一覧を添えて報告します。",
    reportTargets: {
      nobody: "報告しない",
      sender: "送信者へ",
      administrators: "管理者へ",
      both: "送信者と管理者へ",
    },
    reportNews: "送信履歴に新しい記録が加わったら、管理者にメールで知らせる(多くても1時間に1通)",
    required: "全員の登録が必要なリスト(登録が解除されたら、すぐに管理者へ知らせます)",
    cooloff: "送信の取り消しができる時間",
    cooloffHint: "メールを受け付けてから送信を始めるまでの時間です。その間は、この画面で取り消せます。",
    cooloffWrong: "時間を選んでください。",
    cooloffText: (ms) => {
      if (ms === 0) return "なし(すぐに送信)";
      const units = [
        ["日", 86_400_000],
        ["時間", 3_600_000],
        ["分", 60_000],
      ] as const;
      const [unit, size] = units.find(([, each]) => ms % each === 0) ?? ["秒", 1000];
      return `${ms / size}${unit}`;
    },
    posts: "メンバー全員に一斉配信",
    confirmAddress: "一斉配信し、全員に開封確認を求める",
    joinAddress: "登録用アドレス(空メールで登録を申し込む)",
    leaveAddress: "解除用アドレス(空メールで登録を解除する)",
    requestAddress: "「使い方」「一時停止」「再開」などのメールで操作する",
    ownerAddress: "管理者宛て",
  },
};
