/** A member's own data behind the link that is mailed to them, and the addresses they name. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { makeToken } from "../../server/mail/token.ts";
import type { SunkCopy } from "../support/sink-script.ts";
import { World, address } from "../support/world.ts";

const asked = [
  { name: "Class", required: true, choices: ["3-A", "3-B"] },
  { name: "Bus", required: false, choices: [] },
];

function text(copy: SunkCopy | undefined): string {
  return (copy?.text.toString() ?? "").replaceAll("=\r\n", "");
}

describe("a member who changes their own data", () => {
  let world: World;
  let list: MailingList;
  let id: number;
  beforeEach(async () => {
    world = await World.open();
    list = await world.list("news", {
      title: "Town",
      members: ["bart@b.example", "cris@c.example"],
      joining: { mode: "open", name: "asked", attributes: asked, code: "", until: undefined },
    });
    id = (await world.app.store.members.findByAddress(list.id, address("bart@b.example")))?.id ?? 0;
  });
  afterEach(() => world.close());

  const member = () => world.app.store.members.find(id);
  const mail = async (who: string, nth = 1): Promise<SunkCopy | undefined> => {
    await world.sink.until((sink) => sink.copiesFor(who).length >= nth);
    return world.inbox(who)[nth - 1];
  };
  const post = async (path: string, fields: readonly (readonly [string, string])[]) => {
    const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value]));
    const answer = await fetch(world.app.webUrl + path, { method: "POST", body });
    return { status: answer.status, text: await answer.text() };
  };
  const get = async (path: string) => {
    const answer = await fetch(world.app.webUrl + path);
    return { status: answer.status, text: await answer.text() };
  };
  const linkIn = (copy: SunkCopy | undefined, kind: string): string =>
    new RegExp(`https://kairan\\.example\\.org(/m/${kind}/[a-z2-7]+)`).exec(text(copy))?.[1] ?? "none";
  /** The path of the edit page, by the button of the own page. */
  const editLink = async (nth = 1): Promise<string> => {
    const secret = (await world.app.store.members.secretOf(id)) ?? Buffer.alloc(0);
    await post(`/m/${makeToken({ purpose: "member", id, secret })}`, [["do", "edit"]]);
    return linkIn(await mail("bart@b.example", nth), "edit");
  };
  const versionIn = (page: string): string => /name="version" value="(\d+)"/.exec(page)?.[1] ?? "";

  it("sees and saves name and what the list asks, and what it does not ask stays", async () => {
    await world.app.store.ownData.edit(
      id,
      { name: "Bart", attributes: { Class: "3-A", Fee: "paid" }, versionId: (await member())?.versionId ?? 0 },
      world.clock.now(),
    );
    const path = await editLink();
    const page = await get(path);
    expect(page.text).to.include('value="Bart"').and.include("bart@b.example").and.include("Fee").and.include("3-B");

    const saved = await post(path, [
      ["do", "save"],
      ["version", versionIn(page.text)],
      ["name", "Bart B."],
      ["attribute-0", "3-B"],
      ["attribute-1", "no"],
      ["Fee", "free"],
    ]);
    expect(saved).to.deep.include({ status: 200 });
    expect(await member()).to.deep.include({ name: "Bart B.", attributes: { Class: "3-B", Fee: "paid", Bus: "no" } });

    for (const [n, [value, status]] of (
      [
        ["9-Z", 422],
        ["", 422],
      ] as const
    ).entries())
      expect(
        (
          await post(path, [
            ["do", "save"],
            ["version", versionIn(saved.text)],
            ["attribute-0", value],
          ])
        ).status,
        String(n),
      ).to.equal(status);
  });

  it("is told when somebody else changed the entry meanwhile", async () => {
    const path = await editLink();
    const version = versionIn((await get(path)).text);
    const change = (name: string, from: string) =>
      post(path, [
        ["do", "save"],
        ["version", from],
        ["name", name],
        ["attribute-0", "3-A"],
      ]);
    expect((await change("One", version)).status).to.equal(200);

    const second = await change("Two", version);
    expect(second.status).to.equal(409);
    expect(second.text).to.include('value="Two"').and.include("It now says</strong><br>One");
    expect((await change("Two", versionIn(second.text))).status).to.equal(200);
    expect((await member())?.name).to.equal("Two");
  });

  it("has an hour for it, and the link is good for nothing else", async () => {
    const path = await editLink();
    const token = path.split("/").at(-1) ?? "";
    for (const other of ["/m/", "/m/address/", "/m/back/", "/m/second/", "/u/", "/u/back/"])
      expect((await get(other + token)).status, other).to.equal(404);
    const forged = await world.sends("eve@e.example", `news-confirm+${token}`, "From: eve@e.example\r\n\r\n");
    expect(forged).to.match(/^550 5\.1\.1 /);

    world.clock.passes("61m");
    expect((await get(path)).text).to.include("Ask for a new link");
    const late = await post(path, [
      ["do", "address"],
      ["address", "new@n.example"],
    ]);
    expect(late.text).to.include("Ask for a new link");
  });

  it("moves to a new address when that one answers, and the old one can take it back", async () => {
    const path = await editLink();
    const page = await post(path, [
      ["do", "address"],
      ["address", "bart@new.example"],
    ]);
    expect(page.text).to.include("We have written to bart@new.example");
    const asking = await mail("bart@new.example");
    expect(text(asking))
      .to.match(/^From: Town <news-confirm\+[a-z2-7]+@lists\.example\.org>\r$/m)
      .and.match(/^Auto-Submitted: auto-generated\r$/m)
      .and.include("b***@b.example")
      .and.not.include("bart@b.example");
    expect((await member())?.address).to.equal("bart@b.example");

    const confirm = /news-confirm\+[a-z2-7]+/.exec(text(asking))?.[0] ?? "";
    expect(await world.sends("bart@new.example", confirm, "From: bart@new.example\r\n\r\n")).to.match(/^250 /);
    expect((await member())?.address).to.equal("bart@new.example");
    expect(text(await mail("bart@new.example", 2))).to.match(/^Auto-Submitted: auto-replied\r$/m);
    const notice = await mail("bart@b.example", 2);
    expect(text(notice)).to.include("b***@new.example").and.not.include("bart@new.example");

    const back = linkIn(notice, "back");
    expect((await get(back)).text).to.include("come to this address again?");
    expect((await member())?.address).to.equal("bart@new.example");
    expect((await post(back, [])).text).to.include("comes to this address again.");
    expect((await member())?.address).to.equal("bart@b.example");
    await world.sends("bart@new.example", confirm, "From: bart@new.example\r\n\r\n");
    expect((await member())?.address).to.equal("bart@b.example");
  });

  it("may press the button of the page instead of answering", async () => {
    await post(await editLink(), [
      ["do", "address"],
      ["address", "bart@new.example"],
    ]);
    const link = linkIn(await mail("bart@new.example"), "address");
    expect((await get(link)).text)
      .to.include("bart@new.example")
      .and.include("<form");
    expect((await post(link, [])).text).to.include("comes to this address now.");
    expect((await get(link)).text).to.include("comes to this address now.");
    expect((await member())?.address).to.equal("bart@new.example");
  });

  it("takes other lists along only where they were ticked", async () => {
    for (const name of ["club", "choir"]) await world.list(name, { title: name, members: ["bart@b.example"] });
    const path = await editLink();
    const page = (await get(path)).text;
    const also = /name="also" value="(\d+)"><label[^>]*>club</.exec(page)?.[1] ?? "";
    await post(path, [
      ["do", "address"],
      ["address", "bart@new.example"],
      ["also", also],
      ["also", "1"],
      ["also", "x"],
    ]);
    await post(linkIn(await mail("bart@new.example"), "address"), []);

    const { personId = 0 } = (await member()) ?? {};
    const where = (await world.app.store.ownData.memberships(personId)).map((one) => `${one.title} ${one.address}`);
    expect(where).to.deep.equal(["Town bart@new.example", "club bart@new.example", "choir bart@b.example"]);

    await post(linkIn(await mail("bart@b.example", 2), "back"), []);
    const back = (await world.app.store.ownData.memberships(personId)).map((one) => one.address);
    expect(back).to.deep.equal(["bart@b.example", "bart@b.example", "bart@b.example"]);
  });

  it("who changes twice can still be brought back by the first address, and by no later one after that", async () => {
    await post(await editLink(), [
      ["do", "address"],
      ["address", "thief@t.example"],
    ]);
    await post(linkIn(await mail("thief@t.example"), "address"), []);
    const first = linkIn(await mail("bart@b.example", 2), "back");
    const secret = (await world.app.store.members.secretOf(id)) ?? Buffer.alloc(0);
    await post(`/m/${makeToken({ purpose: "member", id, secret })}`, [["do", "edit"]]);
    const thiefs = linkIn(await mail("thief@t.example", 2), "edit");
    await post(thiefs, [
      ["do", "address"],
      ["address", "thief2@t.example"],
    ]);
    await post(linkIn(await mail("thief2@t.example"), "address"), []);
    const second = linkIn(await mail("thief@t.example", 3), "back");

    await post(first, []);
    expect((await member())?.address).to.equal("bart@b.example");
    expect((await post(second, [])).text).to.include("Ask for a new link");
    expect(
      (
        await post(thiefs, [
          ["do", "address"],
          ["address", "x@t.example"],
        ])
      ).text,
    ).to.include("Ask for a new link");
    expect((await member())?.address).to.equal("bart@b.example");
  });

  const wrong: readonly (readonly [string, string, string])[] = [
    ["another member's", "cris@c.example", "is on the list already"],
    ["their own", "BART@b.example", "entered for you already"],
    ["one of the lists' own", "news@lists.example.org", "an address of the mailing lists themselves"],
    ["none at all", "bart at b", "Write an address such as"],
  ];
  for (const [what, typed, said] of wrong) {
    it(`is told at the field when the address is ${what}, and nobody is written to`, async () => {
      const page = await post(await editLink(), [
        ["do", "address"],
        ["address", typed],
      ]);
      expect(page.status).to.equal(422);
      expect(page.text).to.include(said);
      await world.settled();
      expect(world.sink.copies).to.have.lengthOf(1);
    });
  }

  it("asks no stranger more often than anybody may", async () => {
    const path = await editLink();
    for (let n = 0; n < 5; n++) {
      await post(path, [
        ["do", n % 2 ? "address" : "second"],
        [n % 2 ? "address" : "second", "stranger@s.example"],
      ]);
      world.clock.passes("11m");
    }
    await mail("stranger@s.example", 3);
    const page = await post(path, [
      ["do", "second"],
      ["second", "stranger@s.example"],
    ]);
    expect(page.text).to.include("a short while ago");
    expect(world.inbox("stranger@s.example")).to.have.lengthOf(3);
  });

  it("adds a further address that answers, may leave from it, and takes it away again", async () => {
    const path = await editLink();
    await post(path, [
      ["do", "second"],
      ["second", "bart@phone.example"],
    ]);
    const asking = await mail("bart@phone.example");
    const confirm = /news-confirm\+[a-z2-7]+/.exec(text(asking))?.[0] ?? "";
    const letter = "From: bart@phone.example\r\n\r\n";
    expect(await world.sends("bart@phone.example", confirm, `Auto-Submitted: auto-replied\r\n${letter}`)).to.match(
      /^550 /,
    );
    expect((await get(path)).text).not.to.include("bart@phone.example");
    await world.sends("bart@phone.example", confirm, letter);
    const page = (await get(path)).text;
    expect(page).to.include("bart@phone.example");

    await world.sends("bart@phone.example", "news-unsubscribe", letter);
    expect((await member())?.status).to.equal("left");
    await world.app.store.members.setStatus(id, "active", world.clock.now());
    const addressId = /name="address-id" value="(\d+)"/.exec(page)?.[1] ?? "";
    expect(
      (
        await post(path, [
          ["do", "remove"],
          ["address-id", addressId],
        ])
      ).text,
    ).to.include("The address is removed.");
    await world.sends("bart@phone.example", "news-unsubscribe", letter);
    expect((await member())?.status).to.equal("active");
  });

  it("cannot add an address that is somebody else's", async () => {
    const path = await editLink();
    await post(path, [
      ["do", "second"],
      ["second", "cris@c.example"],
    ]);
    const page = await post(linkIn(await mail("cris@c.example"), "second"), []);
    expect(page.text).to.include("registered already under another entry");
    await world.sends("cris@c.example", "news-unsubscribe", "From: cris@c.example\r\n\r\n");
    expect((await member())?.status).to.equal("active");
  });
});
