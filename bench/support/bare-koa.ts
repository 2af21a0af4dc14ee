/** The comparison for pages: Koa alone, which answers a ready-made page of so many octets. Argument: octets. Prints its port. */
import type { AddressInfo } from "node:net";
import Koa from "koa";

const page = "x".repeat(Number(process.argv[2]));
const server = new Koa()
  .use((ctx) => {
    ctx.type = "html";
    ctx.body = page;
  })
  .listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
