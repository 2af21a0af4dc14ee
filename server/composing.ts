/** What the panel may do with a mail that is written in it: verbs of the stations, joined for it by the app. */
import { InTurn } from "./in-turn.ts";
import type { SendNeeds } from "./schedules/send-composition.ts";
import { draftMessage } from "./schedules/draft-message.ts";
import { queueTest } from "./schedules/queue-test.ts";
import { sendNow } from "./schedules/send-now.ts";
import { previewCopy } from "./distribution/preview-copy.ts";
import { callBack } from "./store/schedules/sent-compositions.ts";
import type { ComposingVerbs } from "./web/dependencies.ts";

export function composingVerbs(needs: SendNeeds): ComposingVerbs {
  const { store, clock } = needs;
  // A mail with its attachments is a hundred megabytes while it is composed.
  const composed = new InTurn();
  return {
    sendNow: (composition, edition) =>
      composed.run(async () => {
        // As it is when its turn comes: of two presses the second finds it sent, and composes nothing.
        const now = await store.compositions.find(composition.id);
        return sendNow(needs, now ?? composition, edition);
      }),
    callBack: (compositionId) => callBack(store.database, compositionId, clock.now()),
    sendTest: async (composition, { member, list, account, subject }) =>
      composed.run(async () => {
        const content = { ...composition.content, subject };
        const draft = await draftMessage(needs, { ...composition, content }, { list, withAttachments: true });
        const to = { ...member, address: account.address };
        const octets = draft && (await previewCopy(needs, { ...draft, content, list, member: to, now: clock.now() }));
        if (octets === undefined) return "impossible";
        return queueTest(needs, { octets, listId: list.id, to: account.address });
      }),
    previewCopy: async (composition, { member, list }) => {
      const draft = await draftMessage(needs, composition, { list, withAttachments: false });
      if (draft === undefined) return undefined;
      return previewCopy(needs, { ...draft, content: composition.content, list, member, now: clock.now() });
    },
  };
}
