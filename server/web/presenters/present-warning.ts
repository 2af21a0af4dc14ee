/** A warning in words: what to do first, then why; another server's own words beside it. */
import type { Warning } from "../../upkeep/health-rules.ts";
import type { PanelState } from "../panel-context.ts";

export type WarningView = {
  readonly text: string;
  /** Another server's words. */
  readonly detail?: string;
  /** The page that says how. */
  readonly link?: { readonly text: string; readonly path: string };
};

export function presentWarning(warning: Warning, { words: w, dates }: PanelState): WarningView {
  const said = w.warnings;
  switch (warning.kind) {
    case "disk":
      return { text: said.disk(w.mail.size(warning.freeBytes)) };
    case "certificate": {
      const texts = warning.isOver ? said.certificateOver : said.certificate;
      return { text: texts[warning.listener](dates.dateTime(warning.endsAt)) };
    }
    case "backup": {
      const { lastAt } = warning;
      const text = lastAt === undefined ? said.backupNever : said.backup(dates.dateTime(lastAt));
      return { text, link: { text: said.backupLink, path: "/backups" } };
    }
    case "many-failed": {
      const { listId, failed, members, words } = warning;
      const link = { text: said.manyFailedLink, path: `/lists/${listId}` };
      return { text: said.manyFailed(failed, members), detail: words, link };
    }
    case "queue-still":
      return { text: said.still(dates.dateTime(warning.since)) };
    case "queue-refused":
      return { text: said.refused(dates.dateTime(warning.since)), detail: warning.reply };
  }
}
