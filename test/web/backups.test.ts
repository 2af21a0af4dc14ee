import { expect } from "chai";
import { lastBackupKey, writeServerState } from "../../server/store/database/server-state.ts";
import { Panel } from "./panel.ts";
import { Visitor } from "./visitor.ts";

describe("the page about backups", () => {
  let panel: Panel;
  beforeEach(async () => {
    panel = await Panel.open();
    await panel.owner();
  });
  afterEach(() => panel.close());

  const text = async (): Promise<string> => {
    const visitor = await Visitor.signedIn(panel, "olivia");
    return (await visitor.get("/backups")).text;
  };

  it("says that there is none, and how one is made", async () => {
    expect(await text())
      .to.contain("There is no backup yet.")
      .and.contain("npx kairan backup kairan-");
  });

  it("says when the last one was, and when that is too long ago", async () => {
    const made = (days: number) =>
      panel.store.database.write((write) =>
        writeServerState(write, lastBackupKey, String(panel.clock.now() - days * 86_400_000)),
      );
    await made(1);
    expect(await text())
      .to.contain("The last backup is of")
      .and.not.contain("Make one now");
    await made(30);
    expect(await text()).to.contain("Make one now");
  });
});
