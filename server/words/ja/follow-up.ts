/** What people read, in Japanese: reminders to who has not read or answered. */
import type { followUp as english } from "../en/follow-up.ts";

export const followUp: typeof english = {
  followUpMail: {
    subject: ({ subject, count }) => `未確認・未回答 ${count}人: ${subject}`,
    text: ({ subject, list, count, names, more, page }) =>
      `「${list}」の「${subject}」は、再通知をすべて終えましたが、次の${count}人からまだ確認・回答がありません。\n\n${names.join("\n")}\n${more > 0 ? `ほか${more}人\n` : ""}\n全員の氏名と登録項目は、添付のファイルをご覧ください。現在の状況は次のページにあります。\n\n${page}\n`,
    columns: { name: "氏名", address: "メールアドレス" },
  },
};
