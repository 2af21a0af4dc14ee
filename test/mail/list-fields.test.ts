import { expect } from "chai";
import { listFields } from "../../server/mail/list-fields.ts";

const list = {
  name: "news",
  domain: "lists.example.org",
  title: "回覧板",
  webUrl: "https://lists.example.org",
  leaveToken: "TOKEN",
};

describe("list fields", () => {
  it("are those of the contract", () => {
    expect(Object.fromEntries(listFields(list))).to.deep.equal({
      "List-Id": "=?utf-8?B?5Zue6Kan5p2/?= <news.lists.example.org>",
      "List-Post": "<mailto:news@lists.example.org>",
      "List-Help": "<mailto:news-request@lists.example.org?subject=help>",
      "List-Subscribe": "<mailto:news-subscribe@lists.example.org>",
      "List-Unsubscribe": "<https://lists.example.org/u/TOKEN>, <mailto:news-unsubscribe+TOKEN@lists.example.org>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "List-Owner": "<mailto:news-owner@lists.example.org>",
      Precedence: "list",
      "Feedback-ID": "news:lists.example.org:list:kairan",
    });
  });

  it("quote a title in ASCII and leave an empty one out", () => {
    expect(Object.fromEntries(listFields({ ...list, title: 'The "News"' }))["List-Id"]).to.equal(
      '"The \\"News\\"" <news.lists.example.org>',
    );
    expect(Object.fromEntries(listFields({ ...list, title: "" }))["List-Id"]).to.equal("<news.lists.example.org>");
  });

  it("promise no one-click where there is no web side", () => {
    const fields = Object.fromEntries(
      listFields({ name: list.name, domain: list.domain, title: list.title, leaveToken: list.leaveToken }),
    );
    expect(fields["List-Unsubscribe"]).to.equal("<mailto:news-unsubscribe+TOKEN@lists.example.org>");
    expect(fields).to.not.have.property("List-Unsubscribe-Post");
  });
});
