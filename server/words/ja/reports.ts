/** What people read, in Japanese: reports by mail of how posts went. */
import type { reports as english } from "../en/reports.ts";

export const reports: typeof english = {
  report: {
    confirmed: "確認日時",
    familyConfirmed: "世帯の確認日時",
    answered: "回答日時",
    yes: "回答済み",
    columns: {
      number: "番号",
      at: "送信日時",
      subject: "件名",
      name: "送信者",
      address: "送信者のアドレス",
      state: "状態",
    },

    subject: ({ subject, all, sent, astray }) =>
      `送信結果 ${all}人中${sent}人に送信${astray > 0 ? `(失敗・不達${astray}人)` : ""}: ${subject}`,
    text: (facts) =>
      [
        `「${facts.list}」の${facts.number}番「${facts.subject}」(${facts.author}、${facts.at})の送信結果です。`,
        "",
        ...facts.states,
        ...facts.responses,
        ...(facts.open > 0 ? ["", `${facts.open}人分は、時間をおいて再送します。`] : []),
        ...(facts.named.length > 0
          ? [
              "",
              facts.astray > facts.named.length
                ? `届かなかった${facts.astray}人のうち${facts.named.length}人:`
                : "届かなかった人:",
              ...facts.named,
            ]
          : []),
        "",
        `エラー返送の最終確認: ${facts.checkedAt}`,
        ...(facts.watchedUntil === undefined
          ? []
          : [`${facts.watchedUntil}まで確認を続け、返送があれば改めてお知らせします。`]),
        "「送信済み」は相手のメールサーバーが受け取ったことを表し、本人に届いた証明ではありません。",
        ...(facts.isFileWhole === undefined
          ? []
          : [
              "",
              facts.isFileWhole
                ? "宛先全員の一覧は添付のファイルをご覧ください。"
                : "添付のファイルは先頭の20,000人分です。全員分は次のページにあります。",
              facts.page,
            ]),
        "",
      ].join("\n"),

    noneSubject: (list) => `該当する配信がありません: 「${list}」`,
    noPost: (number) => `このリストに${number}番の配信はありません。\n`,

    period: (since, until) => `${since}から${until}まで`,
    periodSubject: (list, period) => `「${list}」の送信履歴 ${period}`,
    periodText: ({ list, period, count, lines, isMore, page }) =>
      `「${list}」の${period}の送信は${count === 0 ? "ありません" : `${count}件です`}。\n\n${lines.join("\n")}${lines.length > 0 ? "\n\n" : ""}${
        isMore ? "件数が多いため、新しいものだけを載せています。" : ""
      }${count > 0 ? "すべての一覧は添付のファイルをご覧ください。1件の詳しい結果は「レポート 番号」で届きます。\n\n" : ""}${page}\n`,
    line: ({ number, subject, at, state, all, sent, astray, responses }) =>
      `${number}番  ${at}  ${subject}\n    ${all === 0 ? state : `${all}人中${sent}人に送信`}${astray > 0 ? `、失敗・不達${astray}人` : ""}${responses.map((each) => `、${each}`).join("")}`,

    newsSubject: ({ list, count }) => `「${list}」の送信履歴に${count}件の記録が加わりました`,
    newsText: ({ list, lines, page }) =>
      `「${list}」の送信履歴に、次の記録が加わりました。\n\n${lines.join("\n")}\n\n${page}\n`,
    newsLine: ({ number, subject, author, at }) => `${number}番  ${at}  ${subject}(${author})`,
  },
};
