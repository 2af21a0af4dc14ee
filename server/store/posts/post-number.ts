/** Posts of a list are counted from 1. */
import type { Write } from "../database/database.ts";
import type { ReportTarget } from "../../lists/report.ts";

/**
 * The next post's number on a list, and who wants to hear how it goes, within the transaction that uses it. Throws when the list was
 * deleted meanwhile.
 */
export async function takePostNumber(
  write: Write,
  listId: number,
): Promise<{ readonly number: number; readonly reportTo: ReportTarget }> {
  const next = await write
    .updateTable("list")
    .set((list) => ({ last_number: list("last_number", "+", 1) }))
    .where("id", "=", listId)
    .where("deleted_at", "is", null)
    .returning(["last_number", "report_to"])
    .executeTakeFirstOrThrow();
  return { number: next.last_number, reportTo: next.report_to };
}
