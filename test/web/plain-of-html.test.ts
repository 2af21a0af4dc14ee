import { expect } from "chai";
import { plainOfHtml } from "../../server/web/plain-of-html.ts";
import { processorTime } from "../support/processor-time.ts";

describe("the readable text of HTML", () => {
  it("keeps lines, and leaves out tags, comments, styles and scripts", () => {
    const html = `<html><head><title>No</title><style>p > a {}</style></head><body>
      <!-- a > b --><h1>Sports   day</h1><p title="a">Dear all,<br>see &lt;below&gt; &amp; come.</p><script>if (a<b) c()</script>
      1 < 2 &#9731; &nope;`;
    expect(plainOfHtml(html)).to.equal("Sports day\nDear all,\nsee <below> & come.\n1 < 2 ☃ &nope;");
  });

  for (const piece of ["<", "<a href=", "<!--", "</", "<style ", "<br ", "<title>", "</title ", "&", "\n"])
    it(`is found at once in a long row of ${JSON.stringify(piece)}`, () => {
      const used = processorTime();
      plainOfHtml(`${piece.repeat(60_000)}x`);
      expect(used()).to.be.lessThan(300);
    });
});
