/** `kairan member import`: a file of members becomes members, all of it or nothing. */
import type { MailingList } from "../lists/mailing-list.ts";
import { canonicalAddress, parseAddress } from "../mail/address.ts";
import { cleanText } from "../mail/encoded-words.ts";
import type { NewMember } from "../store/members.ts";
import type { Store } from "../store/store.ts";
import { said } from "./answer.ts";
import type { Answer } from "./answer.ts";
import type { Call } from "./call.ts";
import type { Command } from "./command.ts";
import { failure } from "./command-error.ts";
import { findList } from "./find-list.ts";
import { memberPages } from "./member-pages.ts";
import { readMembersFile } from "./members-file.ts";
import type { ImportCounts } from "./members-preview.ts";
import { isMissing, previewImport } from "./members-preview.ts";
import { surveyMembers } from "./members-survey.ts";
import type { Survey } from "./members-survey.ts";
import { createProgress } from "./progress.ts";

type Import = {
  readonly store: Store;
  readonly list: MailingList;
  readonly file: string;
  readonly survey: Survey;
  readonly call: Call;
};

/** Members handed to the store at once; it makes its own, smaller transactions. */
const batchRows = 1000;

export const memberImportCommand: Command = {
  words: "member import",
  operands: ["LIST", "FILE.csv"],
  options: {
    replace: { type: "boolean", says: "members who are not in the file leave the list" },
    "dry-run": { type: "boolean", says: "say what would change, and change nothing" },
    "skip-bad": { type: "boolean", says: "leave out lines that cannot be taken" },
  },
  summary:
    "Makes the file's people active members. CSV or tabs, UTF-8 or Shift_JIS; columns address, name, status (メールアドレス, 氏名, 状態), others are attributes.",
  changes: true,
  run: importMembers,
};

async function importMembers(call: Call): Promise<Answer> {
  const { store } = await call.open();
  const list = await findList(store, call.operand(0));
  const file = call.path(call.operand(1));
  const progress = createProgress(call.io, "read");
  const survey = await surveyMembers(readMembersFile(file), progress.at);
  progress.end();
  for (const line of [...survey.firstMended, ...survey.firstFaults]) call.io.err(`${cleanText(line)}\n`);
  if (survey.faults > 0 && !call.flag("skip-bad"))
    throw failure(
      `${lines(survey.faults)} of ${call.operand(1)} cannot be taken, so nothing was changed (--skip-bad leaves them out)`,
    );
  if (survey.members.size === 0) throw failure(`${call.operand(1)} has no members, so nothing was changed`);
  const job = { store, list, file, survey, call };
  const isDryRun = call.flag("dry-run");
  const counts = isDryRun
    ? await previewImport(memberPages(store, list.id), survey, call.flag("replace"))
    : await apply(job);
  return report(survey, { counts, isDryRun });
}

async function apply(job: Import): Promise<ImportCounts> {
  const counts = { added: 0, changed: 0, unchanged: 0, left: 0 };
  const progress = createProgress(job.call.io, "saved");
  let done = 0;
  for await (const batch of batches(countingMembers(job))) {
    const saved = await job.store.members.save(job.list.id, batch, job.call.now);
    counts.added += saved.added;
    counts.changed += saved.changed;
    counts.unchanged += saved.unchanged;
    done += batch.length;
    progress.at(done);
  }
  if (job.call.flag("replace")) counts.left = await dismissOthers(job);
  progress.end();
  return counts;
}

/** Second pass: the rows that count. What changed in the file since the first pass ends the import. */
async function* countingMembers({ file, survey }: Import): AsyncGenerator<NewMember> {
  for await (const row of readMembersFile(file)) {
    if (!row.ok) continue;
    const known = survey.members.get(canonicalAddress(row.member.address));
    if (known === undefined)
      throw failure(`${file} changed while it was read; what was saved stays, run the import again`);
    if (known.line === row.line) yield row.member;
  }
}

/** One statement for many, as with all that is saved; members keep their name and attributes. */
async function dismissOthers(job: Import): Promise<number> {
  let left = 0;
  for await (const page of memberPages(job.store, job.list.id)) {
    const others = page.filter((member) => member.status !== "left" && isMissing(member.address, job.survey));
    const leaving = others.flatMap(({ address, name, attributes }): NewMember[] => {
      const parsed = parseAddress(address);
      return parsed === undefined ? [] : [{ address: parsed, name, attributes, status: "left" }];
    });
    await job.store.members.save(job.list.id, leaving, job.call.now);
    left += leaving.length;
  }
  return left;
}

async function* batches(members: AsyncIterable<NewMember>): AsyncGenerator<readonly NewMember[]> {
  let batch: NewMember[] = [];
  for await (const member of members) {
    batch.push(member);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function report(
  survey: Survey,
  { counts, isDryRun }: { readonly counts: ImportCounts; readonly isDryRun: boolean },
): Answer {
  const { rows, mended, repeated, faults } = survey;
  const asides = [
    mended > 0 ? `${mended} addresses mended` : "",
    repeated > 0 ? `${repeated} repeated (the last line counts)` : "",
    faults > 0 ? `${lines(faults)} left out` : "",
  ].filter((aside) => aside !== "");
  const main = `${counts.added} added, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.left} left`;
  const text = `${isDryRun ? "nothing was changed; it would be: " : ""}${[main, ...asides].join("; ")}`;
  return said(text, { dry_run: isDryRun, rows, ...counts, mended, repeated, skipped: faults });
}

function lines(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
