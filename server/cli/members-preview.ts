/** What an import would do, without doing it: the file's survey beside the members that there are. */
import type { Member, MemberStatus } from "../lists/member.ts";
import { canonicalAddress, parseAddress } from "../mail/address.ts";
import { memberDigest } from "./members-survey.ts";
import type { Survey, SurveyedMember } from "./members-survey.ts";

/** What became of the members, or would become. Who comes back counts as added. */
export type ImportCounts = {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly left: number;
};

/** Goes by address: of somebody with two of them it may count one more than the import itself will. */
export async function previewImport(
  pages: AsyncIterable<readonly Member[]>,
  survey: Survey,
  replaces: boolean,
): Promise<ImportCounts> {
  const counts = { added: survey.members.size, changed: 0, unchanged: 0, left: 0 };
  for await (const page of pages) {
    for (const member of page) {
      const fate = fateOf(member, survey, replaces);
      if (fate === "changed" || fate === "unchanged") counts.added--;
      if (fate !== "added" && fate !== "untouched") counts[fate]++;
    }
  }
  return counts;
}

/** Whether nobody of this address is in the file, not even on a line that cannot be taken. */
export function isMissing(address: string, survey: Survey): boolean {
  const key = canonicalOf(address);
  return !survey.members.has(key) && !survey.doubtful.has(key);
}

function fateOf(member: Member, survey: Survey, replaces: boolean): keyof ImportCounts | "untouched" {
  const row = survey.members.get(canonicalOf(member.address));
  if (row === undefined)
    return replaces && member.status !== "left" && isMissing(member.address, survey) ? "left" : "untouched";
  const status = statusAfter(member, row);
  if (member.status === "left" && status !== "left") return "added";
  return status === member.status && row.digest === memberDigest(member) ? "unchanged" : "changed";
}

/** As the store has it: who paused or bounces stays so unless the file says otherwise. */
function statusAfter(member: Member, { status }: SurveyedMember): MemberStatus {
  return status ?? (member.status === "paused" || member.status === "bounced" ? member.status : "active");
}

function canonicalOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed === undefined ? address : canonicalAddress(parsed);
}
