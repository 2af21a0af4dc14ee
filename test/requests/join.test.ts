/** What a flood of blank mail in somebody's name comes to. */
import { expect } from "chai";
import type { MailingList } from "../../server/lists/mailing-list.ts";
import { Joinings } from "../../server/requests/joining.ts";
import { Panel, address } from "../web/panel.ts";

describe("a thousand blank mails in one victim's name", () => {
  let panel: Panel;
  let lists: readonly MailingList[];
  let joining: Joinings;
  beforeEach(async () => {
    panel = await Panel.open({ config: { smtp: { limits: { joinsPerHour: 100_000 } } } });
    lists = [await panel.list("news"), await panel.list("club")];
    joining = new Joinings(panel);
  });
  afterEach(() => panel.close());

  async function asks(count: number): Promise<void> {
    const mails = Array.from({ length: count }, async (_, n) => {
      const list = lists[n % 2];
      if (list === undefined) return;
      const answer = await joining.askByMail({
        wish: { kind: "join", list },
        author: { address: address(n % 3 === 0 ? "Victim@b.example" : '"victim"@B.example'), name: `name ${n}` },
        subject: "",
        beginning: Buffer.alloc(0),
        client: `192.0.2.${n % 250}`,
        at: panel.clock.now(),
      });
      expect(answer).to.equal("taken");
    });
    await Promise.all(mails);
  }

  it("bring three mails in a day, wherever they come from and at whatever pace", async () => {
    await asks(500);
    for (let minutes = 0; minutes < 1400; minutes += 28) {
      panel.clock.passes("28m");
      await asks(10);
    }
    const { reader } = panel.store.database;
    const mails = await reader.selectFrom("delivery").select("rcpt_to").execute();
    expect(mails).to.have.lengthOf(3);
    // Whoever was asked for last waits with one open question a list at most.
    const open = await reader.selectFrom("request").select("id").where("done_at", "is", null).execute();
    expect(open.length).to.be.at.most(2);
  });
});
