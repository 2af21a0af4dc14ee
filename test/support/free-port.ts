/** A TCP port of 127.0.0.1 for programs that cannot choose one themselves; our own servers listen on port 0 instead. */
import { once } from "node:events";
import { createServer } from "node:net";

/** The system gives a port that was not given lately, so nobody is likely to take it before its user does. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("A TCP server has no port");
  return address.port;
}
