/** What people read, in Japanese: the member's own page, and the mails that belong to it. */
import type { ownPage as english } from "../en/own-page.ts";

export const ownPage: typeof english = {
  ownPage: {
    title: "ご登録の状況",
    stateOf: {
      waiting: "ご登録はまだ完了していません。届いているメールにご返信ください。",
      active: "このリストのメールをお届けしています。",
      paused: "このリストの配信を一時停止しています。",
      bounced: "メールがエラーで返ってきたため、送信を止めています。",
      left: "このリストの登録は解除されています。",
    },
    pause: "配信を一時停止する",
    resume: "配信を再開する",
    leave: "登録を解除する",
    comeBack: "元に戻す",
    language: "ページとメールの言語",
    useLanguage: "この言語にする",
    data: "お名前・アドレス・追加のアドレス",
    dataText: "ご本人だけが開けるように、ご登録のアドレスにリンクをお送りします。",
    mailLink: "リンクをメールで受け取る",
    paused: "一時停止しました。「配信を再開する」を押すまで、メールは届きません。",
    resumed: "配信を再開しました。",
    left: "登録を解除しました。お知らせのメールをお送りします。",
    returned: "リストに戻りました。",
    languageDone: "今後はこの言語でお届けします。",
    mailed: "リンクをお送りしました。1時間有効です。",
    lately: "少し前にリンクをお送りしています。迷惑メールフォルダーも含めてメールをご確認ください。",
    nothing: "変更はありません。現在の状況は次のとおりです。",
    rejoin: "もう一度登録するには、次のアドレスに空メールを送ってください。",
  },

  ownMail: {
    edit: {
      subject: (list) => `「${list}」登録内容の変更用リンク`,
      text: ({ list, url, until }) =>
        `次のページで、「${list}」に登録されているお名前とアドレスの確認・変更ができます。${until}まで開けます。\n\n${url}\n\nお心当たりのない場合は、何もしなくてかまいません。このメールはほかの方に転送しないでください。\n`,
    },
  },
};
