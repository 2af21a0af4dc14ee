/** The comparison: smtp-server alone, which takes every message and keeps none. Prints its port. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["AUTH", "STARTTLS"],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, _session, callback) => {
    stream.on("end", () => callback());
    stream.resume();
  },
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`));
