/** What people read, in Japanese: the page about backups. */
import type { backups as english } from "../en/backups.ts";

export const backups: typeof english = {
  backups: {
    title: "バックアップ",
    last: (when) => `最後のバックアップは ${when} です。`,
    never: "バックアップはまだ一度も作成されていません。",
    neverText: "今すぐ作成してください。ないままディスクが故障すると、すべてのデータが失われます。",
    old: "今すぐ作成してください。ディスクが故障すると、それ以降のデータは失われます。",
    make: "バックアップを作成する",
    makeText: "サーバー上の Kairan のフォルダーで実行します。稼働中のままで構いません。利用者への影響はありません。",
    nightly: "毎晩自動で作成する",
    nightlyText: "Kairan を動かしているユーザーの crontab に次の行を加えると、毎晩作成し、2週間分を残します。",
    what: "リスト、登録メンバー、配信したメール、1通ごとの配信状況、アカウントのすべてが入ります。別の場所に、メンバーのアドレスと同じように大切に保管してください。",
    beside: "config.json と、そこに書かれた鍵ファイルは入りません。一度コピーし、変更したときにもコピーしてください。",
    otherwise: "PostgreSQLのツールを使う場合",
    otherwiseText:
      "pg_dump などでもバックアップできますが、Kairan からは見えません。スクリプトの最後で次のコマンドを実行すると、バックアップ済みとして記録され、警告は表示されません。",
    restore: "バックアップから復元する",
    restoreText:
      "先に Kairan を止めてください。今のデータは別のファイルに残ります。バックアップ時に配信の途中だったメールは、二重に届かないよう中止になります。",
  },
};
