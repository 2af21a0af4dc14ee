/** `kairan doctor`: looks at all that a server needs, from configuration to DNS, and says what to mend. Changes nothing and sends nothing. */
import { Resolver } from "node:dns/promises";
import { listed } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import { checkDatabase } from "./check-database.ts";
import { checkHealth } from "./check-health.ts";
import { checkListeners } from "./check-listeners.ts";
import { checkNames } from "./check-names.ts";
import { checkRelay } from "./check-relay.ts";
import { failure } from "./command-error.ts";
import type { Command } from "./command.ts";
import { answerMs } from "./doctor-finding.ts";
import type { Finding } from "./doctor-finding.ts";

export const doctorCommand: Command = {
  words: "doctor",
  operands: [],
  options: {},
  summary:
    "Looks at configuration, database, clock, disk, backups, certificates, ports, DNS and the relay, and says what to mend. Sends no mail. Exit status 1 where something is at fault.",
  changes: false,
  run: async (call) => report(await examine(call)),
};

async function examine(call: Call): Promise<readonly Finding[]> {
  // A faulty one ends here, with all its mistakes.
  const config = call.config();
  const dns = new Resolver({ timeout: answerMs / 2, tries: 1 });
  const elsewhere = Promise.all([...checkListeners(config), checkRelay(config), ...checkNames(config, dns)]);
  const { findings, store } = await checkDatabase(call);
  const health = store === undefined ? [] : await checkHealth({ store, config, clock: call.io.clock });
  const said: Finding = { check: "configuration", state: "ok", says: config.trial ? "trial mode" : "no mistakes" };
  return [said, ...findings, ...health, ...(await elsewhere)];
}

const marks = { ok: "ok", warning: "look", fault: "MEND", unknown: "?" } as const;

function report(findings: readonly Finding[]): Answer {
  const faults = findings.filter(({ state }) => state === "fault").length;
  return async (sheet) => {
    const columns = [
      { title: "", text: ({ state }: Finding) => marks[state] },
      { title: "CHECK", text: ({ check }: Finding) => check },
      { title: "FOUND", text: ({ says }: Finding) => says },
    ];
    await listed({ columns, pages: [findings], none: "" })(sheet);
    if (faults > 0) throw failure(faults === 1 ? "one thing to mend" : `${faults} things to mend`);
  };
}
