import { expect } from "chai";
import { compileCopy, compileVerbatim, slot } from "../../server/mail/copy-template.ts";
import type { CopyPlan } from "../../server/mail/copy-template.ts";
import { decodeText } from "../../server/mail/encoded-words.ts";
import { readCopy, textOf } from "./read-copy.ts";
import type { ReadCopy } from "./read-copy.ts";

const plan: CopyPlan = {
  fields: [
    ["From", '"Anne (News)" <news@lists.example.org>'],
    ["To", slot("to")],
    ["Subject", "=?utf-8?B?5Zue6Kan5p2/?="],
    [
      "List-Unsubscribe",
      `<https://lists.example.org/u/${slot("leave")}>, <mailto:news-unsubscribe+${slot("leave")}@lists.example.org>`,
    ],
  ],
  footer: {
    text: `\n-- \n${slot("name")} 様\nhttps://lists.example.org/u/${slot("leave")}\n`,
    html: `<p>${slot("name")} <a href="https://lists.example.org/u/${slot("leave")}">退会</a></p>`,
  },
};
const values = { to: "<taro@readers.example>", leave: "abcdefghijklmnopb", name: "Taro" };
const link = "https://lists.example.org/u/abcdefghijklmnopb";

type Member = Partial<typeof values>;

function copyOf(
  message: string | Buffer,
  { eightBit = true, member = {}, plan: other = plan }: { eightBit?: boolean; member?: Member; plan?: CopyPlan } = {},
): ReadCopy {
  const octets = typeof message === "string" ? Buffer.from(message) : message;
  return readCopy(compileCopy(octets, other).render({ ...values, ...member }, eightBit), eightBit);
}

const jis = (text: string): Buffer => Buffer.from(text, "latin1");
const kanji = "\x1b$B2sMwHD\x1b(B"; // 回覧板 in ISO-2022-JP

