/** What people read, in Japanese: members who were stopped since their mail kept coming back. */
import type { stoppedMembers as english } from "../en/stopped-members.ts";

export const stoppedMembers: typeof english = {
  tooManyFailed: {
    subject: ({ list, failed }) => `「${list}」の${failed}名宛てのメールが一度に拒否されました`,
    text: ({ list, failed, members, words, page }) =>
      [
        `1日のうちに、「${list}」の配信先${members}名のうち${failed}名で「宛先がありません」と拒否されました。一度にこれほど多いのは、宛先の方ではなく、中継サーバー(リレー)などの不具合と考えられます。そのため不達として数えず、どなたへの配信も止めていません。`,
        "",
        "相手サーバーの応答:",
        words,
        "",
        "サーバーの管理者に、中継サーバーの確認を依頼してください。本当に使われていないアドレスであれば、登録を削除してください。送信の結果はこちらで確認できます。",
        page,
        "",
      ].join("\n"),
  },
  stoppedMembers: {
    subject: ({ list, count }) => `「${list}」の登録メンバー${count}名にメールが届きません`,
    text: ({ list, count, members, page }) =>
      [
        `次のアドレスは使われていないようです。3日にわたって不達(エラー返送)になったため、「${list}」からの配信を止めました。`,
        "",
        ...members.map(
          ({ address, name, words }) => `${name === "" ? address : `${name} <${address}>`}\n    ${words}\n`,
        ),
        ...(count > members.length ? [`ほか${count - members.length}名`, ""] : []),
        "ご本人に新しいアドレスを確認し、アドレスを直して配信を再開するか、登録を削除してください。",
        page,
        "",
      ].join("\n"),
    since: (time) => `${time}から配信を止めています(不達が続いたため)。`,
    whatToDo: "ご本人に新しいアドレスを確認し、ここで直して保存したうえで、配信を再開してください。",
    said: "相手サーバーの応答",
  },
};
