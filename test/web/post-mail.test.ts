/** Mail as the panel shows it: readable, and harmless whatever is in it. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Panel } from "./panel.ts";
import { Visitor, readable } from "./visitor.ts";

const picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

function mail(html: string): string {
  return [
    "From: Anne <anne@north.example>",
    "Subject: =?UTF-8?B?5rCX5rip?= <b>bold</b>",
    "MIME-Version: 1.0",
    "Content-Type: multipart/mixed; boundary=m",
    "",
    "--m",
    "Content-Type: multipart/related; boundary=r",
    "",
    "--r",
    "Content-Type: multipart/alternative; boundary=a",
    "",
    "--a",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "The <plain> text",
    "--a",
    "Content-Type: text/html; charset=utf-8",
    "",
    html,
    "--a--",
    "--r",
    "Content-Type: image/png",
    "Content-ID: <dot@north.example>",
    "Content-Transfer-Encoding: base64",
    "",
    picture,
    "--r--",
    "--m",
    'Content-Type: text/html; name="../../../etc/cron.d/x.html"',
    'Content-Disposition: attachment; filename="../../../etc/cron.d/x.html"',
    "",
    "<script>alert(1)</script>",
    "--m--",
    "",
  ].join("\r\n");
}

/** Values of attributes that no browser reads as code or as a place. */
function withoutHarmlessValues(tag: string): string {
  return tag.replace(/\b(title|alt|class|name)="[^"]*"/g, "");
}

describe("a post's mail", () => {
  let panel: Panel;
  let list: MailingList;
  let visitor: Visitor;
  before(async () => {
    panel = await Panel.open();
    list = await panel.list("news", { members: ["bart@b.example"] });
    await panel.owner();
    visitor = await Visitor.signedIn(panel, "olivia");
  });
  after(() => panel.close());

  it("is shown in a sandboxed frame with a policy of its own", async () => {
    const post = await panel.accepted(list, { mail: mail("<p>Hello</p>") });
    const page = await visitor.get(`/posts/${post}/mail`);
    expect(readable(page.text)).to.include("気温 <b>bold</b>");
    expect(page.text).to.match(/<iframe[^>]* sandbox="(?:allow-popups|allow-popups-to-escape-sandbox| )*"/);
    const frame = await visitor.get(`/posts/${post}/mail/frame`);
    const policy = frame.headers.get("content-security-policy") ?? "";
    expect(policy)
      .to.include("default-src 'none'")
      .and.include("img-src data:")
      .and.include("frame-ancestors 'self'")
      .and.match(/sandbox(?!.*allow-(scripts|same-origin|forms|top))/);
    expect(frame.text).to.include("<p>Hello</p>");
  });

  it("shows pictures of its own and leaves out those from elsewhere, and says so", async () => {
    const post = await panel.accepted(list, {
      mail: mail(
        '<img src="cid:dot@north.example"><img src="CID:dot%40north.example"><img src="https://tracker.example/x.png"><img srcset="https://tracker.example/y.png 2x">',
      ),
    });
    const { text } = await visitor.get(`/posts/${post}/mail/frame`);
    expect(
      text.match(new RegExp(`src="data:image/png;base64,${picture.replace(/[+/]/g, "\\$&")}"`, "g")),
    ).to.have.lengthOf(2);
    expect(text).not.to.include("tracker");
    expect(readable(text)).to.include("Pictures that would be loaded from elsewhere are not shown");
  });

  const attacks = [
    "<script>parent.hit()</script>",
    '<img src=x onerror="hit()">',
    "<svg onload=hit()><script>hit()</script></svg>",
    '<a href="javascript:hit()">x</a>',
    '<a href="java&#9;script:hit()">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<object data="https://evil.example"></object><embed src="https://evil.example">',
    '<form action="https://evil.example"><input name=a><button>go</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style></style><script>hit()</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit()></style></mglyph></table></mtext></math>",
    '<video src="https://evil.example"></video><audio src="https://evil.example"></audio>',
    '<body onload="hit()" background="https://evil.example">x</body>',
    '<p onclick="hit()" id="csrf">x</p>',
    "<!--><script>hit()</script>-->",
    '<noscript><p title="</noscript><img src=x onerror=hit()>">',
  ];
  for (const attack of attacks) {
    it(`is harmless with ${attack.slice(0, 60)}`, async () => {
      const post = await panel.accepted(list, { mail: mail(`<p>before</p>${attack}<p>after</p>`) });
      const { text } = await visitor.get(`/posts/${post}/mail/frame`);
      expect(text).to.include("before");
      const body = text.slice(text.indexOf("<body>"));
      const tags = body.replace(/<style>[\s\S]*?<\/style>/g, "").match(/<[^>]*>/g) ?? [];
      for (const tag of tags.map(withoutHarmlessValues))
        expect(tag).not.to.match(
          /^<(script|iframe|object|embed|form|input|button|meta|base|link|svg|math|video|audio|noscript)\b|\son\w+=|javascript:|src="http|action=/i,
        );
    });
  }

  it("can be read as text, which is only text", async () => {
    const post = await panel.accepted(list, { mail: mail("<p>Hello</p>") });
    expect((await visitor.get(`/posts/${post}/mail/frame?as=text`)).text)
      .to.include("The &#60;plain&#62; text")
      .and.not.include("Hello");
  });

  it("that is built to run away is given up on, and the server goes on", async () => {
    const post = await panel.accepted(list, { mail: mail("<div>".repeat(300_000)) });
    const [frame, other] = await Promise.all([visitor.get(`/posts/${post}/mail/frame`), visitor.get("/")]);
    expect(other.status).to.equal(200);
    expect(frame.status).to.equal(200);
    expect(readable(frame.text)).to.match(/too complex to show|could not be read here/);
  });

  it("gives attachments as downloads under names that harm nobody", async () => {
    const post = await panel.accepted(list, { mail: mail('<p>Hello <img src="cid:dot@north.example"></p>') });
    const path = /href="([^"]*\/attachments\/\d+)"/.exec((await visitor.get(`/posts/${post}/mail`)).text)?.[1] ?? "";
    const { headers, text } = await visitor.get(path);
    expect(headers.get("content-disposition")).to.equal('attachment; filename="x.html"');
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
    expect(headers.get("content-security-policy")).to.equal("default-src 'none'; sandbox");
    expect(text).to.include("<script>alert(1)</script>");
    for (const index of ["99", "-1", "x", "1.5"])
      expect((await visitor.get(`/posts/${post}/mail/attachments/${index}`)).status, index).to.equal(404);
  });

  it("gives the original, octet by octet", async () => {
    const original = `${mail("<p>Hello</p>")}\0\x1b(B\r\n`;
    const post = await panel.accepted(list, { mail: original });
    const { headers, text } = await visitor.get(`/posts/${post}/original`);
    expect(text).to.equal(original);
    expect(headers.get("content-type")).to.equal("message/rfc822");
    expect(headers.get("content-length")).to.equal(String(Buffer.byteLength(original)));
    const head = await visitor.send("HEAD", `/posts/${post}/original`);
    expect(head.headers.get("content-length")).to.equal(String(Buffer.byteLength(original)));
  });
});
