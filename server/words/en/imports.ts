/** What people read, in English: members' files in and out. */
import type { ImportState, RowFate } from "../../lists/member-import.ts";

const number = new Intl.NumberFormat("en");
const count = (many: number, one: string, more: string): string => `${number.format(many)} ${many === 1 ? one : more}`;

export const imports = {
  imports: {
    title: "Import members",
    intro:
      "Choose a class list or any table with an e-mail address in each line. You see what will change before it does.",
    file: "File",
    fileHint: (megabytes: number): string =>
      `CSV or Excel (.xlsx, its first sheet), up to ${megabytes} MB. A title above the table, Shift_JIS, Japanese headings and full-width addresses are fine.`,
    paste: "Or paste cells from Excel",
    pasteLabel: "Cells",
    pasteHint: "Mark the cells in Excel, headings included, copy them and paste them here.",
    welcome: "Send each new member a welcome mail",
    button: "Look at it",
    nothingChosen: "Choose a file, or paste some cells.",
    tooLarge: (megabytes: number): string =>
      `Choose a smaller file: at most ${megabytes} MB. Save it as CSV, or in parts.`,
    brokeOff: "Try again: the file did not arrive whole.",
    recent: "Imports of the last days",
    pasted: "Pasted cells",
    byCommand: "command line",
    states: {
      arriving: "Arriving",
      reading: "Being read",
      faulty: "Cannot be read",
      ready: "Waiting for your yes",
      applying: "Under way",
      applied: "Done",
      undoing: "Being undone",
      undone: "Undone",
      discarded: "Thrown away",
    } satisfies Record<ImportState, string>,

    readingTitle: "Reading the file",
    applyingTitle: "Importing",
    undoingTitle: "Undoing the import",
    rowsRead: (rows: number): string => `${count(rows, "line", "lines")} read`,
    membersOf: (done: number, all: number): string => `${number.format(done)} of ${number.format(all)} members`,
    goesOn: "You can close this page: the work goes on.",

    faultyTitle: "This file cannot be taken",
    faultyAgain: "Choose another file",
    fileFaults: {
      empty: "Choose another file: there is nothing in this one.",
      encoding: "Save the file anew as “CSV UTF-8” and choose it again: its characters cannot be read.",
      "no-address-column": "Say below which column holds the e-mail addresses: none looks like it.",
      "column-twice": (title: string): string => `Name each column once: two of them are “${title}”.`,
      "open-quote": (line: number): string =>
        `Look at line ${number.format(line)}: a quotation mark opens there and never closes.`,
      "unreadable-line": (line: number): string =>
        `Look at line ${number.format(line)}: it cannot be read, or is far too long.`,
      "old-workbook":
        "In Excel, take away the password if there is one, and save the file as “Excel workbook (.xlsx)” or “CSV UTF-8”.",
      "broken-workbook": "Open the file in Excel and save it as “CSV UTF-8”: it cannot be read as an Excel file.",
      "many-columns": (most: number): string =>
        `Take away columns that are not about members: there are more than ${number.format(most)}.`,
      large: (mostMegabytes: number): string =>
        `Save the file as “CSV UTF-8” and choose that: as an Excel file it is larger than ${mostMegabytes} MB.`,
      unreadable: "Save the file anew and choose it again: it cannot be read.",
    },

    previewTitle: "Check what will change",
    nothingYet: "Nothing has changed yet.",
    summary: (added: number, changed: number, leaving: number): string =>
      added + changed + leaving === 0
        ? "Nothing would change: the list says the same already."
        : `${[
            added > 0 ? `${number.format(added)} added` : "",
            changed > 0 ? `${number.format(changed)} changed` : "",
            leaving > 0 ? `${number.format(leaving)} leave` : "",
          ]
            .filter((part) => part !== "")
            .join(", ")}.`,
    apply: "Import",
    discard: "Throw away",
    discarded: "The file is thrown away. Nothing was changed.",
    skipFaults: (faults: number): string =>
      `Leave out the ${count(faults, "line that cannot", "lines that cannot")} be taken`,
    skipFaultsMissing: "Mend the file, or tick that the lines that cannot be taken are left out.",
    noMembers: "Choose another file: none of its lines can be taken.",
    busy: "Wait a moment and press again: another import is changing this list just now.",
    outdated: "Look at the changes again and press again: another import has changed the list meanwhile.",
    tooLate: "This import is under way or over already.",
    undoOfferedDays: "An import can be undone for 7 days.",

    show: "Show",
    fates: {
      added: "Added",
      changed: "Changed",
      unchanged: "As they are",
      stays: "Stay away",
      repeated: "Repeated",
      fault: "Cannot be taken",
    } satisfies Record<RowFate, string>,
    leaving: "Leave",
    mended: "Mended",
    about: {
      added: "New on the list, or back again.",
      changed: "On the list already; the file says something else of them.",
      unchanged: "On the list already, just as the file says.",
      stays: "They left by themselves, and stay away unless you tick them.",
      repeated: "The address comes again further down. One address gets one copy, so only its last line is taken.",
      fault: "These lines cannot be taken.",
      mended: "Addresses as they were typed, and as they are taken.",
      leaving: "On the list, but not in the file.",
      kept: "Somebody changed them after the import, so they were left alone.",
    },
    line: "Line",
    asTyped: "In the file",
    asTaken: "Taken as",
    wrong: "What is wrong",
    details: "Details",
    bringBack: "Bring back the ticked ones",
    broughtBack: (many: number): string => `${count(many, "member is", "members are")} brought back with the import.`,
    rowFaults: {
      cells: (has: number, wants: number): string =>
        `has ${count(has, "cell", "cells")} where the title line has ${number.format(wants)}`,
      "no-address": "has no address",
      address: (text: string): string => `“${text}” is no e-mail address`,
      addresses: "has several addresses: give each a line of its own",
      "name-break": "has a line break in the name",
      "name-long": (most: number): string => `has a name of over ${number.format(most)} characters`,
      status: (text: string): string => `“${text}” is no status; use active, paused or left`,
    },

    columnsAndMissing: "Columns, and members who are not in the file",
    columnsHint: "What each column holds. The first lines of the file stand beside it.",
    column: (place: number): string => `Column ${place}`,
    uses: {
      address: "E-mail address",
      name: "Name",
      status: "Status",
      attribute: "Attribute",
      nothing: "Leave out",
    },
    attributeName: "Called",
    above: (lines: number): string =>
      lines === 1
        ? "The line above the titles is left out."
        : `The ${number.format(lines)} lines above the titles are left out.`,
    titled: "The first line names the columns",
    replaces: "This file is the whole list: members who are not in it leave",
    again: "Read it again this way",
    addressOnce: "Choose exactly one column for the e-mail address.",
    usedOnce: "Choose each of name, status and every attribute for one column only.",
    attributeNameless: "Give each attribute a name.",

    doneTitle: "The import is done",
    doneText: (added: number, changed: number, left: number): string =>
      `${number.format(added)} added, ${number.format(changed)} changed, ${number.format(left)} left.`,
    leftOut: (faults: number): string => `${count(faults, "line was", "lines were")} left out.`,
    toMembers: "To the members",
    undo: "Undo this import",
    undoQuestion: "Undo? Everybody becomes as before, but for whoever was changed since.",
    undoConfirm: "Yes, undo",
    undoUntil: (moment: string): string => `It can be undone until ${moment}.`,
    undoLate: "It cannot be undone any more.",
    undoneTitle: "The import is undone",
    undoneText: (restored: number, kept: number): string =>
      kept === 0
        ? `${count(restored, "member is", "members are")} as before.`
        : `${count(restored, "member is", "members are")} as before. ${count(kept, "was", "were")} changed since and left alone.`,
    keptTitle: "Left alone",
    exportName: "members",
  },
};
