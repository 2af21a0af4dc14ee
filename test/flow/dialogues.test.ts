/** Plays every dialogue of test/dialogues; see the README there for how they are written. */
import { readFileSync, readdirSync } from "node:fs";
import { expect } from "chai";
import type { SmtpClient } from "../support/smtp-client.ts";
import { World } from "../support/world.ts";

const folder = new URL("../dialogues/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));

describe("a dialogue", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open({ smtp: { maxMessageBytes: 20_000 } });
    await world.list("news", { members: ["bart@b.example", "cris@c.example"] });
  });
  afterEach(() => world.close());

  for (const file of files) {
    it(file.replace(".txt", "").replaceAll("-", " "), async () => {
      const lines = readFileSync(new URL(file, folder), "utf8").split("\n");
      const client = await world.connect();
      const said: string[] = [];

      for (const line of lines.filter((one) => one !== "" && !one.startsWith("#"))) await play(client, line, said);
      client.cut();
    });
  }
});

async function play(client: SmtpClient, line: string, said: string[]): Promise<void> {
  said.push(line);
  const text = line.slice(3);
  if (line.startsWith("C< ")) return client.raw(octets(text));
  if (line.startsWith("C:")) return client.raw(octets(`${text}\r\n`));
  const reply = (await client.reply()).replaceAll("\r\n", " / ");
  if (line === "S!") expect(reply, said.join("\n")).to.equal("");
  else expect(matches(reply, text), `${said.join("\n")}\nbut it said ${reply}`).to.equal(true);
}

function octets(text: string): string {
  const named: Readonly<Record<string, string>> = { r: "\r", n: "\n", "0": "\0" };
  return text.replace(/\\(?:x([0-9a-f]{2})|([rn0]))/g, (_, hex: string | undefined, name: string) =>
    hex === undefined ? (named[name] ?? "") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function matches(reply: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(reply);
}
