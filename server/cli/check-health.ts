/** What `kairan doctor` says of disk, certificates, backups and the queue: the warnings of the panel's first page, by the same rules. */
import type { Config } from "../config.ts";
import { silentLog } from "../log.ts";
import type { Clock } from "../clock.ts";
import type { Store } from "../store/store.ts";
import { Health } from "../upkeep/health.ts";
import type { Warning } from "../upkeep/health-rules.ts";
import { OutcomeWatch } from "../upkeep/outcome-watch.ts";
import { datesIn } from "../words/dates.ts";
import type { Finding } from "./doctor-finding.ts";

export async function checkHealth(needs: {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
}): Promise<readonly Finding[]> {
  // Of attempts only the server itself knows: here a copy that has long been due is all there is to see.
  const warnings = await new Health({ ...needs, log: silentLog, outcomes: new OutcomeWatch(0) }).check();
  const found = warnings.map((warning) => findingOf(warning, needs.config));
  const looked = ["disk", "backup", "queue", ...certificatesOf(needs.config)];
  return looked.flatMap((check): readonly Finding[] => {
    const bad = found.filter((finding) => finding.check === check);
    return bad.length > 0 ? bad : [{ check, state: "ok", says: "nothing to warn of" }];
  });
}

function certificatesOf({ smtp, web }: Config): readonly string[] {
  return [...(smtp.tls ? ["smtp.tls"] : []), ...(web.tls ? ["web.tls"] : [])];
}

function findingOf(warning: Warning, { timezone }: Config): Finding {
  const dates = datesIn("en", timezone);
  switch (warning.kind) {
    case "disk":
      return { check: "disk", state: "fault", says: `${Math.round(warning.freeBytes / 1e6)} MB left: make room` };
    case "certificate": {
      const { listener, endsAt, isOver } = warning;
      const says = `the certificate ${isOver ? "ended" : "ends"} ${dates.dateTime(endsAt)}: renew it`;
      return { check: `${listener}.tls`, state: isOver ? "fault" : "warning", says };
    }
    case "backup": {
      const last =
        warning.lastAt === undefined ? "there is none" : `the last one was ${dates.dateTime(warning.lastAt)}`;
      return { check: "backup", state: "warning", says: `${last}: npx kairan backup FILE, every night` };
    }
    case "queue-still":
      return { check: "queue", state: "warning", says: "copies that are due have waited for more than 15 minutes" };
    case "many-failed":
      return {
        check: "queue",
        state: "warning",
        says: "too many members of one list were refused on one day: ask the relay's people why",
      };
    case "queue-refused":
      return { check: "queue", state: "fault", says: `try after try ends with: ${warning.reply}` };
  }
}
