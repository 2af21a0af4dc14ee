/** Those whom the page of read confirmations names: by family where the post counts them, with the telephone at hand. */
import type { DeliveryState } from "../../lists/delivery.ts";
import type { Reader } from "../../store/answers/readers.ts";
import type { PanelState } from "../panel-context.ts";
import { presentContact } from "./present-contact.ts";
import type { Contact } from "./present-contact.ts";

export type ReaderView = Contact & {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  /** Undefined where the copy left as it should. */
  readonly state: { readonly state: DeliveryState; readonly text: string } | undefined;
  readonly at: { readonly iso: string; readonly text: string } | undefined;
};

export type ReaderGroup = {
  /** Undefined where nobody is counted by families. */
  readonly title: string | undefined;
  readonly readers: readonly ReaderView[];
};

/** In the order of the readers. `countBy`: the attribute that makes a family; '' for none. */
export function presentReaders(
  readers: readonly Reader[],
  countBy: string,
  telling: Pick<PanelState, "words" | "dates">,
): readonly ReaderGroup[] {
  const view = (reader: Reader): ReaderView => presentReader(reader, countBy, telling);
  if (countBy === "") return readers.length === 0 ? [] : [{ title: undefined, readers: readers.map(view) }];
  const { responses } = telling.words;
  const families = Map.groupBy(readers, ({ attributes }) => attributes[countBy] ?? "");
  return [...families].map(([value, some]) => ({
    title: value === "" ? responses.noFamily(countBy) : responses.family(countBy, value),
    readers: some.map(view),
  }));
}

function presentReader(
  { deliveryId, name, address, attributes, state, confirmedAt }: Reader,
  countBy: string,
  { words: w, dates }: Pick<PanelState, "words" | "dates">,
): ReaderView {
  return {
    id: deliveryId,
    name,
    address: address === "" ? w.deliveries.erased : address,
    ...presentContact(attributes, countBy),
    state: state === "sent" ? undefined : { state, text: w.deliveryState[state] },
    at:
      confirmedAt === undefined
        ? undefined
        : { iso: new Date(confirmedAt).toISOString(), text: dates.dateTime(confirmedAt) },
  };
}
