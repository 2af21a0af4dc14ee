import { expect } from "chai";
import { onBothDatabases } from "../both-databases.ts";
import { later, soon } from "../given.ts";

onBothDatabases("kept forms", (open) => {
  const form = {
    place: "/lists/1/members/new",
    fields: [
      ["name", "山田\n花子\0"],
      ["name", ""],
    ] as const,
  };

  it("come back as they were typed, to whoever has the key, until their time is over", async () => {
    const { keptForms } = await open();
    await keptForms.put("key", form, later);
    expect(await keptForms.find("key", soon)).to.deep.equal(form);
    expect(await keptForms.find("another", soon)).to.equal(undefined);
    expect(await keptForms.find("key", later)).to.equal(undefined);
  });

  it("are swept when their time is over", async () => {
    const { keptForms } = await open();
    await keptForms.put("old", form, soon);
    await keptForms.put("new", form, later);
    await keptForms.sweep(soon);
    expect(await keptForms.find("old", 0)).to.equal(undefined);
    expect(await keptForms.find("new", 0)).to.deep.equal(form);
  });

  it("are never more than 500: the oldest give way", async () => {
    const { keptForms } = await open();
    for (let n = 0; n < 502; n++) await keptForms.put(`key ${n}`, form, later);
    const kept = await Promise.all([0, 1, 2, 501].map((n) => keptForms.find(`key ${n}`, soon)));
    expect(kept.map((one) => one !== undefined)).to.deep.equal([false, false, true, true]);
  });
});
