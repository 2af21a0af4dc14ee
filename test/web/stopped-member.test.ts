import { expect } from "chai";
import { Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";

describe("the page of a member who was stopped", () => {
  it("says since when and why, in the other server's words, until resumed", async () => {
    const panel = await Panel.open();
    await panel.owner();
    const list = await panel.list("news", { members: ["bart@example.org"] });
    const [bart] = await panel.store.members.page(list.id, { limit: 1 });
    const page = `/lists/${list.id}/members/${bart?.id}`;
    const visitor = await Visitor.signedIn(panel, "olivia");
    expect((await visitor.get(page)).text).to.not.contain("Stopped since");

    await panel.store.database.write((write) =>
      write.updateTable("membership").set({ bounce_words: "550 5.1.1 <nobody> here" }).execute(),
    );
    await panel.store.members.setStatus(bart?.id ?? 0, "bounced", panel.clock.now());
    const said = (await visitor.get(page)).text;
    expect(said).to.contain("Stopped since").and.contain("550 5.1.1 &lt;nobody&gt; here");

    expect((await visitor.get(`/lists/${list.id}/members`)).text).to.contain("550 5.1.1 &lt;nobody&gt; here");

    await visitor.post(`${page}/resume`);
    expect((await visitor.get(page)).text).to.not.contain("Stopped since");
    await panel.close();
  });
});
