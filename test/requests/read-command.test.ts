import { expect } from "chai";
import { readCommand } from "../../server/requests/read-command.ts";
import { processorTime } from "../support/processor-time.ts";

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

  for (const [subject, lines, of] of [
    ["report 128", [], "128"],
    ["Report: #128", [], "#128"],
    ["report", ["2026-12-01 12:00..24:00"], "2026-12-01 12:00..24:00"],
    ["レポート１２８", [], "128"],
    ["送信結果 2026年12月1日をお願いします。", [], "2026年12月1日"],
    ["Re: x", ["報告 5"], "5"],
    ["report", [], ""],
  ] as const) {
    it(`“${[subject, ...lines].join(" / ")}” asks for a report of “${of}”`, () => {
      expect(readCommand(subject, lines)).to.deep.equal({ kind: "report", of });
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
    "reporting from the town hall",
    "leave me alone",
    "x".repeat(10_000),
  ]) {
    it(`is none in “${text.slice(0, 30)}”`, () => expect(readCommand(text, [text])).to.equal(undefined));
  }

  it("is looked for in no more of a line than one could have, for strangers write subjects of any length", () => {
    const spent = processorTime("thread");
    for (const sign of ["!", "」", " ", "re:", "お願いします"])
      readCommand(`x${sign.repeat(200_000 / sign.length)}x`, []);
    expect(spent()).to.be.lessThan(1000);
  });
});
