/** A warning in words: what to do first, then why; another server's own words beside it. */
import type { Warning } from "../../upkeep/health-rules.ts";
import type { PanelState } from "../panel-context.ts";

export type WarningView = { readonly text: string; readonly detail: string | undefined };

export function presentWarning(warning: Warning, { words: w, dates }: PanelState): WarningView {
  const said = w.warnings;
  switch (warning.kind) {
    case "disk":
      return { text: said.disk(w.mail.size(warning.freeBytes)), detail: undefined };
    case "certificate": {
      const texts = warning.isOver ? said.certificateOver : said.certificate;
      return { text: texts[warning.listener](dates.dateTime(warning.endsAt)), detail: undefined };
    }
    case "backup": {
      const { lastAt } = warning;
      const text = lastAt === undefined ? said.backupNever : said.backup(dates.dateTime(lastAt));
      return { text, detail: said.backupCommand };
    }
    case "queue-still":
      return { text: said.still(dates.dateTime(warning.since)), detail: undefined };
    case "queue-refused":
      return { text: said.refused(dates.dateTime(warning.since)), detail: warning.reply };
  }
}
