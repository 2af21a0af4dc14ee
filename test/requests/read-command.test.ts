import { expect } from "chai";
import { readCommand } from "../../server/requests/read-command.ts";

describe("a command", () => {
  for (const [subject, line, kind] of [
    ["help", "", "help"],
    ["", "HELP", "help"],
    ["Re: help", "", "help"],
    ["?", "", "help"],
    ["ヘルプ", "", "help"],
    ["", "ﾍﾙﾌﾟ", "help"],
    ["使い方", "", "help"],
    ["Pause", "", "pause"],
    ["ＰＡＵＳＥ", "", "pause"],
    ["一時停止", "", "pause"],
    ["配信の一時停止をお願いします。", "", "pause"],
    ["「一時停止」", "", "pause"],
    ["Hello", "pause.", "pause"],
    ["お世話になっております", "再開", "resume"],
    ["Re: “Town”: Paused", "resume", "resume"],
    ["Re: Re: [Town] x", " Resume ", "resume"],
    ["退会希望", "", "leave"],
    ["登録解除します", "", "leave"],
    ["un subscribe", "", "leave"],
    ["登録", "", "join"],
    ["report", "", "report"],
  ] as const) {
    it(`“${subject}” with “${line}” says ${kind}`, () => {
      expect(readCommand(subject, line === "" ? [] : [line])).to.deep.equal({ kind });
    });
  }

  for (const [subject, lines] of [
    ["address new@x.example", []],
    ["Address: new@x.example", []],
    ["", ["change address <new@x.example>"]],
    ["address", ["new@x.example"]],
    ["アドレス変更 ｎｅｗ＠ｘ．ｅｘａｍｐｌｅ", []],
    ["アドレス変更", ["new@x.example", "です"]],
    ["メールアドレスの変更：new@x.example", []],
    ["", ["アドレスの変更", "mailto:new@x.example"]],
  ] as const) {
    it(`“${[subject, ...lines].join(" / ")}” names a new address`, () => {
      expect(readCommand(subject, lines)).to.deep.equal({
        kind: "address",
        to: { local: "new", domain: "x.example" },
      });
    });
  }

  it("keeps the case of an address, and carriers' dots", () => {
    expect(readCommand("address A..b.@docomo.ne.jp", [])).to.deep.equal({
      kind: "address",
      to: { local: "A..b.", domain: "docomo.ne.jp" },
    });
  });

  it("to change the address without one says so", () => {
    for (const lines of [[], ["hello"], ["bart at b"]])
      expect(readCommand("address", lines)).to.deep.equal({ kind: "address", to: undefined });
  });

  for (const text of [
    "",
    "Hello",
    "please pause the music",
    "配信停止",
    "pausen",
    "leave me alone",
    "x".repeat(10_000),
  ]) {
    it(`is none in “${text.slice(0, 30)}”`, () => expect(readCommand(text, [text])).to.equal(undefined));
  }

  it("is looked for in no more of a line than one could have, for strangers write subjects of any length", () => {
    const begun = performance.now();
    for (const sign of ["!", "」", " ", "re:", "お願いします"])
      readCommand(`x${sign.repeat(200_000 / sign.length)}x`, []);
    expect(performance.now() - begun).to.be.lessThan(1000);
  });
});
