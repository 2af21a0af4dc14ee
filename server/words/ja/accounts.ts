/** What people read, in Japanese: accounts, administrators, invitations, and signing in again. */
import type { accounts as english } from "../en/accounts.ts";

export const accounts: typeof english = {
  keptForm: {
    typed: "入力内容をご確認のうえ、もう一度ボタンを押してください。ログインが切れていたため、まだ保存していません。",
    button: "もう一度ボタンを押してください。ログインが切れていたため、まだ何も変更していません。",
    signIn: "ログインが切れました。ログインすると、入力した内容に戻ります。",
  },

  forgotten: {
    link: "パスワードをお忘れの場合・未設定の場合",
    title: "ログイン用リンクの送信",
    text: "ユーザー名またはメールアドレスを入力してください。アカウントのメールアドレスに、一度だけログインできるリンクをお送りします。ログイン後、新しいパスワードを設定できます。",
    who: "ユーザー名またはメールアドレス",
    button: "リンクを送信する",
    doneTitle: "メールをご確認ください",
    done: "該当するアカウントがある場合は、ログイン用リンクをメールでお送りしました。リンクは2時間有効です。",
    doneMore: "数分たっても届かない場合は、迷惑メールフォルダーをご確認ください。送信は10分に1回、1日3回までです。",
    operator: "メールが届かない場合は、サーバーの運用担当者が次のコマンドでリンクを発行できます。",
  },

  signInMail: {
    invitation: {
      subject: ({ server }) => `${server} のアカウントのご案内`,
      text: ({ url, until, server, username }) =>
        `${server} のメーリングリストを管理するアカウントが作成されました。\n\n次のリンクを開いてログインし、パスワードを設定してください。\n\n${url}\n\nリンクは一度だけ、${until} まで使えます。\nユーザー名: ${username}\n\nお心当たりがない場合は、何もせずこのメールを破棄してください。\n`,
    },
    listInvitation: {
      subject: ({ title }) => `「${title}」の管理者になりました`,
      text: ({ url, until, server, username, title, address }) =>
        `メーリングリスト「${title}」(${address})の管理者に登録されました。\n\n次のリンクを開いて ${server} にログインし、パスワードを設定してください。\n\n${url}\n\nリンクは一度だけ、${until} まで使えます。\nユーザー名: ${username}\n\nお心当たりがない場合は、何もせずこのメールを破棄してください。\n`,
    },
    forgotten: {
      subject: ({ server }) => `${server} のログイン用リンク`,
      text: ({ url, until, server, username }) =>
        `${server} のログイン用リンクの送信依頼を受け付けました。\n\n次のリンクを開いて、新しいパスワードを設定してください。\n\n${url}\n\nリンクは一度だけ、${until} まで使えます。\nユーザー名: ${username}\n\nお心当たりがない場合は、何もする必要はありません。パスワードは変わりません。\n`,
    },
    added: {
      subject: ({ title }) => `「${title}」の管理者になりました`,
      text: ({ url, title, address }) =>
        `メーリングリスト「${title}」(${address})の管理者に登録されました。\n\n管理画面はこちらです。\n\n${url}\n`,
    },
  },

  accounts: {
    title: "アカウント一覧",
    intro: "この管理画面にログインできる人です。サーバー管理者はすべてを、管理者は担当するリストを操作できます。",
    add: "招待する",
    owner: "サーバー管理者",
    administrator: "管理者",
    you: "あなた",
    role: "権限",
    roles: {
      owner: "サーバー全体を管理(サーバー管理者)",
      administrator: "担当するリストだけを管理(管理者)",
    },
    lists: "担当リスト",
    everyList: "すべてのリスト",
    noList: "まだありません",
    lastSignIn: "最終ログイン",
    never: "まだログインしていません",
    password: "パスワード",
    hasPassword: "設定済み",
    noPassword: "未設定",
    invited: "招待メール",
    invitedAt: (when) => `${when} に招待`,
    name: "氏名",
    username: "ユーザー名",
    usernameHint: "ログインのときに入力する名前です。空欄の場合は、メールアドレスになります。",
    usernameWrong: "半角の英数字と . - _ @ を使って、1~64文字で入力してください。",
    usernameTaken: "別のユーザー名にしてください。このユーザー名はすでに使われています。",
    address: "アカウントのメールアドレス",
    addressHint: "招待メールやログイン用リンクの送信先です。",
    firstList: "最初の担当リスト",
    noFirstList: "まだ決めない",
    newTitle: "アカウントに招待",
    newText: "7日以内に一度だけ使えるログイン用リンクがメールで届き、本人がパスワードを設定します。",
    inviteButton: "招待メールを送信する",
    invitedNow: (address) => `${address} に招待メールをお送りします。`,
    linkTitle: "一度だけ使えるログイン用リンク",
    linkText: (until) =>
      `ほかの人に見られない方法でお渡しください。このリンクは今だけ表示されます。一度だけ、${until} まで使えます。`,
    copyLink: "リンクをコピー",
    linkKept: "このサーバーは外部にメールを送信しないため、リンクをここに表示しています。",
    makeLink: "ログイン用リンクを作る",
    mailLink: "招待メールを送信する",
    mailAgain: "招待メールをもう一度送信する",
    tooSoon: "しばらくお待ちください。このアドレスには10分以内に送信したか、今日すでに3回送信しています。",
    endSessions: "すべてのログインを終了する",
    ended: "このアカウントのログインをすべて終了し、未使用のリンクも無効にしました。",
    saved: "保存しました。",
    conflict:
      "内容をご確認のうえ、もう一度変更してください。編集中に別の人が変更しました。下の欄は、入力された内容のままです。",
    lastOwner: "先に別の人をサーバー管理者にしてください。サーバー管理者がいなくなってしまいます。",
    remove: "アカウントを削除",
    removeQuestion: (name) =>
      `${name} のアカウントを削除しますか? ログインはすぐに終了します。送信者・登録メンバーとしての登録は残ります。`,
    removeConfirm: "アカウントを削除する",
    removed: (name) => `${name} のアカウントを削除しました。`,
    notYourself: "ほかのサーバー管理者にご依頼ください。自分のアカウントは削除できません。",
    addToList: "担当に加えるリスト",
    addToListButton: "加える",
    toList: (title) => `「${title}」に加える`,
    fromList: (title) => `「${title}」の担当から外す`,
    addedToList: (title) => `「${title}」の管理者にしました。`,
    takenFromList: (title) => `「${title}」の担当から外しました。`,
    reply: "相手のサーバーの応答",
    actions: "ログイン",
  },

  administrators: {
    title: "管理者",
    intro:
      "管理者は、このリストの登録メンバー・送信者・送信履歴・設定・管理者をすべて操作できます。リストの管理者宛てのメールも届きます。",
    owners: "サーバー管理者は、すべてのリストで同じことができます。",
    none: "管理者はまだいません。サーバー管理者がこのリストを管理しています。",
    add: "管理者を追加",
    who: "メールアドレスまたはユーザー名",
    whoHint: "アカウントがない人には、7日以内に一度だけ使えるログイン用リンクを招待メールでお送りします。",
    whoUnknown: "メールアドレスを入力してください。この名前のアカウントはありません。",
    name: "氏名",
    addButton: "追加する",
    added: (who) => `${who} をこのリストの管理者にしました。`,
    invited: (address) => `${address} に招待メールをお送りします。`,
    already: (who) => `${who} はすでにこのリストの管理者です。`,
    notAdded: "管理者をもう一度追加してください。アカウントを作成できませんでした。",
    askOwner:
      "このサーバーは外部にメールを送信しません。サーバー管理者が「アカウント一覧」のページでログイン用リンクを作れます。",
    remove: "外す",
    removeQuestion: (name) => `${name} をこのリストの管理者から外しますか?`,
    removeSelf: "自分自身をこのリストの管理者から外しますか? 自分では元に戻せません。",
    removeConfirm: "管理者から外す",
    removed: (name) => `${name} をこのリストの管理者から外しました。`,
    again: "招待メールをもう一度送信する",
    waiting: "まだログインしていません",
  },

  accountPage: {
    choose: "ようこそ。次回からログインできるように、パスワードを設定してください。",
    chooseNew: "リンクでログインしました。パスワードをお忘れの場合は、新しいパスワードを設定してください。",
    settings: "言語と日時",
    language: "言語",
    timezone: "タイムゾーン",
    timezoneHint: (server) =>
      `リストに属さないページの日時に使います。空欄の場合はサーバーの設定(${server})に従います。リストのページは、リストの設定に従います。`,
    saved: "保存しました。",
  },

  senderPage: {
    editTitle: "送信者の編集",
    back: "送信者の一覧へ",
    saved: "保存しました。",
    restored: (address) => `${address} は再び送信できます。`,
    many: "複数の送信者をまとめて追加",
    people: "1行に1人",
    peopleHint: "メールアドレスの前か後ろに名前を入力できます。例:山田 花子 <hanako@example.org>",
    lineFault: (line) => `1行にメールアドレスを1つ、その横に名前を入力してください。この行が異なります:「${line}」`,
    tooMany: (most) => `一度に入力できるのは${most}件までです。`,
    addedMany: (added, known) => `${added}人を追加しました。${known > 0 ? `${known}人は登録済みでした。` : ""}`,
    takenFault: "下をご確認ください。すでに使われているアドレスがあります。まだ何も変更していません。",
    taken: {
      possible: (name) => `${name === "" ? "名前のない人" : `${name} さん`}のアドレスです。`,
      "out-of-reach": () =>
        "あなたが管理していないリストの人のアドレスです。サーバー管理者が2人を1人にまとめられます。",
      members: (name) =>
        `${name === "" ? "名前のない人" : `${name} さん`}のアドレスです。2人とも同じリストの登録メンバー(または以前の登録メンバー)のため、まとめられません。`,
    },
    merge: "同じ人です。2人を1人にまとめます",
    mergeHint: "すべてのリストで、2人のアドレス・登録・権限が1人のものになります。元には戻せません。",
    inUse: (addresses) =>
      `${addresses} はそのままにしてください。リストの配信先に使われています。先に登録メンバーのアドレスを変更してください。`,
    outOfReach:
      "この人は、あなたが管理していないリストにも登録されています。名前やアドレスの変更はサーバー管理者にご依頼ください。ここでは、送信者としての追加と削除ができます。",
    outOfReachAdd:
      "最初のアドレスだけを入力してください。この人は、あなたが管理していないリストにも登録されているため、アドレスを加えられるのはサーバー管理者だけです。",
  },
};
