/** Several notices that one change causes: composed before its transaction, on their way with it or not at all. */
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { Write } from "../store/database/database.ts";
import type { Store } from "../store/store.ts";
import { composeNotice, insertComposed } from "./queue-notice.ts";
import type { Notice } from "./queue-notice.ts";

export type Composed = { readonly notice: Notice; readonly bytes: Buffer };

export function composeAll(
  needs: { readonly store: Store; readonly clock: Clock; readonly config: Config },
  notices: readonly Notice[],
): Promise<readonly Composed[]> {
  return Promise.all(notices.map(async (notice) => ({ notice, bytes: await composeNotice(needs, notice) })));
}

export async function insertAll(write: Write, composed: readonly Composed[], now: number): Promise<void> {
  for (const one of composed) await insertComposed(write, { ...one, now });
}
