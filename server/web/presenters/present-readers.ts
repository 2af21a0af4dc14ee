/** Those whom the page of read confirmations names: by family where the post counts them, with the telephone at hand. */
import type { DeliveryState } from "../../lists/delivery.ts";
import { telephonesOf } from "../../lists/telephone.ts";
import type { Telephone } from "../../lists/telephone.ts";
import type { Reader } from "../../store/readers.ts";
import type { PanelState } from "../panel-context.ts";

export type ReaderView = {
  readonly id: number;
  readonly name: string;
  readonly address: string;
  readonly telephones: readonly Telephone[];
  /** The others, as far as there is room. */
  readonly attributes: readonly (readonly [string, string])[];
  /** Undefined where the copy left as it should. */
  readonly state: { readonly state: DeliveryState; readonly text: string } | undefined;
  readonly at: { readonly iso: string; readonly text: string } | undefined;
};

export type ReaderGroup = {
  /** Undefined where nobody is counted by families. */
  readonly title: string | undefined;
  readonly readers: readonly ReaderView[];
};

const mostAttributes = 4;

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
  const telephones = telephonesOf(attributes);
  const isOther = (label: string): boolean => label !== countBy && !telephones.some((each) => each.label === label);
  return {
    id: deliveryId,
    name,
    address: address === "" ? w.deliveries.erased : address,
    telephones,
    attributes: Object.entries(attributes)
      .filter(([label]) => isOther(label))
      .slice(0, mostAttributes),
    state: state === "sent" ? undefined : { state, text: w.deliveryState[state] },
    at:
      confirmedAt === undefined
        ? undefined
        : { iso: new Date(confirmedAt).toISOString(), text: dates.dateTime(confirmedAt) },
  };
}
