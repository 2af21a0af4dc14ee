/**
 * The imports' station: reads files that came through the panel, and changes lists by them, a piece of each import in turn. All of
 * it stands in the database, so a restart goes on where it was; only a reading begins anew.
 */
import type { Clock } from "../clock.ts";
import type { MemberImport } from "../lists/member-import.ts";
import type { Log } from "../log.ts";
import { Loop } from "../loop.ts";
import type { Store } from "../store/store.ts";
import { advanceImport } from "./advance-import.ts";
import type { Advancing } from "./advance-import.ts";
import { stageImport } from "./stage-import.ts";

export type ImportRunnerDependencies = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly welcome: Advancing["welcome"];
  /** Members or imports have changed. */
  readonly changed: () => void;
};

type Reading = { readonly edition: number; readonly rows: AsyncGenerator<number> };

/** An import of the command line whose process died is noticed within so long. */
const idleMs = 60_000;
/** A file whose reading fails so often, for whatever cause, is called unreadable. */
const mostTries = 5;

export class ImportRunner {
  readonly #needs: ImportRunnerDependencies;
  readonly #loop: Loop;
  readonly #readings = new Map<number, Reading>();
  readonly #failures = new Map<number, number>();

  constructor(needs: ImportRunnerDependencies) {
    this.#needs = needs;
    this.#loop = new Loop({ name: "imports", log: needs.log, clock: needs.clock, turn: () => this.#turn() });
  }

  /** Look at once: a file has arrived, or somebody has said yes. */
  wake(): void {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#endReadings(() => true);
  }

  async #turn(): Promise<number | undefined> {
    const { store, clock, changed } = this.#needs;
    const imports = await store.imports.atWork(clock.now());
    await this.#endReadings((id) => !imports.some((one) => one.id === id && one.state === "reading"));
    const failed: unknown[] = [];
    for (const one of imports) await this.#advance(one).catch((error: unknown) => failed.push(error));
    if (imports.length > 0) changed();
    // After the others had their turn: the loop logs it and rests a moment.
    if (failed.length > 0) throw failed[0];
    return imports.length > 0 ? 0 : idleMs;
  }

  async #advance(of: MemberImport): Promise<void> {
    const { store, clock, welcome } = this.#needs;
    if (of.state !== "reading") return advanceImport({ store, welcome, now: () => clock.now() }, of);
    try {
      await this.#reading(of).next();
    } catch (error) {
      this.#readings.delete(of.id);
      const failures = (this.#failures.get(of.id) ?? 0) + 1;
      this.#failures.set(of.id, failures);
      if (failures >= mostTries) await store.imports.foundFaulty(of, { kind: "unreadable" });
      throw error;
    }
  }

  #reading(of: MemberImport): AsyncGenerator<number> {
    const known = this.#readings.get(of.id);
    if (known?.edition === of.edition) return known.rows;
    const { store, clock } = this.#needs;
    const source = () => store.imports.chunks(of.id);
    const rows = stageImport({ store, source, isStrict: false, now: () => clock.now() }, of);
    this.#readings.set(of.id, { edition: of.edition, rows });
    return rows;
  }

  async #endReadings(which: (id: number) => boolean): Promise<void> {
    for (const [id, { rows }] of this.#readings) {
      if (!which(id)) continue;
      this.#readings.delete(id);
      this.#failures.delete(id);
      await rows.return(undefined);
    }
  }
}
