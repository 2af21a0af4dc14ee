/** What people read, in Japanese: what the server writes into mail. */
import type { mails as english } from "../en/mails.ts";

export const mails: typeof english = {
  footer: {
    leave: "登録解除はこちら:",
    own: "配信の一時停止・登録内容の変更はこちら:",
    sentBy: (title) => `このメールは「${title}」の登録メンバーにお送りしています。`,
  },

  notices: {
    refusedLists: {
      subject: "一部のリストでは受け付けられませんでした",
      text: ({ subject, lists }) =>
        `「${subject}」は、次のリストでは受け付けられませんでした。\n\n${lists.join("\n")}\n\nこのリストへの配信権限がないか、リストが受け付けない種類のメールです。ほかのリストでは受け付けました。\n`,
    },
  },
};
