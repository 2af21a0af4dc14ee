/** What people read, in Japanese: members' files in and out. */
import type { ImportState, RowFate } from "../../lists/member-import.ts";

const number = new Intl.NumberFormat("ja");

export const imports = {
  imports: {
    title: "CSV読み込み",
    intro: "クラス名簿など、各行にメールアドレスのある表を選んでください。変更内容を確認してから登録します。",
    file: "ファイル",
    fileHint: (megabytes: number): string =>
      `CSVまたはExcel(.xlsx、先頭のシート)、${megabytes}MBまで。Shift_JIS、表題の行、日本語の見出し、全角のアドレスもそのままで大丈夫です。`,
    paste: "またはExcelのセルを貼り付ける",
    pasteLabel: "セル",
    pasteHint: "Excelで見出しを含めてセルを選び、コピーしてここに貼り付けてください。",
    welcome: "新しいメンバーに登録完了メールを送る",
    button: "内容を確認する",
    nothingChosen: "ファイルを選ぶか、セルを貼り付けてください。",
    tooLarge: (megabytes: number): string =>
      `${megabytes}MB以下のファイルを選んでください。CSVで保存するか、分けてください。`,
    brokeOff: "もう一度お試しください。ファイルが最後まで届きませんでした。",
    recent: "最近の読み込み",
    pasted: "貼り付けたセル",
    byCommand: "コマンド",
    states: {
      arriving: "受信中",
      reading: "読み取り中",
      faulty: "読み取れません",
      ready: "確認待ち",
      applying: "登録中",
      applied: "完了",
      undoing: "取り消し中",
      undone: "取り消し済み",
      discarded: "破棄",
    } satisfies Record<ImportState, string>,

    readingTitle: "ファイルを読み取っています",
    applyingTitle: "登録しています",
    undoingTitle: "読み込みを取り消しています",
    rowsRead: (rows: number): string => `${number.format(rows)}行を読み取りました`,
    membersOf: (done: number, all: number): string => `${number.format(all)}人中${number.format(done)}人`,
    goesOn: "このページを閉じても処理は続きます。",

    faultyTitle: "このファイルは読み込めません",
    faultyAgain: "別のファイルを選ぶ",
    fileFaults: {
      empty: "別のファイルを選んでください。中身がありません。",
      encoding: "「CSV UTF-8」で保存し直して、もう一度選んでください。文字を読み取れません。",
      "no-address-column": "メールアドレスの列を下で選んでください。見つかりませんでした。",
      "column-twice": (title: string): string =>
        `列の見出しが重ならないようにしてください。「${title}」が2つあります。`,
      "open-quote": (line: number): string =>
        `${number.format(line)}行目を確認してください。引用符(")が閉じられていません。`,
      "unreadable-line": (line: number): string =>
        `${number.format(line)}行目を確認してください。読み取れないか、長すぎます。`,
      "old-workbook":
        "Excelで、パスワードがあれば外し、「Excelブック(.xlsx)」または「CSV UTF-8」で保存し直してください。",
      "broken-workbook": "Excelで開いて「CSV UTF-8」で保存し直してください。Excelファイルとして読み取れません。",
      "many-columns": (most: number): string =>
        `メンバーに関係のない列を削除してください。列が${number.format(most)}を超えています。`,
      large: (mostMegabytes: number): string =>
        `「CSV UTF-8」で保存して選んでください。Excelファイルとしては${mostMegabytes}MBを超えています。`,
      unreadable: "保存し直して、もう一度選んでください。読み取れません。",
    },

    previewTitle: "変更内容の確認",
    nothingYet: "まだ何も変更されていません。",
    summary: (added: number, changed: number, leaving: number): string =>
      added + changed + leaving === 0
        ? "変更はありません。リストはすでに同じ内容です。"
        : `${[
            added > 0 ? `${number.format(added)}人を追加` : "",
            changed > 0 ? `${number.format(changed)}人を変更` : "",
            leaving > 0 ? `${number.format(leaving)}人を削除` : "",
          ]
            .filter((part) => part !== "")
            .join("、")}します。`,
    apply: "登録する",
    discard: "やめる",
    discarded: "ファイルを破棄しました。何も変更されていません。",
    skipFaults: (faults: number): string => `読み込めない${number.format(faults)}行を除いて登録する`,
    skipFaultsMissing: "ファイルを直すか、「読み込めない行を除いて登録する」にチェックを入れてください。",
    noMembers: "別のファイルを選んでください。読み込める行がありません。",
    busy: "少し待ってからもう一度押してください。このリストには別の読み込みが進行中です。",
    outdated: "変更内容をもう一度確認してから押してください。その間に別の読み込みがリストを変更しました。",
    tooLate: "この読み込みはすでに進行中か、終わっています。",
    undoOfferedDays: "読み込みは7日間取り消せます。",

    show: "表示",
    fates: {
      added: "追加",
      changed: "変更",
      unchanged: "変更なし",
      stays: "登録解除のまま",
      repeated: "重複",
      fault: "読み込めない行",
    } satisfies Record<RowFate, string>,
    leaving: "削除",
    mended: "修正",
    about: {
      added: "新しく登録される人と、再び登録される人です。",
      changed: "すでに登録されていて、ファイルの内容が異なる人です。",
      unchanged: "すでにファイルと同じ内容で登録されています。",
      stays: "本人が登録解除しました。チェックを入れない限り、登録解除のままです。",
      repeated: "同じアドレスが後の行にもあります。1つのアドレスに届くメールは1通なので、最後の行だけを登録します。",
      fault: "次の行は読み込めません。",
      mended: "ファイルのアドレスと、修正後のアドレスです。",
      leaving: "リストにいて、ファイルにいない人です。",
      kept: "読み込みの後に変更されたため、そのままにしました。",
    },
    line: "行",
    asTyped: "元の表記",
    asTaken: "修正後",
    wrong: "理由",
    details: "内容",
    bringBack: "チェックした人を再び登録する",
    broughtBack: (many: number): string => `${number.format(many)}人を再び登録する対象に加えました。`,
    rowFaults: {
      cells: (has: number, wants: number): string =>
        `セルが${number.format(has)}個あります(見出しの行は${number.format(wants)}個)`,
      "no-address": "アドレスがありません",
      address: (text: string): string => `「${text}」はメールアドレスではありません`,
      addresses: "1行に1つずつに分けてください。アドレスが2つ以上書かれています",
      "name-break": "氏名に改行があります",
      "name-long": (most: number): string => `氏名が${number.format(most)}文字を超えています`,
      status: (text: string): string =>
        `「${text}」という状態はありません。配信中、一時停止、登録解除のいずれかにしてください`,
    },

    columnsAndMissing: "列の割り当てと、ファイルにいない人の扱い",
    columnsHint: "それぞれの列が何かを選びます。ファイルの先頭の行を並べています。",
    column: (place: number): string => `${place}列目`,
    uses: {
      address: "メールアドレス",
      name: "氏名",
      status: "状態",
      attribute: "登録項目",
      nothing: "使わない",
    },
    attributeName: "項目名",
    above: (lines: number): string => `見出しより上の${number.format(lines)}行は読み飛ばします。`,
    titled: "先頭の行は見出しである",
    replaces: "このファイルを名簿の全体とし、ファイルにいない人を削除する",
    again: "この割り当てで読み直す",
    addressOnce: "メールアドレスの列をひとつだけ選んでください。",
    usedOnce: "氏名、状態、同じ登録項目は、それぞれひとつの列だけにしてください。",
    attributeNameless: "登録項目に名前を付けてください。",

    doneTitle: "読み込みが終わりました",
    doneText: (added: number, changed: number, left: number): string =>
      `追加${number.format(added)}人、変更${number.format(changed)}人、削除${number.format(left)}人。`,
    leftOut: (faults: number): string => `${number.format(faults)}行は読み込んでいません。`,
    toMembers: "メンバーを見る",
    undo: "この読み込みを取り消す",
    undoQuestion: "取り消しますか。その後に変更された人を除いて、全員を読み込み前の状態に戻します。",
    undoConfirm: "はい、取り消します",
    undoUntil: (moment: string): string => `${moment}まで取り消せます。`,
    undoLate: "取り消せる期間を過ぎました。",
    undoneTitle: "読み込みを取り消しました",
    undoneText: (restored: number, kept: number): string =>
      `${number.format(restored)}人を元に戻しました。${kept === 0 ? "" : `その後に変更された${number.format(kept)}人はそのままです。`}`,
    keptTitle: "そのままにした人",
    exportName: "登録メンバー",
  },
};
