import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import type { CopySigner } from "../../server/mail/copy-signature.ts";
import { compileCopy, compileVerbatim, slot } from "../../server/mail/copy-template.ts";
import type { CopyPlan } from "../../server/mail/copy-template.ts";
import { BodyHash, canonicalField, canonicalLines } from "../../server/mail/dkim.ts";
import { readCopy } from "./read-copy.ts";
import { verifyDkim } from "./verify-dkim.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ed25519 = generateKeyPairSync("ed25519");
const domain = "lists.example.org";
const publicKeys = { "rsa-1": rsa.publicKey, "ed-1": ed25519.publicKey };
const signer: CopySigner = {
  keys: [
    { domain, selector: "rsa-1", privateKey: rsa.privateKey },
    { domain, selector: "ed-1", privateKey: ed25519.privateKey },
  ],
  now: () => Date.UTC(2026, 3, 8, 0, 0, 0, 999),
};

const plan: CopyPlan = {
  fields: [
    ["From", '"Anne (News)" <news@lists.example.org>'],
    ["To", slot("to")],
    ["Subject", "=?utf-8?B?5Zue6Kan5p2/?=  and   more"],
    ["List-Unsubscribe", `<https://x.example/u/${slot("leave")}>, <mailto:u+${slot("leave")}@lists.example.org>`],
    ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
    ["Precedence", "list"],
  ],
  footer: {
    text: `-- \n${slot("name")}\nhttps://x.example/u/${slot("leave")}\n`,
    html: `<p>${slot("name")}  <i>bye</i></p>`,
  },
};
const taro = { to: "<taro@readers.example>", leave: "abcdefghijklmnopb", name: "Taro" };
const members = [
  taro,
  { to: '"A  B" <a@b.example>', leave: "x", name: ".  dot " },
  { to: "山田 太郎".repeat(9) + " <taro@readers.example>", leave: "y", name: "山☕" },
  { to: "", leave: "", name: "n ".repeat(500) },
];

function signedCopy(message: string | Buffer, { values = taro, eightBit = true, copyPlan = plan } = {}): Buffer {
  const octets = typeof message === "string" ? Buffer.from(message) : message;
  return readCopy(compileCopy(octets, copyPlan, signer).render(values, eightBit), eightBit).message;
}

const verdicts = (copy: Buffer) =>
  verifyDkim(copy, publicKeys).map(({ selector, verdict }) => `${selector} ${verdict}`);
const bothPass = ["rsa-1 pass", "ed-1 pass"];

/** A mail of each kind that makes another copy. */
const mails: Readonly<Record<string, string | Buffer>> = {
  "no text": "From: a@b\r\n\r\n",
  "nothing at all": "",
  "dots and blanks": "From: a@b\r\n\r\n.\r\n..\r\n . \t x \r\n\t\r\n\r\n",
  "8-bit text": "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n回覧  板 \r\n",
  "ISO-2022-JP": Buffer.from("Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B2sMwHD\x1b(B\r\n", "latin1"),
  "base64 text": "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5Zue6Kan\r\n",
  "flowed text": "Content-Type: text/plain; format=flowed\r\n\r\nhello \r\nworld  \r\n",
  "a page": "Content-Type: text/html\r\n\r\n<html>\t<body>\r\n   <p>hello</p>\r\n</body></html>\r\n\r\n\r\n",
  "an attachment after the footer":
    'Content-Type: multipart/mixed; boundary="b"\r\nReferences: <1@b>\r\n\t <2@b>  \r\n\r\n--b\r\n\r\nhello\r\n--b\r\nContent-Type: text/x-table\r\n\r\na \t b\t\r\n\r\n\r\n--b--\r\n',
  "a sealed part":
    "Content-Type: multipart/signed; boundary=b; protocol=a/b\r\n\r\n--b\r\n\r\nhello  \r\n--b\r\nContent-Type: a/b\r\n\r\nx\r\n--b--\r\n",
};

