/** What people read, in Japanese: joining by blank mail, the pages and mails around it, and who waits. */
import type { joining as english } from "../en/joining.ts";

const number = new Intl.NumberFormat("ja");

export const joining: typeof english = {
  joinMail: {
    confirmSubject: (title) => `「${title}」への登録の確認`,
    confirmText: ({ title, address, url, until, byReply }) =>
      [
        `このアドレスを「${title}」(${address})に登録する申し込みを、空メールで受け付けました。`,
        "",
        `登録を完了するには、${until} までに次のページを開き、ボタンを押してください。`,
        "",
        url,
        "",
        ...(byReply ? ["このメールにそのまま返信していただいても、登録できます。", ""] : []),
        "お心当たりのない場合は、何もしないでください。登録されることはありません。",
        "",
      ].join("\n"),
    alreadySubject: (title) => `「${title}」にはすでに登録されています`,
    alreadyText: ({ title, address, url }) =>
      `このアドレスは「${title}」(${address})にすでに登録されています。あらためての手続きは必要ありません。\n\n配信の一時停止や登録解除はこちら:\n\n${url}\n`,
    awaitsSubject: (title) => `「${title}」の管理者が登録の申し込みを確認しています`,
    awaitsText: ({ title, address }) =>
      `「${title}」(${address})への登録のご本人確認が済みました。管理者の承認をお待ちください。登録が完了したら、メールでお知らせします。\n`,
    closedSubject: (title) => `「${title}」は現在、空メールでの登録を受け付けていません`,
    closedText: ({ title, address, owner }) =>
      `「${title}」(${address})は現在、空メールでの登録を受け付けていないため、登録していません。登録をご希望の場合は、管理者にご連絡ください: ${owner}\n`,
    pageSubject: (title) => `「${title}」への登録はページから完了してください`,
    pageText: ({ title, url }) =>
      `返信を受け取りました。「${title}」への登録には、入力していただく項目があります。次のページを開き、登録を完了してください。\n\n${url}\n`,
    approvalSubject: (title) => `「${title}」に承認待ちの人がいます`,
    approvalText: ({ title, count, url }) =>
      `「${title}」への登録のご本人確認を済ませた${number.format(count)}人が、管理者の承認を待っています。\n\n${url}\n`,
    welcomeSubject: (title) => `「${title}」に登録されました`,
    welcomeText: ({ title, address, arrived, page }) =>
      [
        `「${title}」に登録されました。リストのメールは ${address} から届きます。`,
        "",
        "このメールが届いたことを管理者に知らせるため、次のページを開き、ボタンを押してください。",
        "",
        arrived,
        "",
        "配信の一時停止や登録解除は、いつでもこちらからできます。",
        "",
        page,
        "",
      ].join("\n"),
  },

  joinPage: {
    title: "リストへの登録",
    question: (list) => `「${list}」への登録`,
    intro: (address) => `このリストのメールは ${address} に届きます。`,
    name: "お名前",
    choose: "選んでください",
    code: "合言葉",
    codeHint: "案内に書かれている言葉です。",
    until: (time) => `このリンクの期限は ${time} です。`,
    approval: "登録には管理者の承認が必要です。",
    button: "登録する",
    choiceMissing: "1つ選んでください。",
    answerLong: "もっと短くしてください(200文字まで)。",
    codeWrong: "合言葉をもう一度お確かめください。一致しませんでした。",
    doneTitle: "登録されました",
    done: (address, list) => `これから ${address} に「${list}」のメールが届きます。`,
    alreadyTitle: "すでに登録されています",
    approvalTitle: "確認できました。管理者の承認をお待ちください",
    approvalText: (list) => `「${list}」の管理者にお知らせしました。登録が完了したら、メールでお知らせします。`,
    test: "テストメールを受け取る",
    testText:
      "携帯電話によっては、初めてのメールが自動で隠されることがあります。テストメールで、届くかどうか確かめられます。",
    testSent: (address) =>
      `${address} にテストメールを送りました。数分たっても届かない場合は、迷惑メールフォルダーと、下のご案内をご確認ください。`,
    testWait: "テストメールは、少し前に送りました。数分待って、迷惑メールフォルダーもご確認ください。",
    memberPage: "一時停止・登録解除・言語の変更",
    help: "メールが届かないときは",
    overTitle: "もう一度、空メールをお送りください",
    over: (address) =>
      `このリンクは使用済みか、期限が切れています。登録するには、${address} に空メールを送ってください。新しいリンクをお送りします。`,
    closedTitle: "現在、登録を受け付けていません",
    closed: (owner) => `このリストは現在、新しい登録を受け付けていません。管理者の連絡先: ${owner}`,
    arrivedTitle: "メールは届きましたか?",
    arrivedText: (list) => `ボタンを押すと、「${list}」のメールが届いていることを管理者にお知らせします。`,
    arrivedButton: "届きました",
    arrivedDoneTitle: "ありがとうございます",
    arrivedDone: (list) => `「${list}」のメールが届いていることを、管理者にお知らせしました。`,
  },

  joinHelp: {
    title: (list) => `「${list}」の登録方法`,
    lead: "空メールを送るだけで登録できます。",
    stepAllow: (domain) => `${domain} からのメールを受信できるようにする`,
    stepAllowText:
      "迷惑メール対策をしている携帯電話では、最初のメールが届かないことがあります。設定の手順は下のとおりです。",
    stepSend: "空メールを送る",
    stepSendText:
      "カメラでQRコードを読み取るか、次のアドレスにメールを送ってください。件名も本文も空のままで結構です。",
    stepConfirm: "返ってきたメールで確認する",
    stepConfirmText:
      "数分以内に、ご本人かどうかを確かめるメールが届きます。ページのボタンを押すか、そのまま返信してください。",
    stepConfirmPage:
      "数分以内に、ご本人かどうかを確かめるメールが届きます。ページを開いて入力し、ボタンを押してください。",
    stepDone: "登録完了",
    stepDoneText: "これからリストのメールが届きます。メールの最後のリンクから、いつでも登録解除できます。",
    stepApproval: "管理者が確認し、登録が完了したらメールでお知らせします。",
    button: "空メールを作成する",
    address: "登録用アドレス",
    domain: "受信を許可するドメイン",
    qr: "登録用アドレス宛てのメールを作成するQRコード",
    until: (time) => `受付期限: ${time}`,
    filters: "携帯電話・メールサービスごとの受信設定",
    filtersText: (domain) =>
      `受信を許可するドメインに ${domain} を追加してください。画面の名称は変わることがあります。`,
    notCome: "メールが返ってこないときは",
    notComeText:
      "まず迷惑メールフォルダーをご確認ください。次に、上の手順でドメインの受信を許可し、10分以上たってから、もう一度空メールを送ってください。",
    contact: (owner) => `お問い合わせ: ${owner}`,
    print: "印刷用ページ(A4)",
    closedTitle: "現在、空メールでの登録を受け付けていません",
    closed: (owner) => `このリストは現在、空メールでの登録を受け付けていません。管理者の連絡先: ${owner}`,
    carriers: {
      docomo: {
        name: "ドコモ(@docomo.ne.jp)",
        steps: [
          "「My docomo」またはドコモメールのアプリから「メール設定」を開きます。",
          "「受信リスト/拒否リスト設定」を開き、「設定を利用する」を選びます。",
          "「受信するメールの登録」にドメインを追加し、保存します。",
        ],
      },
      au: {
        name: "au・UQモバイル(@au.com、@ezweb.ne.jp、@uqmobile.jp)",
        steps: [
          "メールアプリの設定から「アドレス変更・迷惑メール設定」を開きます。",
          "迷惑メールフィルターの「受信リスト」を開きます。",
          "ドメインを追加し、種類は「ドメイン」、「必ず受信」にチェックを入れて、保存します。",
        ],
      },
      softbank: {
        name: "ソフトバンク・ワイモバイル(@softbank.ne.jp、@i.softbank.jp、@ymobile.ne.jp)",
        steps: [
          "「My SoftBank」または「My Y!mobile」にログインし、「メール設定」(メール管理)を開きます。",
          "「迷惑メール対策」から「受信許可リスト」を開きます。",
          "ドメインを追加し、保存します。URLリンク付きメールを拒否している場合は、受信するように変更します。",
        ],
      },
      gmail: {
        name: "Gmail(ジーメール)",
        steps: [
          "「迷惑メール」と、「メイン」以外のタブを確認します。見つかったメールを開き、「迷惑メールではない」を押します。",
          "パソコンでは、「設定」→「フィルタとブロック中のアドレス」→「新しいフィルタを作成」を開き、Fromに @ とドメインを入力し、「迷惑メールにしない」を選びます。",
        ],
      },
      icloud: {
        name: "iCloudメール(@icloud.com、@me.com)",
        steps: [
          "「迷惑メール」フォルダーを確認します。見つかったメールを開き、受信トレイに移動するか、「迷惑メールではない」を押します。",
          "リストのアドレスを連絡先に追加します。",
        ],
      },
    },
  },

  waiting: {
    title: "登録の受付",
    publicPage: "新しく登録する人へのご案内",
    publicText:
      "このページのアドレスか、印刷したものをお渡しください。登録方法、QRコード、携帯電話の受信設定をご案内します。",
    open: "ページを開く",
    print: "印刷用ページ(A4)",
    copy: "アドレスをコピー",
    people: "確認待ちの人",
    none: "確認待ちの人はいません",
    noneText: (address) => `${address} に空メールを送った人が、確認が済むまでここに表示されます。`,
    all: "すべて",
    confirmed: "承認待ち",
    filterLabel: "絞り込み",
    pick: (address) => `${address} を選択`,
    person: "申し込んだ人",
    asked: "申し込み",
    mail: "確認メール",
    state: "状態",
    noMail: "送っていません",
    unconfirmed: "本人の確認待ち",
    toApprove: "本人確認済み・承認待ち",
    returning: "以前のメンバー",
    expires: (time) => `期限 ${time}`,
    again: "確認メールを再送",
    add: "今すぐ登録",
    approve: "承認",
    dismiss: "取り下げ",
    dismissQuestion:
      "選んだ人の申し込みを取り下げますか? 確認メールのリンクは使えなくなります。本人には通知しません。もう一度申し込むことはできます。",
    dismissConfirm: "取り下げる",
    nobody: "先に1人以上を選んでください。",
    added: (count) =>
      count === 0
        ? "選んだ人の申し込みは、すでに処理されています。"
        : `${number.format(count)}人を登録し、本人にメールでお知らせしました。`,
    dismissed: (count) => `${number.format(count)}人の申し込みを取り下げました。`,
    sentAgain: (sent, held) =>
      `確認メールを${number.format(sent)}通、送り直しました。${held === 0 ? "" : `少し前か、本日何度も送っている${number.format(held)}人には送っていません。`}`,
    settings: "登録の設定",
    saved: "保存しました。",
    mode: "空メールで登録できる人",
    modes: { open: "確認が済んだ人は誰でも", approval: "管理者が承認した人", closed: "受け付けない" },
    name: "名前",
    names: { asked: "ページでたずねる(任意)", required: "ページでたずねる(必須)", no: "たずねない" },
    attributes: "たずねる登録項目",
    attributesHint: "1行に1つ。「*」をつけると必須、「:」のあとに選択肢を書けます。例:「学年*: 1年, 2年, 3年」「地区」",
    attributesWrong: (line) =>
      `「項目名: 選択肢, 選択肢」の形で、同じ項目名は1回だけ書いてください。「氏名」「メールアドレス」「状態」は項目名にできません。この行が異なります:「${line}」`,
    code: "合言葉",
    codeHint:
      "知らせた人だけが登録できるように、ページでたずねる言葉です。設定すると、返信だけでは登録できません。空欄の場合はたずねません。",
    codeLong: "もっと短い合言葉にしてください(50文字まで)。",
    until: "受付期限",
    untilHint: (zone) => `${zone} の時刻です。空欄の場合は期限なし。`,
    untilWrong: "2026-04-08 17:00 のような日時を入力するか、空欄にしてください。",
    byReply: "返信で登録(名前なし)",
    arrived: (time) => `テストメール受信 ${time}`,
  },
};
