/** What people read, in Japanese: answers to commands by mail. */
import type { commandMail as english } from "../en/commands.ts";

type Help = Parameters<(typeof english)["commandMail"]["help"]["member"]>[0];

const commands = ({ list, request, leave }: Help): string =>
  `次の言葉のどれか1つを、件名か本文の1行目に書いて ${request} へお送りください。

使い方            このメールをお送りします
一時停止          「${list}」の配信を、再開するまで止めます
再開              配信を再開します
アドレス変更 新しいアドレス
                  届け先を変えます(新しいアドレスに確認のメールをお送りします)
登録解除          リストの登録を解除します(${leave} への空メールでも解除できます)

「停止」だけでは、一時停止か登録解除かを判断できません。どちらかをお書きください。
`;

const people = ({ owner }: Help): string => `\nリストの管理者: ${owner}\n`;

export const commandMail: typeof english = {
  commandMail: {
    helpSubject: (list) => `「${list}」の使い方`,
    help: {
      member: (said) => `${commands(said)}${people(said)}`,
      sender: (said) =>
        `「${said.list}」に一斉配信するには、${said.address} へメールをお送りください。送信結果は、「レポート 番号」または「レポート 2026-12-01 12:00..24:00」のように ${said.request} へお送りいただくと、メールで届きます。\n\n${commands(said)}${people(said)}`,
      stranger: (said) =>
        said.isClosed
          ? `「${said.list}」は、管理者がメンバーを登録するメーリングリストです。ご登録をご希望の場合は、管理者にご連絡ください。\n${said.owner}\n`
          : `「${said.list}」はメーリングリストです。ご登録は、次のアドレスに空メールをお送りください。\n${said.join}\n\n届いたメールにご返信いただくと登録が完了します。登録解除や一時停止などの変更は、登録メンバーご本人だけが行えます。\n${people(said)}`,
    },
    stateSubject: (list, state) => `「${list}」の配信状況: ${state}`,
    stateText: ({ state, url }) =>
      `${state}\n\n変更するには、このメールに「一時停止」または「再開」と書いて返信するか、ご自身のページをお使いください。\n\n${url}\n`,
    addressSubject: (list) => `「${list}」に登録されているアドレスについて`,
    addressMissing: (request) =>
      `「アドレス変更 name@example.org」のように、新しいアドレスを同じ行に書いて ${request} へお送りください。変更は行われませんでした。`,
    addressMailed: ({ address, owner }) =>
      `${address} に確認メールをお送りしました。そのメールにご返信いただくと、届け先が変わります。\n\nお心当たりのない場合は、すぐにリストの管理者にご連絡ください。\n${owner}`,
  },
};