describe("canonical form", () => {
  it("is that of RFC 6376 3.4.5", () => {
    expect(canonicalField("A: X") + canonicalField("B : Y\t\r\n\tZ  ")).to.equal("a:X\r\nb:Y Z\r\n");
    const { octets, emptyAtEnd } = canonicalLines(Buffer.from(" C \r\nD \t E\r\n\r\n\r\n"));
    expect([octets.toString(), emptyAtEnd]).to.deep.equal([" C\r\nD E\r\n", 2]);
  });

  it("leaves nothing of lines that are empty or blank", () => {
    for (const empty of ["", "\r\n", "\r\n\r\n", " \t\r\n\t\r\n"])
      expect(canonicalLines(Buffer.from(empty)).octets.length).to.equal(0);
    expect(new BodyHash().digest()).to.equal("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  });

  it("copies no lines that have it already", () => {
    const lines = Buffer.from("hello world\r\n\r\nbye\r\n");
    expect(canonicalLines(lines).octets.buffer).to.equal(lines.buffer);
  });

  it("has the same hash wherever the body is cut between lines", () => {
    const lines = ["Hi.\r\n", "\r\n", "We lost the game.  Are you hungry yet?\r\n", "\r\n", "Joe.\r\n", "\r\n"];
    for (let cut = 0; cut <= lines.length; cut++) {
      const beginning = new BodyHash();
      beginning.add(canonicalLines(Buffer.from(lines.slice(0, cut).join(""))));
      const body = new BodyHash(beginning);
      for (const line of lines.slice(cut)) body.add(canonicalLines(Buffer.from(line)));
      expect(body.digest()).to.equal("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="); // RFC 8463 A.3
    }
  });
});

describe("a signed copy", () => {
  for (const [kind, mail] of Object.entries(mails))
    it(`is verified with ${kind}, for every member, with and without 8 bits`, () => {
      for (const eightBit of [true, false])
        for (const values of members)
          expect(verdicts(signedCopy(mail, { values, eightBit })), values.name).to.deep.equal(bothPass);
    });

  it("is verified without a footer, and when it is a notice", () => {
    for (const mail of Object.values(mails)) {
      expect(verdicts(signedCopy(mail, { copyPlan: { fields: plan.fields } }))).to.deep.equal(bothPass);
      const notice = Buffer.concat([...compileVerbatim(Buffer.from(mail), signer).render({}, true).wire]);
      const text = notice.toString("latin1").replace(/^\.\./gm, ".");
      expect(verdicts(Buffer.from(text, "latin1"))).to.deep.equal(bothPass);
    }
  });

  it("names every field that it seals, From once more than it is there", () => {
    const [first] = verifyDkim(signedCopy("Date: today\r\nX-Mailer: x\r\n\r\nhello\r\n"), publicKeys);
    expect(first?.tags.get("h")?.split(":")).to.deep.equal([
      "From",
      "From",
      "To",
      "Subject",
      "Date",
      "MIME-Version",
      "Content-Type",
      "Content-Transfer-Encoding",
      "List-Unsubscribe",
      "List-Unsubscribe-Post",
    ]);
  });

  it("says whose it is and when it was made, and not when it ends", () => {
    const [first, second] = verifyDkim(signedCopy("\r\nhello\r\n"), publicKeys).map(({ tags }) => tags);
    expect([...(first?.keys() ?? [])]).to.deep.equal(["v", "a", "c", "d", "s", "h", "t", "bh", "b"]);
    expect([first?.get("a"), first?.get("d"), first?.get("t")]).to.deep.equal([
      "rsa-sha256",
      domain,
      String(Date.UTC(2026, 3, 8) / 1000),
    ]);
    expect([second?.get("a"), second?.get("s")]).to.deep.equal(["ed25519-sha256", "ed-1"]);
  });

  it("has its signatures on top, in lines of at most 76 columns", () => {
    const copy = signedCopy("\r\nhello\r\n").toString();
    expect(copy).to.match(/^(DKIM-Signature: ([^\r\n]*\r\n )*[^\r\n]*\r\n){2}From:/);
    for (const line of copy.slice(0, copy.indexOf("From: ")).split("\r\n")) expect(line.length).to.be.at.most(76);
  });

  it("is the same copy but for them", () => {
    for (const mail of Object.values(mails)) {
      const plain = readCopy(compileCopy(Buffer.from(mail), plan).render(taro, true)).message.toString("latin1");
      const signed = signedCopy(mail).toString("latin1");
      expect(signed.replace(/^DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*/gm, "")).to.equal(plain);
    }
  });
});

describe("a signature", () => {
  const copy = signedCopy("Date: today\r\n\r\nhello world\r\n").toString();
  const after = (change: (copy: string) => string): readonly string[] => verdicts(Buffer.from(change(copy)));

  it("outlives what relays do to blanks and folds", () => {
    expect(after((text) => text.replace("hello world\r\n-- \r\n", "hello  world\r\n--\r\n"))).to.deep.equal(bothPass);
    expect(after((text) => text.replace(/^Subject: /m, "subject:\r\n\t"))).to.deep.equal(bothPass);
    expect(after((text) => `Received: from a by b; today\r\n${text}\r\n\r\n`)).to.deep.equal(bothPass);
  });

  it("does not outlive another word, author, date or way out", () => {
    const changed = ["rsa-1 header changed", "ed-1 header changed"];
    expect(after((text) => text.replace("hello", "jello"))).to.deep.equal(["rsa-1 body changed", "ed-1 body changed"]);
    expect(after((text) => text.replace("Anne", "Mallory"))).to.deep.equal(changed);
    expect(after((text) => text.replace("Date: today", "Date: never"))).to.deep.equal(changed);
    expect(after((text) => text.replace("x.example/u/a", "x.example/u/b"))).to.deep.equal(changed);
    expect(after((text) => text.replace(/^List-Unsubscribe-Post:.*\r\n/m, ""))).to.deep.equal(changed);
    expect(after((text) => text.replace(/ t=\d+/g, " t=1"))).to.deep.equal(changed);
  });

  it("does not outlive a second From, above or below the one", () => {
    const changed = ["rsa-1 header changed", "ed-1 header changed"];
    expect(after((text) => `From: <mallory@evil.example>\r\n${text}`)).to.deep.equal(changed);
    expect(after((text) => text.replace("\r\n\r\n", "\r\nFrom: <mallory@evil.example>\r\n\r\n"))).to.deep.equal(
      changed,
    );
  });
});

describe("the verifier of these tests", () => {
  it("takes the example of RFC 8463 A.3 for what it is", () => {
    const message = [
      "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;",
      " d=football.example.com; i=@football.example.com;",
      " q=dns/txt; s=brisbane; t=1528637909; h=from : to :",
      " subject : date : message-id : from : subject : date;",
      " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;",
      " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus",
      " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==",
      "From: Joe SixPack <joe@football.example.com>",
      "To: Suzie Q <suzie@shopping.example.net>",
      "Subject: Is dinner ready?",
      "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)",
      "Message-ID: <20030712040037.46341.5F8J@football.example.com>",
      "",
      "Hi.",
      "",
      "We lost the game.  Are you hungry yet?",
      "",
      "Joe.",
      "",
    ].join("\r\n");
    const brisbane = createPublicKey({
      key: { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" },
      format: "jwk",
    });
    expect(verifyDkim(Buffer.from(message), { brisbane })[0]?.verdict).to.equal("pass");
    const jelly = Buffer.from(message.replace("dinner", "jelly"));
    expect(verifyDkim(jelly, { brisbane })[0]?.verdict).to.equal("header changed");
  });
});
