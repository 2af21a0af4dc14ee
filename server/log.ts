/** The log: one JSON line an event on standard error, so that standard output keeps to what commands print. */
import { destination, pino } from "pino";

/** Facts of an event; never a body, a token or a password. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** For what nobody expected; the error's stack goes with it. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

export function createLog(level: "info" | "warn" | "silent"): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ fd: 2, sync: true }),
  );
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, error, fields) => logger.error({ ...fields, err: error }, event),
  };
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
