/** What people read, in Japanese: sends that are reserved for later, once or again and again. */
import type { schedules as english } from "../en/schedules.ts";

const number = new Intl.NumberFormat("ja");
const weekdays: readonly string[] = ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"];
const short: readonly string[] = ["日", "月", "火", "水", "木", "金", "土"];

function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), "日"],
    [Math.floor(seconds / 3600) % 24, "時間"],
    [Math.floor(seconds / 60) % 60, "分"],
    [seconds % 60, "秒"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join("");
}

export const schedules: typeof english = {
  schedules: {
    title: "送信予約",
    nav: "予約",
    about: "作成済みのメールを、決めた日時に自動で送信します。",
    none: "送信予約はありません",
    noneText: "メールを新規作成し、「今すぐ送信」の代わりに「日時を指定して送信」を選ぶと予約できます。",
    next: "次の送信予定",
    all: "すべての送信予約",
    cut: (count) => `直近の${number.format(count)}件を表示しています。`,
    needs: "止まっている予約",
    ended: "終了した予約",
    noSubject: "(件名なし)",
    state: {
      active: "予約中",
      paused: "一時停止中",
      failed: "送信できず停止",
      done: "終了",
      cancelled: "取り消し済み",
    },
    remaining: (count) => (count === 1 ? "次で最後" : `残り${number.format(count)}回`),
    endless: "終わりなし",

    when: "いつ送信しますか",
    kinds: { once: "1回だけ", period: "期間の中で数回", calendar: "カレンダーで繰り返し" },
    kindHints: {
      once: "日時を1つ指定します。",
      period: "開始から終了まで等間隔に送信します(両端を含みます)。",
      calendar: "毎週火曜日、毎月25日、月末の平日など。",
    },
    date: "日付",
    time: "時刻",
    from: "開始日",
    to: "終了日",
    fromTime: "開始時刻",
    toTime: "終了時刻",
    periodTime: "8:00 のように。秒まで指定するときは 8:00:30、その日の終わりは 24:00。",
    times: "回数",
    timesHint: "12:00から24:00まで13回なら1時間おき。1回なら開始時刻に送信します。",
    repeat: "繰り返し方",
    repeats: {
      weekly: "毎週(曜日を選ぶ)",
      weekdays: "毎平日(月〜金)",
      monthly: "毎月(日を決める)",
      lastDay: "毎月の末日",
      lastWeekday: "毎月の最後の平日(月〜金)",
      ordinal: "毎月の第2火曜日など",
    },
    days: "曜日",
    weekdays,
    shortWeekdays: short,
    holidays: "祝日も送信します。送らない回は、あとから1回ずつ飛ばせます。",
    monthDay: "日",
    monthDayHint: "31日とすると、短い月は末日に送信します。",
    nth: "第何週",
    nths: { "1": "第1", "2": "第2", "3": "第3", "4": "第4", "-1": "最後の" },
    nthDay: "曜日",
    start: "開始日",
    startHint: "この日以降の当てはまる日から送信します。",
    end: "終わり",
    ends: { never: "決めない", until: "日付で決める", times: "回数で決める" },
    untilDate: "最終日",
    endTimes: "回数",
    more: "秒・タイムゾーン",
    seconds: "秒",
    zone: "タイムゾーン",
    zoneHint: "日時は、この地域の時計で数えます。",

    faults: {
      "no-list": () => "宛先のメーリングリストがなくなっています。",
      "no-sender": () => "送信者が選ばれていません。",
      "not-a-sender": (lists) => `送信者が${lists === "" ? "リスト" : `「${lists}」`}の送信者ではなくなっています。`,
      "too-large": () => "添付ファイルを含めた大きさが、このサーバーの上限を超えています。",
      trouble: () => "メールを作成できませんでした。原因はサーバーのログにあります。",
      restored: () => "サーバーをバックアップから復元した時刻に当たりました。復元前に送信済みの可能性があります。",
    },
    dateWrong: "存在しない日付です。2026-12-24 のように入力してください。",
    timeWrong: "8:00 のように時刻を入力してください。",
    past: "過ぎた日時です。これからの日時を指定してください。",
    sendNow: "今すぐ送信する場合はこちら",
    tooFar: "10年以内の日付を指定してください。",
    timesWrong: (most) => `1から${number.format(most)}までの数を入力してください。`,
    endBefore: "終了が開始より前になっています。",
    tooClose: (most) =>
      most > 1
        ? `1分以上の間隔が必要です。この期間では${number.format(most)}回までにしてください。`
        : "1分以上の間隔が必要です。期間を長くするか、1回にしてください。",
    daysMissing: "曜日を1つ以上選んでください。",
    monthDayWrong: "1から31までの日を入力してください。",
    secondsWrong: "0から59までの秒を入力してください。",
    noneThere: "終わりまでに当てはまる日がありません。",
    pollCloses: (time) => `送信前の${time}にアンケートの回答期限が来ます。期限を延ばすか、送信を早めてください。`,

    saveInto: "日時の確認へ進む",
    atATime: "日時を指定して送信",
    reserveTitle: "日時を指定して送信",
    subject: "件名",
    text: "本文",
    sender: "送信者",
    goesTo: "宛先",
    reach: (count) => `現在 ${number.format(count)}人`,
    reachSoFar: (count) => `現在 ${number.format(count)}人以上`,
    otherLists: (count: number): string => `ほか${number.format(count)}件のリスト`,
    toWhom: (lists, reach) => `宛先: ${lists}(${reach})`,
    reachNote: "宛先は、送信する時点の登録内容で決まります。",
    look: "日時を確認する",
    lookAgain: "日時を確認し直す",
    reserve: "この内容で予約する",
    saveTimes: "この日時で保存する",
    saveContent: "変更を保存する",
    firstFive: "次の日時に送信します",
    onlyTime: "次の日時に送信します",
    moreTimes: (count, last) => `ほか${number.format(count)}回(最後は${last})`,
    andSoOn: "以降も同じように続きます(終わりなし)",
    gap: "この日は時計の変更があるため",
    lookChanged: "日時が変わりました。確認のうえ、もう一度押してください。",
    reserved: (time) => `予約しました。${time}に送信します。`,
    draftChanged: "メールの内容が別の画面で変更されました。もう一度確認してください。",
    backToMail: "メールの編集に戻る",

    changeTime: "日時を変更する",
    changeContent: "メールの内容を変更する",
    changing: "予約済みのメールを変更しています。最後に「変更を保存する」を押すまで、予約は元の内容のままです。",
    changeOf: "予約済みメールの変更",
    previewChange: "確認して次へ",
    timeSaved: (time) => `保存しました。次は${time}に送信します。`,
    contentSaved: "保存しました。次の送信から変更後の内容になります。",
    conflict: (now, state) =>
      `ほかの人がこの予約を変更しました。現在の内容: ${now}(${state})。入力した内容は残っています。保存すると、その人の変更を上書きします。`,
    goesOn: "この日時で保存すると、配信を再開します。",
    pause: "一時停止する",
    paused: "一時停止しました。再開するまで送信しません。",
    resume: "再開する",
    resumed: (time) => `再開しました。次は${time}に送信します。`,
    tryAgain: "次の回から再開する",
    noneLeft: "予定の日時がすべて過ぎています。新しい日時を指定してください。",
    skip: (time) => `${time}の回を飛ばす`,
    skipped: (time) => `${time}の回は送信しません。`,
    unskipped: "飛ばした回を元に戻しました。",
    stop: "繰り返しを終了する",
    stopQuestion: "繰り返しを終了しますか。以後は送信しません。送信済みの分は履歴に残ります。",
    cancel: "予約を取り消す",
    cancelQuestion: "この予約を取り消しますか。メールは送信されません。",
    cancelYes: "はい、取り消します",
    stopYes: "はい、終了します",
    keep: "いいえ、そのままにします",
    cancelled: "取り消しました。今後は送信しません。",
    restore: "予約を元に戻す",
    restored: (time) => `予約を元に戻しました。次は${time}に送信します。`,
    tooLate: "間に合いませんでした。状況が変わっています。",
    by: (who) => `${who}さんが予約`,
    whenNext: "次の送信",
    whenPaused: "一時停止中のため送信しません。",
    ifResumed: (time, left) => `いま再開すると、次は${time}に送信します${left === undefined ? "" : `(${left})`}。`,
    whenFailed: "送信できませんでした。原因を直すまで止まっています。",
    whenDone: "すべての回が終わりました。",
    whenCancelled: "この予約は取り消されました。",
    failedHint: "原因を直す(またはメールの内容を変更する)と、再開するか新しい日時を指定できます。",
    after: "その後",
    soFar: "これまでの送信",
    noPast: "まだ送信していません。",
    outcome: {
      sent: "送信",
      missed: "サーバー停止のため送信せず(後の回を送信)",
      skipped: "飛ばした回",
      failed: "送信できず",
      restored: "送信せず(バックアップからの復元のため。復元前に送信済みの可能性があります)",
    },
    lateShort: (at) => `サーバー停止のため${at}に送信`,
    plan: "予定",
    late: (due, at) => `${due}の予約を、サーバー停止のため${at}に送信しました`,
    ofPost: (due) => `${due}の予約分`,
    toSchedule: "予約の内容",

    rule: {
      period: ({ from, to, count, apart }) =>
        count === 1 ? `1回、${from}` : `${from}から${to}まで${number.format(count)}回、${span(apart)}おき`,
      weekly: (days) =>
        days.length === 7
          ? "毎日"
          : days.length === 1
            ? `毎週${weekdays[days[0] ?? 0] ?? ""}`
            : `毎週 ${days.map((day) => short[day]).join("・")}曜日`,
      weekdays: "毎平日(月〜金)",
      monthly: (day) => `毎月${day}日`,
      lastDay: "毎月末日",
      lastWeekday: "毎月最後の平日",
      ordinal: (which, day) => `毎月${which < 0 ? "最後の" : `第${which}`}${weekdays[day] ?? ""}`,
      at: (days, time) => `${days}の${time}`,
      until: (rule, date) => `${rule}、${date}まで`,
      times: (rule, count) => `${rule}、${number.format(count)}回`,
    },

    failedMail: {
      subject: ({ subject }) => `予約したメールを送信できませんでした: ${subject}`,
      text: ({ subject, at, why, page }) =>
        `${at}に予約した「${subject}」を送信できませんでした。\n\n${why}\n\n原因を直すまで、この予約は送信されません。次のページをご覧ください。\n\n${page}\n`,
    },
  },
};
