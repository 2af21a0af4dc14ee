/** What people read, in Japanese: what the whole panel shares: actions, fields, faults, signing in. */
import type { panel as english } from "../en/panel.ts";

const number = new Intl.NumberFormat("ja");

export const panel: typeof english = {
  language: { name: "日本語", ofServer: "サーバーの設定に従う" },

  app: {
    name: "Kairan",
    tagline: "1通1通の行方がわかるメーリングリスト",
    skip: "本文へ移動",
    home: "リスト一覧",
    trial: "お試しモード",
    trialText: "メールはこのコンピューターの外へ送信されません。",
    kept: "外部に送信されていないメール",
    number: (value) => number.format(value),
    percent: (value) => `${value}%`,
    between: " · ",
    none: "—",
    lost: "通信状態をご確認ください。サーバーからの応答が途切れています。再びつながると、自動で更新されます。",
  },

  actions: {
    search: "検索",
    clearSearch: "すべて表示",
    save: "保存",
    edit: "編集",
    cancel: "キャンセル",
    undo: "元に戻す",
    older: "以前の送信",
    next: "次のページ",
    first: "最初へ",
    remove: "削除",
  },

  fields: {
    address: "メールアドレス",
    missing: "入力してください。",
    addressWrong: "name@example.org のようなメールアドレスを入力してください。",
    oneLine: "改行や制御文字は使えません。",
    optional: "(任意)",
    faults: "印のついた欄をご確認ください。まだ何も変更していません。",
  },

  errors: {
    notFoundTitle: "前のページに戻って、別のリンクをお試しください",
    notFound: "このアドレスにページはありません。削除された可能性があります。",
    forbiddenTitle: "管理者に権限をご依頼ください",
    forbidden: "このページを見る権限がありません。サーバー管理者が、リストの管理者として登録できます。",
    formTitle: "前のページに戻り、再読み込みしてからもう一度お試しください",
    form: "フォームの期限が切れたか、別のサイトから送られました。何も変更していません。",
    largeTitle: "一度に送る量を減らしてください",
    large: "フォームの内容が大きすぎます。何も変更していません。",
    badTitle: "前のページに戻って、もう一度お試しください",
    bad: "ブラウザーからの要求を読み取れませんでした。何も変更していません。",
    methodTitle: "前のページに戻って、ページ内のボタンをお使いください",
    method: "このアドレスでは、その操作はできません。",
    brokenTitle: "しばらくしてから、もう一度お試しください",
    broken: "サーバーで問題が起きました。原因はログに記録されています。",
    busyTitle: "しばらくしてから、もう一度お試しください",
    busy: "サーバーが混み合っています。",
    home: "リスト一覧へ",
  },

  signIn: {
    title: "ログイン",
    username: "ユーザー名",
    password: "パスワード",
    button: "ログイン",
    wrong: "ユーザー名とパスワードをもう一度お確かめください。この組み合わせは登録されていません。",
    wait: (seconds) => `${seconds}秒ほど待ってから、もう一度お試しください。ログインの失敗が続いています。`,
    again: "ログインすると、お探しのページに移動します。",
    forgotten:
      "パスワードが未設定の場合や、お忘れの場合は、サーバーの運用担当者が一度限りのログイン用リンクを発行できます。",
    forgottenCommand: "npx kairan admin link ユーザー名",
    linkTitle: "ようこそ",
    linkText: "このリンクで一度だけログインできます。",
    linkButton: "ログインする",
    linkOver: "新しいリンクの発行をご依頼ください。このリンクは使用済みか、期限が切れています。",
    out: "ログアウト",
    outDone: "ログアウトしました。",
  },

  account: {
    title: "アカウント",
    signedInAs: (name) => `${name} でログイン中`,
    owner: "サーバー管理者",
    administrator: "管理者",
    changePassword: "パスワードの変更",
    setPassword: "パスワードの設定",
    current: "現在のパスワード",
    next: "新しいパスワード",
    nextHint: (least) => `${least}文字以上。覚えやすい文章もおすすめです。`,
    repeat: "新しいパスワード(もう一度)",
    wrongCurrent: "現在のパスワードをもう一度入力してください。一致しませんでした。",
    short: (least) => `もっと長いパスワードにしてください(${least}文字以上)。`,
    long: "もっと短いパスワードにしてください(1,000文字まで)。",
    differs: "同じパスワードを2回入力してください。2つが一致していません。",
    done: "パスワードを変更しました。このアカウントのほかのログインはすべて終了しました。",
    othersEnd: "このアカウントのほかのログインはすべて終了します。",
  },
};
