/** What people read, in Japanese: the pages behind links in mail, which need no account. */
import type { pages as english } from "../en/pages.ts";

export const pages: typeof english = {
  leave: {
    title: "登録解除",
    question: (list) => `「${list}」の登録を解除しますか?`,
    text: (address) => `${address} には、このリストのメールが届かなくなります。`,
    button: "登録を解除する",
    doneTitle: "登録を解除しました",
    done: (address, list) => `${address} には、今後「${list}」のメールは届きません。`,
    alreadyTitle: "登録はすでに解除されています",
    contact: (address) => `お間違えの場合は、${address} までご連絡ください。`,
    sampleTitle: "これは見本のリンクです",
    sample:
      "プレビューやテスト送信のメールにあるリンクは開けません。実際に送信するメールには、1人ずつ専用のリンクが付きます。",
    unknownTitle: "いちばん新しいメールのリンクをお使いください",
    unknown:
      "このリンクは確認できませんでした。メールに書かれたアドレス全体をコピーするか、リストの管理者にご連絡ください。",
  },
};
