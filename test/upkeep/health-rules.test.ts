import { expect } from "chai";
import {
  backupWarning,
  certificateWarning,
  diskWarning,
  refusedWarning,
  stillWarning,
} from "../../server/upkeep/health-rules.ts";

const gb = 1_073_741_824;
const minute = 60_000;
const day = 86_400_000;
const now = Date.UTC(2026, 3, 8);

describe("the owners are warned", () => {
  for (const [free, total, warned] of [
    [500 * 0.04, 500, false],
    [19, 500, true],
    [20, 500, false],
    [30, 2000, false],
    [0.9, 4, true],
    [1.1, 4, false],
    [0.4, 8, true],
    [0, 8, true],
  ] as const) {
    it(`${warned ? "" : "not "}of a disk of ${total} GB with ${free} GB free`, () => {
      expect(diskWarning({ free: free * gb, total: total * gb }) !== undefined).to.equal(warned);
    });
  }

  for (const [days, is] of [
    [60, undefined],
    [14, undefined],
    [13, false],
    [0.1, false],
    [0, true],
    [-3, true],
  ] as const) {
    it(`${is === undefined ? "not " : ""}of a certificate that ends in ${days} days${is === true ? ": it is over" : ""}`, () => {
      const endsAt = now + days * day;
      expect(certificateWarning({ listener: "web", endsAt }, now)).to.deep.equal(
        is === undefined ? undefined : { kind: "certificate", listener: "web", endsAt, isOver: is },
      );
    });
  }

  for (const [name, lastAt, bornAt, warned] of [
    ["a young server without a backup", undefined, 6, false],
    ["an old server without a backup", undefined, 8, true],
    ["an old server, backed up yesterday", 1, 400, false],
    ["an old server, backed up eight days ago", 8, 400, true],
    ["a server without anybody", undefined, undefined, false],
  ] as const) {
    it(`${warned ? "" : "not "}of the backup of ${name}`, () => {
      const at = (ago: number | undefined) => (ago === undefined ? undefined : now - ago * day);
      expect(backupWarning({ lastAt: at(lastAt), bornAt: at(bornAt) }, now)).to.deep.equal(
        warned ? { kind: "backup", lastAt: at(lastAt) } : undefined,
      );
    });
  }

  for (const [due, outcome, warned] of [
    [undefined, 600, false],
    [14, 60, false],
    [60, 1, false],
    [60, 16, true],
    [16, 60, true],
  ] as const) {
    it(`${warned ? "" : "not "}of copies ${due === undefined ? "none of which is due" : `due for ${due} minutes`} when the last try was ${outcome} minutes ago`, () => {
      const oldestDue = due === undefined ? undefined : now - due * minute;
      expect(stillWarning({ oldestDue, lastOutcomeAt: now - outcome * minute }, now)).to.deep.equal(
        warned ? { kind: "queue-still", since: now - 16 * minute } : undefined,
      );
    });
  }

  for (const [reply, copies, tries, warned] of [
    ["450 4.2.1 try later", 9, 90, false],
    ["450 4.2.1 try later", 10, 10, true],
    ["535 5.7.8 authentication failed", 1, 1, false],
    ["535 5.7.8 authentication failed", 1, 2, true],
    ["no greeting: connect ECONNREFUSED", 1, 2, true],
  ] as const) {
    it(`${warned ? "" : "not "}of ${tries} tries of ${copies} copies that all end with "${reply}"`, () => {
      const streak = { reply, copies, tries, since: now };
      expect(refusedWarning(streak) !== undefined).to.equal(warned);
    });
  }

  it("not of tries that ended well", () => {
    expect(refusedWarning(undefined)).to.equal(undefined);
  });
});
