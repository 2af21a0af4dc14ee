/** The comparison: nodemailer's pool sending the same copies, ready-made, one recipient each. Arguments: port, copies, octets. */
import { createTransport } from "nodemailer";
import { letter } from "./town.ts";

const [port = 0, copies = 0, octets = 0] = process.argv.slice(2).map(Number);
const sentAtOnce = 200;

const pool = createTransport({
  host: "127.0.0.1",
  port,
  secure: false,
  ignoreTLS: true,
  pool: true,
  maxConnections: 20,
  maxMessages: Infinity,
});
const text = letter(1, octets);
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
let next = 0;
await Promise.all(
  Array.from({ length: sentAtOnce }, async () => {
    while (next < copies) {
      const to = `member${next++}@readers.example`;
      await pool.sendMail({
        envelope: {
          from: `news-bounces+${next}@lists.example.org`,
          to: [{ name: "", address: to }] as unknown as string[],
        },
        raw: `To: <${to}>\r\n${text}`,
      });
    }
  }),
);
process.stdout.write("done\n");
process.stdin.resume();
