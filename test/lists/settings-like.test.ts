import { expect } from "chai";
import { defaultSettings } from "../../server/lists/mailing-list.ts";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { settingsLike } from "../../server/lists/settings-like.ts";

const settings = {
  ...defaultSettings,
  language: "en",
  timezone: "Europe/Berlin",
  posting: "members-held",
  replyTo: "author",
  ownCopy: false,
  cooloffMs: 60_000,
  required: true,
} as const;
const model: MailingList = {
  ...settings,
  id: 7,
  name: "news",
  domain: "lists.example.org",
  title: "News",
  createdAt: 1,
};

describe("settings like another list's", () => {
  it("are all of them but the title", () => {
    expect(settingsLike(model, "staff")).to.deep.equal(settings);
  });

  for (const [prefix, taken] of [
    ["[news:%n]", "[staff:%n]"],
    ["[News]", "[staff]"],
    ["[newsletter]", "[newsletter]"],
    ["[good-news]", "[good-news]"],
    ["お知らせ", "お知らせ"],
    ["", ""],
  ] as const) {
    it(`make "${prefix}" of news into "${taken}" of staff`, () => {
      expect(settingsLike({ ...model, prefix }, "staff").prefix).to.equal(taken);
    });
  }

  it("take a name with a dot for that name alone", () => {
    expect(settingsLike({ ...model, name: "a.b", prefix: "[a.b] [axb]" }, "c").prefix).to.equal("[c] [axb]");
  });
});
