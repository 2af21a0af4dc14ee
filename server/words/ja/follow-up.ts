/** What people read, in Japanese: reminders to who has not read or answered. */
import type { followUp as english } from "../en/follow-up.ts";

const silentOnes = { unread: "未確認", unanswered: "未回答", either: "未確認・未回答" } as const;
const lacking = { unread: "確認", unanswered: "回答", either: "確認・回答" } as const;

const minute = 60_000;

function span(ms: number): string {
  if (ms % (1440 * minute) === 0) return `${ms / (1440 * minute)}日`;
  return ms % (60 * minute) === 0 ? `${ms / (60 * minute)}時間` : `${ms / minute}分`;
}

export const followUp: typeof english = {
  followUp: {
    title: "再通知",
    open: { unread: "未確認者への再通知", unanswered: "未回答者への再通知", either: "未確認・未回答者への再通知" },
    change: "変更する",
    about: "再通知は、まだ確認・回答のないメンバーだけに送ります。全員の確認・回答がそろうと、自動で終わります。",
    nowTooSoon: "1分以内に再通知を送ったばかりのため、送信しませんでした。",
    times: "回数",
    timesChoices: (count) => (count === 0 ? "再通知しない" : `${count}回`),
    every: "間隔",
    pace: span,
    everyHint: "1回目は、送信からこの時間がたったときに送ります。",
    quiet: "夜間は送らない",
    quietHint: "この時間帯に当たる再通知は、時間帯が終わるまで待ちます。",
    quietFrom: "開始時刻",
    quietTo: "終了時刻",
    until: "これ以降は送らない",
    untilHint: "空欄なら期限はありません。アンケートだけの配信では、回答期限を過ぎると再通知しません。",
    closedNow: "アンケートは締め切られているため、再通知は送りませんでした。",
    closed: "アンケートは締め切られたか、最初の再通知より前に締め切られます。先に回答期限を変更してください。",
    untilWrong: "この日時は読み取れません。2026-12-24T18:00 のように入力してください。",
    untilPast: "過ぎた日時です。これからの日時を入力してください。",
    second: "続けて、追加のアドレスがある人にはそちらへも送る(複数あるときは最初に追加したもの)",
    tell: "最後に、未確認・未回答の人の名前を送信者にメールで知らせる",
    nothing: "再通知の回数か、その後の手順を1つ以上選んでください。",
    clockWrong: "21:00 のように時刻を入力してください。",
    start: "再通知を設定する",
    now: "今すぐ再通知する",
    nowHint: "未確認・未回答の全員に、1回だけすぐに送ります。",
    nowDone: "再通知を送信しています。",
    nobodySilent: "未確認・未回答の人はいません。再通知は送りませんでした。",
    stop: "再通知を停止する",
    stopped: "再通知を停止しました。",
    started: "再通知を設定しました。",
    notAsking: "この配信は確認も回答も求めていないため、再通知の相手がいません。",
    past: "これまでの再通知",
    reminded: (count) => `${count}人に送信`,
    next: {
      remind: (time, turn, of) => `次の再通知(${of}回中${turn}回目): ${time}`,
      second: (time) => `次は追加のアドレスへ: ${time}`,
      tell: (time) => `次は送信者へ名前のお知らせ: ${time}`,
    },
    ended: {
      everybody: (time) => `${time}に終了しました(全員が確認・回答済みです)。`,
      done: (time) => `${time}に終了しました(すべての手順が済みました)。`,
      stopped: (time) => `${time}に停止しました。`,
    },
    plan: {
      times: (count, pace) => (count === 1 ? `${pace}後に1回再通知` : `${pace}おきに${count}回まで再通知`),
      second: "続けて、追加のアドレスへ1回",
      tell: "最後に、未確認・未回答の人の名前を送信者へメール",
      quiet: (from, to) => `${from}〜${to}は送らない`,
      until: (time) => `${time}以降は送らない`,
    },
  },

  followUpMail: {
    subject: ({ subject, count, of }) => `${silentOnes[of]} ${count}人: ${subject}`,
    text: ({ subject, list, count, of, names, more, page }) =>
      `「${list}」の「${subject}」は、再通知をすべて終えましたが、次の${count}人からまだ${lacking[of]}がありません。\n\n${names.join("\n")}\n${more > 0 ? `ほか${more}人\n` : ""}\n全員の氏名と登録項目は、添付のファイルをご覧ください。現在の状況は次のページにあります。\n\n${page}\n`,
    columns: { name: "氏名", address: "メールアドレス" },
  },
};
