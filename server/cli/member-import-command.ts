/** `kairan member import`: a file of members becomes members, all of it or nothing. */
import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { advanceImport } from "../imports/advance-import.ts";
import type { Source } from "../imports/source.ts";
import type { Config } from "../config.ts";
import { hasMembers, stageImport } from "../imports/stage-import.ts";
import type { ImportDone, MemberImport } from "../lists/member-import.ts";
import { listAddress } from "../lists/mailing-list.ts";
import type { MailingList } from "../lists/mailing-list.ts";
import { cleanText } from "../mail/encoded-words.ts";
import { welcome } from "../requests/welcome.ts";
import { importRows } from "../store/imports/import-rows.ts";
import { deleteImport } from "../store/deletion/import-sweep.ts";
import type { Store } from "../store/store.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { fileFaultText, rowFaultText } from "./import-fault-text.ts";
import { createProgress } from "./progress.ts";
import { unreadable } from "./unreadable.ts";

type Import = {
  readonly store: Store;
  readonly config: Config;
  readonly list: MailingList;
  readonly call: Call;
};

/** Lines that are named: as many as a screen shows. */
const shown = 20;

export const memberImportCommand: Command = {
  words: "member import",
  operands: ["LIST", "FILE.csv"],
  options: {
    replace: { type: "boolean", says: "members who are not in the file leave the list" },
    "dry-run": { type: "boolean", says: "say what would change, and change nothing" },
    welcome: { type: "boolean", says: "send each new member a welcome mail" },
    "skip-bad": { type: "boolean", says: "leave out lines that cannot be taken" },
  },
  summary:
    "Makes the file's people active members. CSV or tabs, UTF-8 or Shift_JIS; columns address, name, status (メールアドレス, 氏名, 状態), others are attributes.",
  changes: true,
  run: importMembers,
};

async function importMembers(call: Call): Promise<Answer> {
  const { store, config } = await call.open();
  const list = await findList(store, call.operand(0));
  const job = { store, config, list, call };
  await access(call.path(call.operand(1))).catch((error: unknown) => {
    throw unreadable(call.path(call.operand(1)), error);
  });
  const begun = await store.imports.begin(
    {
      listId: list.id,
      fileName: call.operand(1),
      byCommand: true,
      replaces: call.flag("replace"),
      welcomes: call.flag("welcome"),
    },
    call.now,
  );
  let isKept = false;
  try {
    const read = await readFile(job, begun);
    if (call.flag("dry-run")) return report(read, { done: wouldBe(read), isDryRun: true });
    await begin(job, read);
    isKept = true;
    return report(read, { done: await apply(job, read), isDryRun: false });
  } finally {
    if (!isKept) await deleteImport(store.database, begun.id);
  }
}

/** Everything in it, before anything changes. Throws CommandError where it cannot be taken. */
async function readFile({ store, call }: Import, begun: MemberImport): Promise<MemberImport> {
  const file = call.path(call.operand(1));
  const progress = createProgress(call.io, "read");
  const source: Source = async function* () {
    yield* createReadStream(file, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
  };
  const staging = stageImport({ store, source, isStrict: true, now: () => call.now }, begun);
  for (;;) {
    const step = await staging.next().catch((error: unknown) => {
      if (error instanceof Error && "syscall" in error) throw unreadable(file, error);
      throw error;
    });
    if (step.done === true) break;
    progress.at(step.value);
  }
  progress.end();
  const read = await store.imports.find(begun.id);
  if (read === undefined) throw failure("the list was deleted meanwhile");
  if (read.fault !== undefined) throw failure(fileFaultText(file, read.fault));
  await nameLines({ store, call }, read);
  const { fault } = read.counts;
  if (fault > 0 && !call.flag("skip-bad"))
    throw failure(
      `${lines(fault)} of ${call.operand(1)} cannot be taken, so nothing was changed (--skip-bad leaves them out)`,
    );
  if (!hasMembers(read.counts)) throw failure(`${call.operand(1)} has no members, so nothing was changed`);
  return read;
}

/** The first mended ones, then the first that cannot be taken. */
async function nameLines({ store, call }: Pick<Import, "store" | "call">, { id }: MemberImport): Promise<void> {
  const page = { after: 0, limit: shown };
  for (const row of await importRows(store.database, id, { ...page, which: "mended" }))
    call.io.err(`line ${row.line}: ${cleanText(row.mended ?? "")} is taken as ${row.address}\n`);
  for (const { line, fault } of await importRows(store.database, id, { ...page, which: "fault" }))
    if (fault !== undefined) call.io.err(`${cleanText(`line ${line} ${rowFaultText(fault)}`)}\n`);
}

/** Throws CommandError when another import is at work on the list. */
async function begin({ store, list, call }: Import, read: MemberImport): Promise<void> {
  switch (await store.imports.apply(read.id, call.now)) {
    case "begun":
      return;
    case "busy":
      throw failure(`another import is changing ${listAddress(list)} just now; try again when it is done`);
    case "outdated":
      throw failure(`another import has changed ${listAddress(list)} meanwhile, so nothing was changed; try again`);
    case "gone":
      throw failure("the list was deleted meanwhile");
  }
}

async function apply({ store, config, list, call }: Import, { id }: MemberImport): Promise<ImportDone> {
  const progress = createProgress(call.io, "saved");
  const needs = { store, config, clock: call.io.clock };
  const advancing = {
    store,
    now: () => call.now,
    welcome: async (_list: number, memberships: readonly number[]): Promise<void> => {
      await welcome(needs, list, memberships);
    },
  };
  for (;;) {
    const now = await store.imports.find(id);
    if (now === undefined) throw failure("the list was deleted meanwhile");
    if (now.state !== "applying") {
      progress.end();
      return now.done;
    }
    await advanceImport(advancing, now);
    progress.at(now.done.added + now.done.changed);
  }
}

function wouldBe({ counts }: MemberImport): ImportDone {
  return { added: counts.added, changed: counts.changed, unchanged: counts.unchanged, left: counts.leaving };
}

function report(
  { counts }: MemberImport,
  { done, isDryRun }: { readonly done: ImportDone; readonly isDryRun: boolean },
): Answer {
  const { rows, mended, repeated, fault, stays } = counts;
  const asides = [
    mended > 0 ? `${mended} addresses mended` : "",
    repeated > 0 ? `${repeated} repeated (the last line counts)` : "",
    stays > 0 ? `${stays} left by themselves and stay away (status active in the file brings them back)` : "",
    fault > 0 ? `${lines(fault)} left out` : "",
  ].filter((aside) => aside !== "");
  const main = `${done.added} added, ${done.changed} changed, ${done.unchanged} unchanged, ${done.left} left`;
  const text = `${isDryRun ? "nothing was changed; it would be: " : ""}${[main, ...asides].join("; ")}`;
  return said(text, { dry_run: isDryRun, rows, ...done, mended, repeated, stays, skipped: fault });
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
