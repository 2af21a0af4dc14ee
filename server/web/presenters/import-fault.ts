/** What is wrong with a file of members, or with one of its lines, in the reader's language. */
import type { FileFault, RowFault } from "../../lists/member-import.ts";
import type { Words } from "../../words/en.ts";

export function fileFaultText(fault: FileFault, { imports: { fileFaults: said } }: Words): string {
  switch (fault.kind) {
    case "many-columns":
      return said[fault.kind](fault.most);
    case "large":
      return said.large(fault.mostMegabytes);
    case "open-quote":
    case "unreadable-line":
      return said[fault.kind](fault.line);
    case "column-twice":
      return said[fault.kind](fault.titles[0] ?? "");
    default:
      return said[fault.kind];
  }
}

export function rowFaultText(fault: RowFault, { imports: { rowFaults: said } }: Words): string {
  switch (fault.kind) {
    case "cells":
      return said.cells(fault.has, fault.wants);
    case "address":
      return isSeveral(fault.text) ? said.addresses : said.address(fault.text);
    case "status":
      return said.status(fault.text);
    case "name-long":
      return said[fault.kind](fault.most);
    default:
      return said[fault.kind];
  }
}

/** Both parents in one cell. */
function isSeveral(text: string): boolean {
  return /@[^@]*[\s,;/、，；／・][^@]*@/.test(text.normalize("NFKC"));
}
