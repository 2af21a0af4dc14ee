/** Importing members through the panel, as a browser without scripts does it. */
import { expect } from "chai";
import encodingJapanese from "encoding-japanese";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Panel, address } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";
import type { Answer } from "./visitor.ts";

const boundary = "----kairan-test";

type Part = { readonly name: string; readonly value: string | Buffer; readonly file?: string };

function multipart(parts: readonly Part[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, value, file }) => [
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"\r\nContent-Type: text/csv`}\r\n\r\n`,
      ),
      Buffer.from(value as string),
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

describe("importing through the panel", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  beforeEach(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: ["bart@b.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  afterEach(() => panel.close());

  const send = async (parts: readonly Part[], csrf = visitor.csrf): Promise<Answer> => {
    const response = await visitor.open("POST", `/lists/${list.id}/import`, {
      body: multipart([{ name: "csrf", value: csrf }, ...parts]),
      headers: { "Content-Type": `multipart/form-data; boundary=${boundary}`, Origin: panel.url },
    });
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: response.headers.get("location"),
    };
  };

  const upload = async (content: string | Buffer, file = "class.csv"): Promise<Answer> =>
    send([{ name: "file", value: content, file }]);

  /** The page once the work in the background is done. */
  const settled = async (path: string): Promise<Answer> => {
    for (;;) {
      const before = panel.changes;
      const changed = new Promise<void>((resolve) => {
        const end = before.listen(() => (end(), resolve()));
      });
      const answer = await visitor.get(path);
      if (!answer.text.includes('http-equiv="refresh"')) return answer;
      await changed;
    }
  };

  it("reads a Shift_JIS class list, shows what changes, does it, and takes it back", async () => {
    const csv =
      "氏名,メールアドレス,クラス\r\n髙橋 花,ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ,3年A組\r\nバート,bart@b.example,\r\n誰か,nobody,\r\n両親,a@b.example；c@d.example,\r\n";
    const sjis = Buffer.from(encodingJapanese.convert(csv, { from: "UNICODE", to: "SJIS", type: "array" }));
    const { location } = await upload(sjis);
    const path = location ?? "";
    const preview = await settled(path);
    expect(readable(preview.text)).to.contain("1 added, 1 changed.");
    expect(readable(preview.text)).to.contain("誰か nobody “nobody” is no e-mail address");
    expect(readable(preview.text)).to.contain("has several addresses");
    expect(readable((await visitor.get(`${path}?show=mended`)).text)).to.contain("ｈａｎａ＠ｅｘａｍｐｌｅ．ｊｐ");
    expect(readable((await visitor.get(`${path}?show=changed`)).text)).to.contain("バート");
    expect((await panel.store.members.counts(list.id)).active).to.equal(1);

    expect((await visitor.post(`${path}/apply`)).status).to.equal(422);
    expect((await visitor.post(`${path}/apply`, { skip: "on" })).status).to.equal(303);
    expect(readable((await settled(path)).text)).to.contain("1 added, 1 changed, 0 left.");
    const hana = await panel.store.members.findByAddress(list.id, address("hana@example.jp"));
    expect(hana).to.include({ name: "髙橋 花", status: "active" });
    expect(hana?.attributes).to.deep.equal({ クラス: "3年A組" });

    await visitor.post(`${path}/undo`);
    expect(readable((await settled(path)).text)).to.contain("2 members are as before.");
    expect(await panel.store.members.findByAddress(list.id, address("hana@example.jp"))).to.equal(undefined);
  });

  it("takes pasted cells, and columns that somebody chooses", async () => {
    const pasted = "Anne\tanne@example.org\tRed\nCris\tcris@example.org\tBlue\n";
    const { location } = await send([
      { name: "file", value: "", file: "" },
      { name: "pasted", value: pasted },
    ]);
    const path = location ?? "";
    expect(readable((await settled(path)).text)).to.contain("2 added.");
    const wrong = await visitor.post(`${path}/columns`, { use0: "address", use1: "address", use2: "nothing" });
    expect(wrong.status).to.equal(422);
    expect(readable(wrong.text)).to.contain("Choose exactly one column for the e-mail address.");
    await visitor.post(`${path}/columns`, {
      use0: "name",
      use1: "address",
      use2: "attribute",
      called2: "Team",
      replaces: "on",
    });
    expect(readable((await settled(path)).text)).to.contain("2 added, 1 leave.");
    await visitor.post(`${path}/apply`);
    await settled(path);
    const anne = await panel.store.members.findByAddress(list.id, address("anne@example.org"));
    expect(anne?.attributes).to.deep.equal({ Team: "Red" });
    expect((await panel.store.members.counts(list.id)).left).to.equal(1);
  });

  it("says what to do with a file that it cannot take", async () => {
    for (const [content, says] of [
      ["", "Choose a file"],
      ["\n\n", "there is nothing in this one"],
      [Buffer.from([0x61, 0xff, 0xfd, 0x80]), "CSV UTF-8"],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), "take away the password"],
      ["name,class\nAnne,3A\n", "which column holds the e-mail addresses"],
      ['address,name\na@example.org,"A\n', "line 2"],
    ] as const) {
      const answer = await upload(content);
      const page = answer.location === null ? answer : await settled(answer.location);
      expect(readable(page.text), says).to.contain(says);
    }
  });

  it("keeps nothing of a file whose form is not one of ours", async () => {
    const answer = await send([{ name: "file", value: "address\nx@example.org\n", file: "x.csv" }], "forged");
    expect(answer.status).to.equal(403);
    const chunks = await panel.store.database.reader.selectFrom("import_chunk").select("seq").execute();
    expect(chunks).to.deep.equal([]);
  });

  it("takes no file where no page asks for one, and nothing that is no form", async () => {
    const type = { "Content-Type": `multipart/form-data; boundary=${boundary}`, Origin: panel.url };
    const body = multipart([{ name: "csrf", value: visitor.csrf }]);
    expect((await visitor.open("POST", `/lists/${list.id}/members`, { body, headers: type })).status).to.equal(400);
    const odd = { "Content-Type": "multipart/form-data", Origin: panel.url };
    expect((await visitor.open("POST", `/lists/${list.id}/import`, { body, headers: odd })).status).to.equal(400);
    const cut = multipart([{ name: "csrf", value: visitor.csrf }]).subarray(0, 60);
    const answer = await visitor.open("POST", `/lists/${list.id}/import`, { body: cut, headers: type });
    expect(answer.status).to.be.oneOf([400, 403]);
  });

  it("refuses a file of over 100 MB with a clear word, and leaves nothing of it", async () => {
    const answer = await upload(Buffer.alloc(101_000_000, "a,b\n"));
    expect(answer.status).to.equal(422);
    expect(readable(answer.text)).to.contain("Choose a smaller file: at most 100 MB");
    expect(await panel.store.imports.ofList(list.id, 10)).to.deep.equal([]);
  });

  it("is refused while another import changes the list", async () => {
    const [one, other] = [await upload("address\nx@example.org\n"), await upload("address\ny@example.org\n")];
    await settled(one.location ?? "");
    await settled(other.location ?? "");
    panel.clock.passes("1m");
    await visitor.post(`${other.location}/apply`);
    await settled(other.location ?? "");
    await visitor.follow(await visitor.post(`${one.location}/apply`));
    expect(readable((await settled(one.location ?? "")).text)).to.contain("1 added.");
    expect(await panel.store.members.findByAddress(list.id, address("x@example.org"))).to.equal(undefined);
  });

  it("gives members out as CSV in the page's language, of one status where one is chosen", async () => {
    await panel.store.members.save(
      list.id,
      [{ address: address("anne@example.org"), name: "=1+1", attributes: { クラス: "3A" }, status: "paused" }],
      panel.clock.now(),
    );
    const all = await visitor.get(`/lists/${list.id}/members.csv`);
    expect(all.text).to.equal(
      "E-mail address,Name,Status,クラス\r\nbart@b.example,,Active,\r\nanne@example.org,'=1+1,Paused,3A\r\n",
    );
    expect(all.headers.get("content-disposition")).to.contain("news-members.csv");
    visitor.headers = { ...visitor.headers, "Accept-Language": "ja" };
    const paused = await visitor.get(`/lists/${list.id}/members.csv?status=paused`);
    expect(paused.text).to.equal("メールアドレス,氏名,状態,クラス\r\nanne@example.org,'=1+1,一時停止中,3A\r\n");
  });

  it("writes to new members only where that is ticked", async () => {
    const mails = async () =>
      (await panel.store.database.reader.selectFrom("delivery").select("rcpt_to").execute()).map((row) => row.rcpt_to);
    const quiet = await upload("address\nx@example.org\n");
    await settled(quiet.location ?? "");
    await visitor.post(`${quiet.location}/apply`);
    await settled(quiet.location ?? "");
    expect(await mails()).to.deep.equal([]);
    const { location } = await send([
      { name: "welcome", value: "on" },
      { name: "file", value: "address\ny@example.org\n", file: "y.csv" },
    ]);
    await settled(location ?? "");
    await visitor.post(`${location}/apply`);
    await settled(location ?? "");
    expect(await mails()).to.deep.equal(["y@example.org"]);
  });
});
