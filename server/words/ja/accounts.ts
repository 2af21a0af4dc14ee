/** What people read, in Japanese: accounts, administrators, invitations, and signing in again. */
import type { accounts as english } from "../en/accounts.ts";

export const accounts: typeof english = {
  keptForm: {
    typed: "入力内容をご確認のうえ、もう一度ボタンを押してください。ログインが切れていたため、まだ保存していません。",
    button: "もう一度ボタンを押してください。ログインが切れていたため、まだ何も変更していません。",
    signIn: "ログインが切れました。ログインすると、入力した内容に戻ります。",
  },
};
