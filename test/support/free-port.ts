/** A TCP port of 127.0.0.1 for programs that cannot choose one themselves; our own servers listen on port 0 instead. */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that systems give by themselves: none of the many connections of a run takes it before its user does. */
const lowest = 15_000;
const beyond = 32_000;

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, beyond);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
