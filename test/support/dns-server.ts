/** A DNS server on a free port of 127.0.0.1 that knows what a test tells it: real questions and answers, of no other world. */
import { createSocket } from "node:dgram";

const types = { A: 1, MX: 15, TXT: 16, AAAA: 28 } as const;

/** By type and name, such as `MX lists.example.org`: MX as host names, TXT as texts. `trouble`: SERVFAIL. */
export type Zone = Readonly<Record<string, readonly string[] | "trouble">>;

export type DnsServer = { readonly place: string; readonly close: () => Promise<void> };

export async function dnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => socket.send(answer(question, zone), from.port, from.address));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  return { place: `127.0.0.1:${port}`, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}

/** RFC 1035 section 4.1: a header of 12 octets, the question again, the answers. */
function answer(question: Buffer, zone: Zone): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const labels: string[] = [];
  for (let at = 12; question[at] !== 0; at += (question[at] ?? 0) + 1)
    labels.push(question.toString("latin1", at + 1, at + 1 + (question[at] ?? 0)));
  const asked = question.readUInt16BE(end - 4);
  const type = Object.entries(types).find(([, code]) => code === asked)?.[0] ?? "";
  const name = labels.join(".").toLowerCase();
  const found = zone[`${type} ${name}`];
  const isKnown = Object.keys(zone).some((key) => key.endsWith(` ${name}`));
  const records = typeof found === "object" ? found.map((text) => record(asked, text)) : [];
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 + (found === "trouble" ? 2 : isKnown ? 0 : 3), 2);
  [1, records.length, 0, 0].forEach((count, index) => header.writeUInt16BE(count, 4 + 2 * index));
  return Buffer.concat([header, question.subarray(12, end), ...records]);
}

function record(type: number, text: string): Buffer {
  const content = contentOf(type, text);
  // Of the name asked for, internet, for a minute.
  const head = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, content.length >> 8, content.length & 255]);
  return Buffer.concat([head, content]);
}

function contentOf(type: number, text: string): Buffer {
  if (type === types.A) return Buffer.from(text.split(".").map(Number));
  if (type === types.MX)
    return Buffer.concat([Buffer.from([0, 10]), ...text.split(".").map(counted), Buffer.from([0])]);
  return Buffer.concat((text.match(/.{1,255}/g) ?? []).map(counted));
}

function counted(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, "latin1")]);
}
