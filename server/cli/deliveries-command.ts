/** `kairan deliveries`: what became of every copy of a post, a page at a time however many there are. */
import { deliveryStates } from "../lists/delivery.ts";
import type { DeliveryState } from "../lists/delivery.ts";
import type { Delivery } from "../store/deliveries/delivery-rows.ts";
import type { Store } from "../store/store.ts";
import { listed } from "./answer.ts";
import type { Command } from "./command.ts";
import { wrongUse } from "./command-error.ts";
import { findPost } from "./find-post.ts";
import { isoTime, localTime } from "../words/zone-time.ts";
import { suggestion } from "./nearest.ts";

export const deliveriesCommand: Command = {
  words: "deliveries",
  operands: ["POST"],
  options: { state: { type: "string", value: "S", says: `only these: ${deliveryStates.join(", ")}` } },
  summary: "Prints the state of each copy of a post with the last reply. POST is its id.",
  changes: false,
  run: async (call) => {
    const state = readState(call.text("state"));
    const { store, config } = await call.open();
    const post = await findPost(store, call.operand(0));
    const timezone = (await store.lists.find(post.listId))?.timezone ?? config.timezone;
    return listed({
      pages: deliveryRows(store, post.id, state),
      none: state === undefined ? "no copies (yet)" : `no copies that are ${state}`,
      columns: [
        { title: "ADDRESS", text: (row) => row.address },
        { title: "NAME", text: (row) => row.name, most: 24 },
        { title: "STATE", text: (row) => (row.reason === null ? row.state : `${row.state} (${row.reason})`) },
        { title: "TRIES", text: (row) => String(row.attempts), right: true },
        {
          title: "LAST TRY",
          text: (row) => localTime(row.last_attempt === null ? undefined : Date.parse(row.last_attempt), timezone),
        },
        { title: "HOST", text: (row) => row.host, most: 32 },
        { title: "REPLY", text: (row) => row.reply, most: 100 },
      ],
    });
  },
};

function readState(typed: string | undefined): DeliveryState | undefined {
  const state = deliveryStates.find((one) => one === typed);
  if (typed !== undefined && state === undefined)
    throw wrongUse(
      `"${typed}" is no state of a copy${suggestion(typed, deliveryStates)}; use one of ${deliveryStates.join(", ")}`,
    );
  return state;
}

async function* deliveryRows(store: Store, postId: number, state: DeliveryState | undefined) {
  for await (const page of store.deliveries.all(postId, state)) yield page.map(deliveryRow);
}

function deliveryRow(delivery: Delivery) {
  return {
    address: delivery.address,
    name: delivery.name,
    state: delivery.state,
    reason: delivery.reason ?? null,
    attempts: delivery.attempts,
    reply: delivery.reply,
    host: delivery.host,
    created: isoTime(delivery.createdAt),
    first_attempt: isoTime(delivery.firstAttemptAt),
    last_attempt: isoTime(delivery.lastAttemptAt),
    next_attempt: isoTime(delivery.dueAt),
    sent: isoTime(delivery.sentAt),
    bounced: isoTime(delivery.bouncedAt),
    confirmed: isoTime(delivery.confirmedAt),
    answered: delivery.hasAnswered,
    answered_at: isoTime(delivery.answeredAt),
  };
}
