/** What people read, in Japanese: the first page, the lists as a whole, deleting and copying them, one search over all. */
import type { home as english } from "../en/home.ts";

const number = new Intl.NumberFormat("ja");

/** Counts on the first page go no further. */
const some = (count: number): string => (count >= 100 ? "99以上" : number.format(count));

export const home: typeof english = {
  nav: { label: "回覧のメニュー", home: "ホーム", lists: "リスト一覧", search: "検索" },

  home: {
    title: "ホーム",
    send: "送信する",
    sendHow:
      "「新規作成」で書くか、いつものメールソフトで、登録済みのアドレスからリストの代表アドレスにメールをお送りください。メンバー1人ずつに届き、ほかの人のアドレスは見えません。",
    write: "メールソフトで書く",
    writeTo: (title) => `「${title}」宛て`,
    to: (members) => `メンバー ${number.format(members)}人に送信`,
    from: (addresses) => `ご自分のアドレスは ${addresses} です。`,
    or: " または ",
    notSender: "ご自分のアドレスは、このリストの送信者に登録されていません。",
    becomeSender: "送信者を追加",
    noMembers: "メンバーがまだいません。",
    addMembers: "メンバーを追加",
    allLists: (count) => `リスト一覧(${number.format(count)}件)`,
    latest: "最近の送信",
    latestNone: "まだ送信はありません。送信すると、1通1通の結果がここに表示されます。",
    sent: "送信済み",
    astray: "届かなかった分",
    going: "送信中",
    stopped: "中止",
    needs: "対応が必要なもの",
    needsNone: "いま対応が必要なものはありません。",
    needsMore: (count) => `ほか${number.format(count)}件のリスト`,
    needKinds: {
      held: (count) => `承認を待っているメール ${some(count)}件`,
      refused: (count) => `この1週間に受付を拒否したメール ${some(count)}件`,
      waiting: (count) => `登録の手続きが終わっていない人 ${some(count)}人`,
      bounced: (count) => `不達が続き、配信が止まっているメンバー ${some(count)}人`,
      left: (count) => `この1週間に登録を解除した人 ${some(count)}人`,
    },
    firstTitle: "ようこそ",
    firstText: "最初の送信までの3ステップ:",
    first: [
      "リストを作成します。必要なのは、タイトル、リスト名、送信者のアドレスです。",
      "メンバーを登録します。表計算ファイルから、1人ずつ、またはご本人による登録もできます。",
      "登録済みのアドレスから、リストの代表アドレスに最初のメールを送ります。",
    ],
  },

  warnings: {
    title: "サーバーの確認が必要です",
    disk: (free) =>
      `サーバーのディスクの空きを増やしてください(残り ${free})。いっぱいになると、メールを受け付けられません。`,
    certificate: {
      smtp: (when) =>
        `smtp.tls の証明書を更新し、Kairan を再起動してください。期限は ${when} です。切れると、メールが暗号化されずに送られてくることがあります。`,
      web: (when) =>
        `web.tls の証明書を更新し、Kairan を再起動してください。期限は ${when} です。切れると、ブラウザーに警告が表示されます。`,
    },
    certificateOver: {
      smtp: (when) => `smtp.tls の証明書を更新し、Kairan を再起動してください。${when} に期限が切れました。`,
      web: (when) =>
        `web.tls の証明書を更新し、Kairan を再起動してください。${when} に期限が切れ、ブラウザーに警告が表示されています。`,
    },
    backup: (when) => `バックアップを作成してください。最後のバックアップは ${when} です。`,
    backupNever: "バックアップを作成してください。まだ一度も作成されていません。",
    backupLink: "バックアップの作成方法",
    still: (since) =>
      `サーバーのログと通信状態をご確認ください。送信待ちのメールがありますが、${since} から一度も送信が試みられていません。`,
    manyFailed: (failed, members) =>
      `中継サーバー(outbound.relay)をご確認ください。あるリストの配信先${members}名のうち${failed}名が、一度に「宛先なし」で拒否されました。これを理由に配信を止めた方はいません。中継サーバーの応答:`,
    manyFailedLink: "リストへ",
    refused: (since) =>
      `中継サーバーの設定(outbound.relay)をご確認ください。${since} から1通も受け付けられていません。あとで自動的に再送します。中継サーバーの応答:`,
  },

  listsPage: {
    previous: "前のページ",
    searchLabel: "タイトル・アドレスで検索",
    sortLabel: "並び順",
    sort: { title: "タイトル順", last: "最終送信が新しい順" },
    members: "配信中の人数",
    posts: "送信",
    deleted: "削除したリスト",
    deletedText: "表示されず、メールも受け付けません。期限までは、元のとおりに戻せます。",
    until: (when) => `${when} まで`,
    restore: "元に戻す",
    purge: "完全に削除",
    purgeQuestion: (title) =>
      `「${title}」を今すぐ完全に削除しますか。メンバー、送信履歴、1通ごとの記録は、二度と元に戻せません。`,
    purgeConfirm: "完全に削除する",
    restored: (title) => `「${title}」を元に戻しました。途中だった送信は、中止したままです。`,
    purged: (title) => `「${title}」を完全に削除しました。同じリスト名をまた使えます。`,
    tooLate: "削除したリストをもう一度ご確認ください。このリストは、もう元に戻せません。",
  },

  newList: {
    administrator: "管理者",
    administratorHint:
      "リストを管理する人のユーザー名かメールアドレスです。アカウントがない人には、招待メールをお送りします。あとから追加できます。",
    like: "設定",
    likeHint: "送信できる人、返信先、登録時の質問などです。すべてあとから変更できます。",
    likeDefault: "標準の設定",
    likeOf: (title) => `「${title}」と同じ`,
    takenByDeleted:
      "別のリスト名にするか、リスト一覧の「削除したリスト」をご確認ください。同じ名前の削除済みリストがあり、まだ元に戻せます。",
    likeGone: "もう一度お選びください。そのリストはもうありません。",
  },

  firstSteps: {
    title: "最初の送信までの3ステップ",
    done: "完了",
    members: "メンバーを登録する",
    membersText: "表計算ファイルから、または1人ずつ登録します。登録用アドレスに空メールを送ってもらう方法もあります。",
    membersDone: (count) => `${number.format(count)}人が登録されています。`,
    addMembers: "メンバーを追加",
    importFile: "CSV読み込み",
    joiningPage: "登録方法の案内",
    senders: "送信者を決める",
    sendersText: "登録したアドレスからのメールだけが一斉配信されます。",
    sendersDone: "登録されています。",
    addSender: "送信者を追加",
    mail: "最初のメールを送る",
    mailText: (address) => `登録したアドレスから ${address} にお送りください。届くとすぐ、ここに表示されます。`,
  },

  deletion: {
    title: "リストの削除",
    open: "このリストを削除…",
    what: (title) => `「${title}」の次のものが、すべて削除されます。`,
    members: (count) => `配信中のメンバー ${number.format(count)}人と、そのほかのメンバー全員`,
    posts: (count) => `送信 ${number.format(count)}件と、1通ごとの記録`,
    settings: "送信者・管理者・設定",
    atOnce: "リストはすぐに表示されなくなります。メールは受け付けず、途中の送信は中止します。",
    undo: "7日間は元に戻せます。そのあとは完全に削除されます。",
    confirm: (name) => `確認のため、リスト名を入力してください:${name}`,
    wrong: (name) => `アドレスの@より前の部分「${name}」を入力してください。`,
    button: "リストを削除する",
    done: (title) => `「${title}」を削除しました。7日間は元に戻せます。`,
  },

  settingGroups: {
    name: "タイトルと言語",
    posting: "送信できる人と返信先",
    copies: "メンバーに届くメール",
    people: "メンバー",
    nameExplained: "代表アドレスは変更できません。メンバーの受信設定に登録されているためです。",
    languageHint: "サーバーが書くメールと、メールの末尾の言語です。",
    timezoneNow: (now) => `現地はいま ${now} です。`,
    postingHint: "それ以外の人からのメールは受付を拒否し、その人のメールサーバーから本人に通知されます。",
    replyToHint: "メンバーが「返信」を押したときの宛先です。",
    ownCopyHint: "ご自分にも届けば、送信されたことをすぐに確かめられます。",
    reports: "報告",
    requiredHint: "保護者全員の緊急連絡網などにお使いください。",
    copyTitle: "ほかのリストの設定をコピー",
    copyText: "タイトル以外の設定をすべてコピーします。先に変更内容を確認できます。",
    copyFrom: "コピー元のリスト",
    copyShow: "変更内容を確認",
    addressesTitle: "このリストのアドレス",
  },

  copySettings: {
    title: "設定のコピー",
    from: (title) => `「${title}」から`,
    same: "変更はありません。設定は同じです。",
    setting: "項目",
    now: "現在",
    then: "変更後",
    button: "この設定にする",
    done: (title) => `「${title}」と同じ設定にしました。`,
    changed: "変更内容をもう一度ご確認ください。その間に設定が変わりました。",
    on: "はい",
    off: "いいえ",
    empty: "なし",
    joining: "登録時の質問",
    joiningDiffers: "コピー元と同じ",
    joiningNow: "現在のとおり",
  },

  search: {
    title: "全リストから検索",
    clear: "クリア",
    label: "メールアドレス・名前",
    hint: "アドレスの最初の数文字、または名前の一部で検索できます。",
    none: "見つかりませんでした",
    noneText: "アドレスの最初の部分で検索するか、各リストの登録メンバーのページでお探しください。",
    short: "2文字以上入力してください。",
    more: "ほかにも見つかりました。アドレスをもう少し長く入力してください。",
    member: "メンバー",
    sender: "送信者",
    administrator: "管理者",
    owner: "サーバー管理者",
    account: (username) => `アカウント ${username}`,
    on: "リスト",
    nothing: "どのリストにも登録されていません。",
    lists: "リスト",
    found: (count) => `${number.format(count)}人`,
  },
};
