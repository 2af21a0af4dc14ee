/** What is wrong with a file of members, or with a line of it, in an operator's words, without a full stop. */
import type { FileFault, RowFault } from "../lists/member-import.ts";

/** Begins with the file's name. */
export function fileFaultText(file: string, fault: FileFault): string {
  switch (fault.kind) {
    case "empty":
      return `${file} is empty`;
    case "encoding":
      return `${file} is neither UTF-8 nor Shift_JIS; save it as CSV (UTF-8) and try again`;
    case "no-address-column":
      return `${file}, line 1: the first line must name the columns, and one of them must be address or メールアドレス`;
    case "column-twice":
      return `${file}, line 1: two columns are ${fault.column}: ${fault.titles.map((title) => `"${title}"`).join(" and ")}`;
    case "open-quote":
      return `${file}, line ${fault.line}: a quotation mark is opened here and never closed`;
    case "unreadable-line":
      return `${file}, line ${fault.line}: the line cannot be read, or is far too long`;
    case "old-workbook":
      return `${file} is an Excel file of the old kind (.xls), or has a password; save it as .xlsx or CSV (UTF-8) and try again`;
    case "broken-workbook":
      return `${file} cannot be read as an Excel file; save it as CSV (UTF-8) and try again`;
    case "many-columns":
      return `${file} has more than ${fault.most} columns`;
    case "large":
      return `${file} is larger than ${fault.mostMegabytes} MB; save it as CSV (UTF-8) and try again`;
    case "unreadable":
      return `${file} cannot be read`;
  }
}

/** Follows "line 7 ". */
export function rowFaultText(fault: RowFault): string {
  switch (fault.kind) {
    case "cells":
      return `has ${fault.has} ${fault.has === 1 ? "cell" : "cells"} where the first line has ${fault.wants}`;
    case "no-address":
      return "has no address";
    case "address":
      return `"${fault.text}" is no mail address`;
    case "name-break":
      return "has a line break in the name";
    case "name-long":
      return `has a name of over ${fault.most} characters`;
    case "status":
      return `"${fault.text}" is no status; use waiting, active, paused, bounced or left`;
  }
}
