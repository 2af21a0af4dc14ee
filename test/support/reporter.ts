/**
 * Mocha's usual report with one more line at its very end, `N passed, N failed`, for people and programs that read only
 * that. A run that something keeps alive after its last test (left-open.ts says what) ends all the same, as a failure.
 */
import Mocha from "mocha";

/** How long what a test has stopped may take to end. */
const graceMs = 5_000;

class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
      let { failures } = this.stats;
      process.once("exit", () => {
        Mocha.reporters.Base.consoleLog(`${String(this.stats.passes)} passed, ${String(failures)} failed`);
      });
      const openAfterEnd = (): void => {
        failures = Math.max(failures, 1);
        Mocha.reporters.Base.consoleLog(
          `Left open after the last test: ${process.getActiveResourcesInfo().join(", ")}\n`,
        );
        // Mocha sets the exit status when it leaves; this comes after it.
        process.once("exit", () => (process.exitCode = 1));
        process.exit();
      };
      setTimeout(openAfterEnd, graceMs).unref();
    });
  }
}

// Mocha requires its reporters as CommonJS, where this name stands for the whole module.
export { Reporter as "module.exports" };
