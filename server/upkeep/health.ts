/** Looks after the server itself: what its owners should know before it hurts. The log is told once of each warning. */
import { X509Certificate } from "node:crypto";
import { readFile, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { implausibleDays } from "../store/members/failure-days.ts";
import { oldestDue, serverFacts } from "../store/server-facts.ts";
import type { Store } from "../store/store.ts";
import {
  backupWarning,
  certificateWarning,
  diskWarning,
  manyFailedMs,
  manyFailedWarning,
  refusedWarning,
  stillWarning,
} from "./health-rules.ts";
import type { Warning } from "./health-rules.ts";
import type { OutcomeWatch } from "./outcome-watch.ts";

export type HealthNeeds = {
  readonly store: Store;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly outcomes: OutcomeWatch;
};

/** Pages may ask as often as they like. */
const freshMs = 15_000;

export class Health {
  readonly #needs: HealthNeeds;
  #checkedAt = -Infinity;
  #checked: Promise<readonly Warning[]> = Promise.resolve([]);
  /** What the log has been told, as long as it lasts. */
  #told: ReadonlySet<string> = new Set();

  constructor(needs: HealthNeeds) {
    this.#needs = needs;
  }

  check(): Promise<readonly Warning[]> {
    const now = this.#needs.clock.now();
    if (now - this.#checkedAt >= freshMs) {
      this.#checkedAt = now;
      this.#checked = this.#look(now).then((warnings) => this.#tell(warnings));
      // Whoever asks within the next seconds must not be given an old failure.
      this.#checked.catch(() => (this.#checkedAt = -Infinity));
    }
    return this.#checked;
  }

  async #look(now: number): Promise<readonly Warning[]> {
    const { store, config, outcomes } = this.#needs;
    const due = await oldestDue(store.database, now);
    const certificates = await Promise.all(
      (["smtp", "web"] as const).map((listener) => certificateEnd(config, listener)),
    );
    const found = [
      await diskSpace(config),
      ...certificates.map((one) => one && certificateWarning(one, now)),
      config.trial ? undefined : backupWarning(await serverFacts(store.database), now),
      stillWarning({ oldestDue: due, lastOutcomeAt: outcomes.lastAt }, now),
      refusedWarning(outcomes.streak),
      manyFailedWarning(await implausibleDays(store.database, { since: now - manyFailedMs })),
    ];
    return found.filter((warning) => warning !== undefined);
  }

  #tell(warnings: readonly Warning[]): readonly Warning[] {
    for (const warning of warnings)
      if (!this.#told.has(nameOf(warning))) this.#needs.log.warn(`look after this: ${nameOf(warning)}`, warning);
    this.#told = new Set(warnings.map(nameOf));
    return warnings;
  }
}

function nameOf(warning: Warning): string {
  return warning.kind === "certificate" ? `certificate of ${warning.listener}.tls` : warning.kind;
}

/** Of the folder of a SQLite file; a PostgreSQL server's disk is its own people's. Undefined where the system does not say. */
async function diskSpace({ database }: Config): Promise<Warning | undefined> {
  if (database.includes("://")) return undefined;
  const disk = await statfs(dirname(database)).catch(() => undefined);
  return disk && diskWarning({ free: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize });
}

/** Read each time: a certificate is renewed by another program. Undefined where there is none, or none that can be read now. */
async function certificateEnd(
  config: Config,
  listener: "smtp" | "web",
): Promise<{ readonly listener: "smtp" | "web"; readonly endsAt: number } | undefined> {
  const file = config[listener].tls?.cert;
  const pem = file === undefined ? undefined : await readFile(file).catch(() => undefined);
  if (pem === undefined) return undefined;
  try {
    return { listener, endsAt: Date.parse(new X509Certificate(pem).validTo) };
  } catch {
    return undefined;
  }
}