describe("a copy", () => {
  describe("its header", () => {
    it("has the plan's fields, those kept from the author, and no others", () => {
      const { root } = copyOf(
        "From: a@b.example\r\nReceived: x\r\nDate: Mon, 1 Jan 2024 00:00:00 +0900\r\nIn-Reply-To: <1@b>\r\nReferences: <0@b>\r\n <1@b>\r\nX-Mailer: y\r\nDKIM-Signature: z\r\nBcc: c@d.example\r\n\r\nhello\r\n",
      );
      expect(root.header.fields.map((field) => field.name)).to.deep.equal([
        "From",
        "To",
        "Subject",
        "List-Unsubscribe",
        "MIME-Version",
        "Date",
        "In-Reply-To",
        "References",
        "Content-Type",
        "Content-Transfer-Encoding",
      ]);
      expect(root.header.first("To")).to.equal(values.to);
      expect(root.header.first("List-Unsubscribe")).to.equal(
        `<${link}>, <mailto:news-unsubscribe+abcdefghijklmnopb@lists.example.org>`,
      );
      expect(root.header.first("References")).to.equal("<0@b> <1@b>");
    });

    it("takes the plan's word before the author's", () => {
      const { root } = copyOf("Date: never\r\n\r\nx", {
        plan: { fields: [["Date", "Mon, 1 Jan 2024 00:00:00 +0000"]] },
      });
      expect(root.header.all("Date")).to.deep.equal(["Mon, 1 Jan 2024 00:00:00 +0000"]);
    });

    it("keeps what the plan asks for", () => {
      const { root } = copyOf("X-A: 1\r\nX-B: 2\r\nDate: x\r\n\r\nx", { plan: { fields: [], keep: ["x-b"] } });
      expect(root.header.fields.map((field) => field.name)).to.deep.equal(["MIME-Version", "X-B"]);
    });

    it("says raw octets of the author in ASCII", () => {
      const { root } = copyOf(
        'References: <回覧@b>\r\nContent-Description: 回覧\r\nContent-Type: image/png; name="回覧.png"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n',
      );
      expect(decodeText(root.header.first("References") ?? "")).to.equal("<回覧@b>");
      expect(root.children[0]?.header.first("Content-Type")).to.equal("image/png; name*=utf-8''%E5%9B%9E%E8%A6%A7.png");
    });

    it("lets no value end a line", () => {
      for (const end of ["\r\n", "\n", "\r", "\r\n\r\n"]) {
        const { root } = copyOf("From: a@b\r\n\r\nhello\r\n", {
          member: { to: `<a@b.example>${end}X-Evil: 1`, leave: `t${end}X-Evil: 2`, name: `n${end}.${end}X-Evil: 3` },
        });
        expect(root.header.first("X-Evil")).to.equal(undefined);
      }
    });

    it("folds long values and encodes those beyond ASCII", () => {
      const to = `=?utf-8?B?${"5bGx".repeat(14)}?= `.repeat(8) + "<taro@readers.example>";
      expect(copyOf("\r\nx", { member: { to } }).root.header.first("To")).to.equal(to);
      expect(
        decodeText(copyOf("\r\nx", { member: { to: "山田 <taro@readers.example>" } }).root.header.first("To") ?? ""),
      ).to.equal("山田 <taro@readers.example>");
    });
  });

  describe("of plain text", () => {
    it("is the author's text and then the footer", () => {
      const copy = copyOf("From: a@b\r\n\r\nhello\r\n.\r\n..x\r\nlast line");
      expect(textOf(copy)).to.equal(`hello\r\n.\r\n..x\r\nlast line\r\n\r\n-- \r\nTaro 様\r\n${link}\r\n`);
      expect(copy.parts[0]?.charset).to.equal("utf-8");
    });

    it("stays in US-ASCII when the footer does", () => {
      const copy = copyOf("From: a@b\r\n\r\nhello\r\n", {
        plan: { ...plan, footer: { text: "\n-- \nbye\n", html: "" } },
      });
      expect([copy.parts[0]?.charset, copy.parts[0]?.encoding, copy.parts[0]?.text]).to.deep.equal([
        "us-ascii",
        "7bit",
        "hello\r\n\r\n-- \r\nbye\r\n",
      ]);
    });

    it("stays in ISO-2022-JP, octet by octet, with a Japanese footer and name", () => {
      const message = jis(
        `Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${kanji}\r\n`,
      );
      const copy = copyOf(message, { member: { name: "山田" }, eightBit: false });
      expect(copy.parts[0]?.charset).to.equal("ISO-2022-JP");
      expect(copy.parts[0]?.octets.toString("latin1").startsWith(`${kanji}\r\n`)).to.equal(true);
      expect(textOf(copy)).to.equal(`回覧板\r\n\r\n-- \r\n山田 様\r\n${link}\r\n`);
    });

    it("becomes UTF-8 for the one member whose name ISO-2022-JP does not have", () => {
      const template = compileCopy(jis(`Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n${kanji}\r\n`), plan);
      const charsets = ["Taro", "☕", "山田"].map(
        (name) => readCopy(template.render({ ...values, name }, true)).parts[0],
      );
      expect(charsets.map((part) => part?.charset)).to.deep.equal(["iso-2022-jp", "utf-8", "iso-2022-jp"]);
      expect(charsets[1]?.text).to.equal(`回覧板\r\n\r\n-- \r\n☕ 様\r\n${link}\r\n`);
    });

    it("is shifted back to ASCII before the footer", () => {
      expect(textOf(copyOf(jis("Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B2sMw")))).to.match(
        /^回覧\r\n\r\n-- \r\nTaro 様/,
      );
    });

    const bodies: readonly (readonly [about: string, message: Buffer, text: string])[] = [
      [
        "in Shift_JIS",
        Buffer.concat([
          jis("Content-Type: text/plain; charset=Shift_JIS\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"),
          Buffer.from([0x89, 0xf1, 0x97, 0x97]),
        ]),
        "回覧",
      ],
      [
        "in EUC-JP",
        Buffer.concat([jis("Content-Type: text/plain; charset=euc-jp\r\n\r\n"), Buffer.from([0xb2, 0xf3, 0xcd, 0xf7])]),
        "回覧",
      ],
      ["in Latin-1", jis("Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe"), "Grüße"],
      ["in KOI8-R", jis("Content-Type: text/plain; charset=koi8-r\r\n\r\n\xf0\xd2\xc9"), "При"],
      [
        "in UTF-16",
        Buffer.from(
          `Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from("回覧", "utf16le").toString("base64")}\r\n`,
        ),
        "回覧",
      ],
      ["in an unnamed character set that is UTF-8", Buffer.from("From: a@b\r\n\r\n回覧"), "回覧"],
      ["in an unnamed character set that is ISO-2022-JP", jis("From: a@b\r\n\r\n\x1b$B2sMw\x1b(B"), "回覧"],
      ["wrongly said to be US-ASCII", Buffer.from("Content-Type: text/plain; charset=us-ascii\r\n\r\n回覧"), "回覧"],
      [
        "in base64",
        Buffer.from(
          `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: BASE64\r\n\r\n${Buffer.from("回覧".repeat(100)).toString("base64")}\r\n`,
        ),
        "回覧".repeat(100),
      ],
      [
        "in base64 of several pieces",
        Buffer.from("Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\nYg==\r\n"),
        "ab",
      ],
      [
        "in quoted-printable",
        Buffer.from(
          "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E5=9B=9E=\r\n=E8=A6=A7  \r\n=3D=",
        ),
        "回覧\r\n=",
      ],
    ];
    for (const [about, message, text] of bodies) {
      for (const eightBit of [true, false]) {
        it(`arrives whole ${about}${eightBit ? "" : " where only 7-bit goes"}`, () => {
          const got = textOf(copyOf(message, { eightBit }));
          expect(got.startsWith(`${text}\r\n`)).to.equal(true);
          expect(got.endsWith(`-- \r\nTaro 様\r\n${link}\r\n`)).to.equal(true);
        });
      }
    }

    it("has a footer of its own beside it when nobody knows its character set", () => {
      const copy = copyOf(jis("Content-Type: text/plain; charset=x-mystery\r\n\r\n\xff\xfe\xfd"));
      expect(copy.root.type).to.equal("multipart/mixed");
      expect(copy.parts.map((part) => part.charset)).to.deep.equal(["x-mystery", "utf-8"]);
      expect(copy.parts[0]?.octets.toString("latin1")).to.equal("\xff\xfe\xfd");
    });

    it("that is flowed has a footer that stands by itself and keeps its lines", () => {
      const flowed: CopyPlan = { fields: [], footer: { text: "\n-- \n> quoted  \n indented\nFrom here\n", html: "" } };
      const copy = copyOf(
        "Content-Type: text/plain; charset=us-ascii; format=flowed; delsp=yes\r\n\r\nthis goes \r\non and \r\n",
        { plan: flowed },
      );
      expect(textOf(copy)).to.equal(
        "this goes \r\non and \r\n\r\n\r\n-- \r\n > quoted\r\n  indented\r\n From here\r\n",
      );
      expect(copy.root.header.first("Content-Type")).to.equal("text/plain; charset=us-ascii; format=flowed; delsp=yes");
    });

    it("has every bare CR and LF made regular and NUL taken out", () => {
      expect(textOf(copyOf("From: a@b\n\none\ntwo\rthree\r\r\nfo\0ur\n\r.\r"))).to.match(
        /^one\r\ntwo\r\nthree\r\n\r\nfour\r\n\r\n\.\r\n\r\n-- /,
      );
    });

    it("with a line of 5000 octets arrives whole", () => {
      const long = "z".repeat(5000);
      const copy = copyOf(`From: a@b\r\n\r\n${long}\r\n`);
      expect(textOf(copy).startsWith(`${long}\r\n`)).to.equal(true);
      expect(copy.parts[0]?.encoding).to.equal("quoted-printable");
    });

    it("with a name of 1000 letters too", () => {
      for (const name of ["n".repeat(1000), "山".repeat(1000)])
        expect(textOf(copyOf("\r\nhello\r\n", { member: { name } }))).to.contain(`\r\n${name} 様\r\n`);
    });

    it("never takes the author's own marks for slots", () => {
      expect(textOf(copyOf("\r\n{{name}} \0name\0 ${leave}\r\n"))).to.match(/^\{\{name\}\} name \$\{leave\}\r\n/);
    });

    it("may be empty", () => {
      expect(textOf(copyOf("From: a@b\r\n\r\n"))).to.equal(`\r\n-- \r\nTaro 様\r\n${link}\r\n`);
      expect(textOf(copyOf(""))).to.equal(`\r\n-- \r\nTaro 様\r\n${link}\r\n`);
    });
  });

  describe("of several parts", () => {
    const part = (fields: string, content: string): string => `--b\r\n${fields}\r\n\r\n${content}\r\n`;
    const multipart = (kind: string, ...parts: readonly string[]): string =>
      `Content-Type: multipart/${kind}; boundary=b\r\nMIME-Version: 1.0\r\n\r\nold readers\r\n${parts.join("")}--b--\r\nthe end\r\n`;
    const plain = part("Content-Type: text/plain; charset=utf-8", "本文");
    const html = part("Content-Type: text/html; charset=utf-8", "<html><body>本文</body></html>");
    const notes = part(
      'Content-Type: text/plain; charset=utf-8; name="notes.txt"\r\nContent-Disposition: attachment; filename="notes.txt"',
      "notes",
    );

    it("has the footer in the text and in the HTML of an alternative, each value safe in HTML", () => {
      const copy = copyOf(multipart("alternative", plain, html), { member: { name: "<b>&山" } });
      expect(textOf(copy)).to.equal(`本文\r\n\r\n-- \r\n<b>&山 様\r\n${link}`);
      expect(textOf(copy, "text/html")).to.equal(
        `<html><body>本文\r\n<p>&#60;b&#62;&#38;&#23665; <a href="${link}">&#36864;&#20250;</a></p>\r\n</body></html>`,
      );
    });

    it("has it in the first text of a mixed message and never in a file", () => {
      for (const order of [
        [plain, notes],
        [notes, plain],
      ]) {
        const copy = copyOf(multipart("mixed", ...order));
        const texts = copy.parts.map((one) => one.text);
        expect(texts.filter((text) => text.includes(link))).to.have.length(1);
        expect(texts).to.include("notes");
      }
    });

    it("has it beside what is no text", () => {
      for (const message of [
        multipart("mixed", notes),
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n",
        "Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n",
      ]) {
        const copy = copyOf(message);
        expect(copy.root.type).to.equal("multipart/mixed");
        expect(copy.parts.at(-1)?.text).to.contain(link);
      }
    });

    it("leaves what is signed as it was and puts the footer beside it", () => {
      const signed =
        part(
          "Content-Type: text/plain; charset=iso-8859-1\r\nX-Odd:  two  blanks\t",
          "caf\xe9 \r\n.dot\r\ntrailing \t",
        ) + part("Content-Type: application/pgp-signature", "-----BEGIN PGP SIGNATURE-----");
      const message = jis(
        `Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=b\r\n\r\n${signed}--b--\r\n`,
      );
      const copy = copyOf(message);
      expect(copy.root.type).to.equal("multipart/mixed");
      expect(copy.message.includes(jis(signed))).to.equal(true);
      expect(copy.parts.at(-1)?.text).to.contain(link);
    });

    it("leaves what is encrypted alone, for many readers open nothing else", () => {
      const encrypted = multipart(
        'encrypted; protocol="application/pgp-encrypted"',
        part("Content-Type: application/pgp-encrypted", "Version: 1"),
        part("Content-Type: application/octet-stream", "secret"),
      );
      for (const message of [
        encrypted,
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n",
      ]) {
        const copy = copyOf(message);
        expect(copy.root.type).to.equal(message === encrypted ? "multipart/encrypted" : "application/pkcs7-mime");
        expect(copy.message.includes(link)).to.equal(true); // in List-Unsubscribe
        expect(copy.parts.map((one) => one.text).join("")).to.not.contain(link);
      }
    });

    it("passes attachments on as they lie", () => {
      const blob = `${"QUJD".repeat(19)}\r\n`.repeat(200);
      const copy = copyOf(
        multipart(
          "mixed",
          plain,
          part("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64", blob.trimEnd()),
        ),
      );
      expect(copy.message.includes(blob)).to.equal(true);
    });

    it("writes attachments anew that the next server might not take", () => {
      const odd = [
        part("Content-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment", "氏名,a"),
        part("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: 8bit", "氏名"),
        part("Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64", "QUJD".repeat(1000)),
        part(
          "Content-Type: message/rfc822",
          "From: 山田 <a@b.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n転送",
        ),
        part("Content-Type: image/png; name=山.png\r\nContent-Transfer-Encoding: base64", "AAAA"),
      ];
      const copy = copyOf(multipart("mixed", plain, ...odd), { eightBit: false });
      expect(copy.parts.slice(1).map((one) => one.text)).to.deep.equal([
        "氏名,a",
        "氏名",
        "ABC".repeat(1000),
        "転送",
        "\0\0\0",
      ]);
      expect(copy.message.includes("name*=utf-8''%E5%B1%B1.png")).to.equal(true);
    });

    it("labels 8-bit parts as such", () => {
      const copy = copyOf(
        multipart(
          "mixed",
          part("Content-Type: text/plain", "a"),
          part("Content-Type: text/csv; charset=utf-8\r\nContent-Disposition: attachment", "氏名"),
        ),
      );
      expect(copy.parts[1]?.encoding).to.equal("8bit");
    });

    it("that are said to be 7bit are said to be 8bit once the footer is", () => {
      const message = multipart("mixed", part("Content-Type: text/plain; charset=us-ascii", "hello"));
      const { root } = copyOf(`Content-Transfer-Encoding: 7bit\r\n${message}`);
      expect([root.encoding, root.children[0]?.encoding]).to.deep.equal(["8bit", "8bit"]);
    });

    it("that nobody can take apart still arrives", () => {
      const deep = Array.from(
        { length: 200 },
        (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n--b${n}\r\n`,
      ).join("");
      expect(copyOf(`${deep}\r\nat the bottom ${"z".repeat(3000)}\r\n`).message.length).to.be.above(3000);
      const wide = multipart(
        "mixed",
        ...Array.from({ length: 3000 }, (_, n) => part("Content-Type: text/plain", `part ${n}`)),
      );
      expect(copyOf(wide).message.includes("part 2999")).to.equal(true);
    });

    it("with a boundary beyond ASCII gets another", () => {
      const copy = copyOf(
        'Content-Type: multipart/mixed; boundary="境"\r\n\r\n--境\r\n\r\nhello\r\n--境\r\nContent-Type: image/png\r\n\r\nx\r\n--境--\r\n',
        { eightBit: false },
      );
      expect(copy.parts.map((one) => one.type)).to.deep.equal(["text/plain", "image/png"]);
      expect(textOf(copy).startsWith("hello\r\n")).to.equal(true);
    });
  });

  describe("once compiled", () => {
    const template = compileCopy(Buffer.from("From: a@b\r\n\r\nhello\r\n"), plan);

    it("shares all but its own small buffers with every other copy", () => {
      const message = Buffer.concat([
        Buffer.from(
          "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png\r\n\r\n",
        ),
        Buffer.from(`${"A".repeat(76)}\r\n`.repeat(2000)),
        Buffer.from("--b--\r\n"),
      ]);
      const big = compileCopy(message, plan);
      const [one, two] = [big.render(values, true), big.render({ ...values, leave: "other" }, true)];
      const own = one.wire.filter((buffer) => !two.wire.includes(buffer));
      expect(own.reduce((sum, buffer) => sum + buffer.length, 0)).to.be.below(1000);
    });

    it("renders the same copy for the same values", () => {
      expect(
        Buffer.concat([...template.render(values, true).wire]).equals(
          Buffer.concat([...template.render(values, true).wire]),
        ),
      ).to.equal(true);
    });

    it("leaves slots without a value empty", () => {
      expect(readCopy(template.render({}, true)).root.header.first("To")).to.equal("");
    });

    it("doubles a dot that a value puts at the start of a line", () => {
      const dotted = compileCopy(Buffer.from("\r\nhello\r\n"), {
        fields: [],
        footer: { text: `${slot("empty")}${slot("name")}\n.\n..\n`, html: "" },
      });
      expect(textOf(readCopy(dotted.render({ name: ".x" }, true)))).to.equal("hello\r\n.x\r\n.\r\n..\r\n");
    });
  });
});

describe("a notice", () => {
  it("goes out as it was written", () => {
    const notice =
      "From: news-owner@lists.example.org\r\nSubject: hello\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n.お知らせ\r\n";
    expect(readCopy(compileVerbatim(Buffer.from(notice)).render({}, true)).message.toString()).to.equal(notice);
  });

  it("goes out in 7-bit form where it must", () => {
    const notice =
      "Subject: hello\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nお知らせ\r\n";
    const copy = readCopy(compileVerbatim(Buffer.from(notice)).render({}, false), false);
    expect(textOf(copy).trimEnd()).to.equal("お知らせ");
  });
});
