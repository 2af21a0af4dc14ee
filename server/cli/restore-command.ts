/** `kairan restore`: a backup becomes the database, SQLite or PostgreSQL, whichever it came from. */
import { kindOf } from "../store/database/database.ts";
import { restoreBackup } from "../store/backup/restore-backup.ts";
import type { Restored } from "../store/backup/restore-backup.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { createShare } from "./progress.ts";

export const restoreCommand: Command = {
  words: "restore",
  operands: ["FILE"],
  options: {
    replace: { type: "boolean", says: "also where the database has something in it, which is kept in a file beside" },
    resume: {
      type: "boolean",
      says: "posts that were on their way at the backup go on; without it they are stopped, since they have most likely gone out",
    },
  },
  summary:
    "Makes a backup the database that the configuration names, SQLite or PostgreSQL, whichever it came from. The server must be stopped. All of it or nothing.",
  changes: false,
  run: restore,
};

type Refused = Exclude<Restored["kind"], "done">;

const reasons: Readonly<Record<Refused, (file: string) => string>> = {
  missing: (file) => `there is no file ${file}`,
  "no backup": (file) => `${file} is no backup of Kairan`,
  damaged: (file) => `${file} is damaged; take another backup. Nothing was changed`,
  newer: (file) => `${file} was made by a newer Kairan; restore it with that version. Nothing was changed`,
  "server runs": () => "the server runs on this database: stop it first",
  "in use": () => "another command works on this database; try again when it has ended",
  "not empty": () =>
    "the database has something in it; --replace restores all the same, and keeps what is there in a file",
  "newer there": () =>
    "the database is of a newer Kairan, which alone can keep what is there; restore with that version",
};

async function restore(call: Call): Promise<Answer> {
  const { database: location, dataFolder } = call.config();
  const file = call.path(call.operand(0));
  if (file === location) throw failure("that is the database itself; name a backup");
  const share = createShare(call.io, "restoring");
  let restored: Restored;
  try {
    restored = await restoreBackup({
      file,
      location,
      folder: dataFolder,
      replace: call.flag("replace"),
      resume: call.flag("resume"),
      now: call.now,
      advance: share.advance,
    });
  } finally {
    share.end();
  }
  if (restored.kind !== "done") throw failure(reasons[restored.kind](call.operand(0)));
  return told(restored, kindOf(location));
}

function told({ rows, kept, heldBack }: Extract<Restored, { kind: "done" }>, into: string): Answer {
  const lines = [
    `restored ${rows.toLocaleString("en")} rows into ${into === "sqlite" ? "SQLite" : "PostgreSQL"}; start the server`,
    ...(kept === undefined ? [] : [`what was there before is kept as ${kept}`]),
    ...(heldBack.posts + heldBack.copies === 0
      ? []
      : [
          `${counted(heldBack.posts, "post")} had not gone out whole at the backup: stopped now, ${counted(heldBack.copies, "waiting copy", "waiting copies")} cancelled, ` +
            "since they have most likely left since. If you know better, restore again with --replace --resume",
        ]),
    "everybody signs in anew",
  ];
  return said(lines.join("\n"), { rows, kept: kept ?? null, stopped: heldBack.posts, cancelled: heldBack.copies });
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
