/** Waiting for what must become so: asks again and again; the test's own time limit ends it. */
import { setTimeout as breath } from "node:timers/promises";

/** Long enough to leave the processor to whoever makes it so. */
const breathMs = 4;

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await breath(breathMs);
}
