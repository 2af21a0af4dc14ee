/**
 * A stopwatch that runs only while the processor works for us: limits of time hold then however busy the machine is, as those
 * on the clock do not.
 */

/**
 * Begins now; what it gives says how many milliseconds it has been since. `thread`: only the one that asks, and not what
 * runs beside it.
 */
export function processorTime(of: "process" | "thread" = "process"): () => number {
  const begun = used(of);
  return () => used(of) - begun;
}

function used(of: "process" | "thread"): number {
  const { user, system } = of === "process" ? process.cpuUsage() : process.threadCpuUsage();
  return (user + system) / 1000;
}
