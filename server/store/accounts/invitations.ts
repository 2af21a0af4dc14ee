/** Which mail brought an account's last invitation, so that the panel can say what became of it. */
import type { Write } from "../database/database.ts";

/** Within the transaction that queues the mail. */
export async function noteInvitation(
  write: Write,
  accountId: number,
  { at, deliveryId }: { readonly at: number; readonly deliveryId: number },
): Promise<void> {
  await write
    .updateTable("account")
    .set({ invited_at: at, invitation_id: deliveryId })
    .where("id", "=", accountId)
    .execute();
}
