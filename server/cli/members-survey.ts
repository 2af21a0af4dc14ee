/** First pass over a file of members: every fault in it, and which of several rows of one address counts, before anything changes. */
import { hash } from "node:crypto";
import { canonicalAddress } from "../mail/address.ts";
import type { MemberStatus } from "../lists/member.ts";
import type { NewMember } from "../store/members.ts";
import type { FileRow } from "./members-file.ts";

/** The line that counts, a digest of what it says, and the status where it gives one. */
export type SurveyedMember = {
  readonly line: number;
  readonly digest: string;
  readonly status: MemberStatus | undefined;
};

export type Survey = {
  readonly rows: number;
  readonly faults: number;
  /** The first of them, as lines to print. */
  readonly firstFaults: readonly string[];
  readonly mended: number;
  readonly firstMended: readonly string[];
  /** Rows whose address comes again further down, where it counts. */
  readonly repeated: number;
  /** By canonical address. */
  readonly members: ReadonlyMap<string, SurveyedMember>;
  /** Canonical addresses of rows that cannot be taken: nobody leaves a list because of a slip elsewhere in the row. */
  readonly doubtful: ReadonlySet<string>;
};

/** As many as a screen shows. */
const shown = 20;

export async function surveyMembers(rows: AsyncIterable<FileRow>, progress: (rows: number) => void): Promise<Survey> {
  const members = new Map<string, SurveyedMember>();
  const doubtful = new Set<string>();
  const survey = {
    rows: 0,
    faults: 0,
    firstFaults: [] as string[],
    mended: 0,
    firstMended: [] as string[],
    repeated: 0,
  };
  for await (const row of rows) {
    survey.rows++;
    progress(survey.rows);
    if (!row.ok) {
      if (survey.faults++ < shown) survey.firstFaults.push(`line ${row.line} ${row.why}`);
      if (row.address !== undefined) doubtful.add(canonicalAddress(row.address));
      continue;
    }
    const key = canonicalAddress(row.member.address);
    if (row.mended !== undefined && survey.mended++ < shown)
      survey.firstMended.push(`line ${row.line}: ${row.mended} is taken as ${key}`);
    if (members.has(key)) survey.repeated++;
    members.set(key, { line: row.line, digest: memberDigest(row.member), status: row.member.status });
  }
  return { ...survey, members, doubtful };
}

/** Short, and the same for rows that say the same of somebody. */
export function memberDigest(member: Pick<NewMember, "name" | "attributes">): string {
  return hash("sha1", JSON.stringify([member.name, member.attributes]), "base64");
}
